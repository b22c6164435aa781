package creek.connector.file;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes parts final on a thread of its own while the job goes on, since forcing a large file to a slow disk takes seconds. The thread is there
 * only while there is something to do. Methods are called on the job's thread but where they say otherwise.
 */
final class PartCommitter {
    private static final int MOST_WAITING = 2;

    private final ExecutorService executor;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile IOException failure;

    PartCommitter(String table) {
        ThreadPoolExecutor single = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "creek files of table " + table);
            thread.setDaemon(true);
            return thread;
        });
        single.allowCoreThreadTimeOut(true);
        executor = single;
    }

    /** Whether the disk keeps up. */
    boolean isReady() {
        return waiting.get() < MOST_WAITING || failure != null;
    }

    /** Takes over a part to which nothing more is written, and makes it final. */
    void commit(PartFile part) {
        execute(part, true);
    }

    /** Takes over a part to which nothing more is written, and which a checkpoint makes final. */
    void seal(PartFile part) {
        execute(part, false);
    }

    /** Has what was written to a part so far on disk, so that there is little left to wait for when it is complete. */
    void writeBack(PartFile part, long length) {
        executor.execute(() -> {
            try {
                part.force(length);
            } catch (IOException e) {
                fail(e);
            }
        });
    }

    private void execute(PartFile part, boolean publishes) {
        waiting.incrementAndGet();
        executor.execute(() -> {
            try {
                if (failure == null) {
                    part.seal();
                    if (publishes) {
                        part.publish();
                    }
                } else {
                    part.abandon();
                }
            } catch (IOException e) {
                fail(e);
            }
            waiting.decrementAndGet();
        });
    }

    /** Has the next {@link #check} fail. On any thread. */
    void fail(IOException problem) {
        failure = failure == null ? problem : failure;
    }

    /** Throws what went wrong with a part that was taken over. */
    void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits for all parts; takes none afterwards. */
    void close() throws IOException {
        executor.shutdown();
        try {
            while (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
                // A disk may be slow, but the parts must be whole.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while files were forced to disk", e);
        }
    }
}
