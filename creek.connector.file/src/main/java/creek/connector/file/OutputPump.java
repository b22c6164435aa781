package creek.connector.file;

import creek.core.connector.EndOfOutputException;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes to a stream whose reader may be slow on a thread of its own, a few buffers behind, so that a pager never holds up the job. All
 * methods are called on one thread.
 */
final class OutputPump {
    private static final int BUFFERS = 4;
    private static final int BUFFER_SIZE = 64 << 10;
    private static final long CLOSE_MILLIS = 1000;
    private static final BinaryWriter END = new BinaryWriter();

    private final OutputStream out;
    private final String name;
    private final Thread thread;
    private final BlockingQueue<BinaryWriter> free = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<BinaryWriter> full = new ArrayBlockingQueue<>(BUFFERS + 1);
    private volatile IOException failure;

    private BinaryWriter current = new BinaryWriter();
    private boolean ending;

    /**
     * @param out  never closed; other pumps may write to it, each whole buffers
     * @param name what it is, for messages
     */
    OutputPump(OutputStream out, String name) {
        this.out = out;
        this.name = name;
        for (int i = 1; i < BUFFERS; i++) {
            free.add(new BinaryWriter());
        }
        thread = new Thread(this::run, "creek print to " + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            for (BinaryWriter next = full.take(); next != END; next = full.take()) {
                synchronized (out) {
                    out.write(next.bytes(), 0, next.size());
                    out.flush();
                }
                next.reset();
                free.add(next);
            }
        } catch (IOException e) {
            failure = Problems.isClosedPipe(e) ? new EndOfOutputException("nobody reads " + name + " any more")
                    : Problems.explain("can't write to " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether more should be put into the {@linkplain #buffer buffer}; it takes more nevertheless. */
    boolean isReady() {
        return failure != null || current.size() < BUFFER_SIZE || !free.isEmpty();
    }

    /** Where to write the next record to. */
    BinaryWriter buffer() throws IOException {
        if (current.size() >= BUFFER_SIZE) {
            flush();
        }
        return current;
    }

    /** Passes on what is buffered, unless the thread is behind by so much that it can't take it yet. */
    void flush() throws IOException {
        if (failure != null) {
            throw failure;
        }
        BinaryWriter next = current.size() == 0 ? null : free.poll();
        if (next != null) {
            full.add(current);
            current = next;
        }
    }

    /** Waits until everything is written. */
    void finish() throws IOException {
        end(0);
        if (failure != null) {
            throw failure;
        }
    }

    /** Gives what is buffered a moment to be written. A thread that is still held up then ends with the process or when the pipe closes. */
    void close() {
        if (thread.isAlive()) {
            end(CLOSE_MILLIS);
            thread.interrupt();
        }
    }

    private void end(long millis) {
        try {
            if (!ending) {
                ending = true;
                // The buffers in circulation, the last one and the mark fit in the queue whatever the thread has taken.
                full.add(current);
                full.add(END);
            }
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
