package creek.connector.mqtt.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a journal's writer and the job share: batches that are safe and wait in memory, how far the job is, and whether what comes next must be read
 * from disk, since there was no room for it.
 */
final class JournalQueue {
    /** Spare batches that are enough to go round. */
    private static final int SPARE = 2;

    private final long memory;

    // Guarded by this.
    private final Deque<Batch> ready = new ArrayDeque<>();
    private final Deque<Batch> free = new ArrayDeque<>();
    private long readyBytes;
    /** The batch that the job has. */
    private Batch given;
    private boolean behind;
    private long durable;
    private long next;
    private long released;
    private boolean work;
    private boolean closed;
    private IOException failure;

    /** @param memory how many bytes may wait */
    JournalQueue(long memory) {
        this.memory = memory;
    }

    /** Begins at an offset. */
    synchronized void begin(long from) {
        next = from;
        durable = from;
    }

    // The writer's part.

    /**
     * Waits until there is something to do and, unless there is much of it, until a given time.
     *
     * @param due      in nanoseconds
     * @param muchWork how many bytes are not to wait
     * @return false after the end
     */
    synchronized boolean awaitWork(long due, Inbox inbox, long muchWork) throws InterruptedException {
        while (!work && !closed) {
            wait();
        }
        for (long left = due - System.nanoTime(); left > 0 && !closed && inbox.size() < muchWork; left = due - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        work = false;
        return !closed;
    }

    /**
     * Waits until the job has released more than that.
     *
     * @return false after the end
     */
    synchronized boolean awaitRelease(long offset) throws InterruptedException {
        while (released <= offset && !closed) {
            wait();
        }
        return !closed;
    }

    synchronized Batch spare() {
        Batch batch = free.poll();
        return batch == null ? new Batch() : batch;
    }

    /** Says what lies on disk from an earlier run. */
    synchronized void found(long upTo) {
        durable = upTo;
        behind = next < durable;
    }

    /**
     * Gives the job a batch that is safe, for which there may be no room. A job that reads from disk may have had of it already what it found there
     * between the forced write and this call, and goes on reading from there.
     */
    synchronized void add(Batch batch, long safeUpTo) {
        durable = safeUpTo;
        if (behind || batch.offset() < next || readyBytes + batch.end() > memory) {
            behind = true;
            free.push(batch);
        } else {
            ready.add(batch);
            readyBytes += batch.end();
        }
    }

    synchronized long released() {
        return released;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void fail(IOException reason) {
        failure = reason;
    }

    // The job's part.

    /**
     * The next batch; the one given before is taken back.
     *
     * @return null if there is none in memory
     */
    synchronized Batch poll() throws IOException {
        if (given != null && free.size() < SPARE) {
            free.push(given);
        }
        given = ready.poll();
        if (given != null) {
            readyBytes -= given.end();
            next = given.offset() + given.end();
            return given;
        }
        behind = behind && next < durable;
        if (!behind && failure != null) {
            throw failure;
        }
        return null;
    }

    /** Whether what comes next must be read from disk. */
    synchronized boolean isBehind() {
        return behind;
    }

    /** Says that the job was given this batch from disk. */
    synchronized void give(Batch batch) {
        given = batch;
        next = batch.offset() + batch.end();
    }

    synchronized void skipTo(long offset) {
        next = offset;
    }

    /** Where the next batch begins. */
    synchronized long next() {
        return next;
    }

    /** Where reading from disk goes on, behind all that waits in memory. */
    synchronized long nextOnDisk() {
        Batch last = ready.peekLast();
        return last == null ? next : last.offset() + last.end();
    }

    synchronized void release(long offset) {
        if (offset > released) {
            released = offset;
            signal();
        }
    }

    /** Has the writer look for work; from any thread. */
    synchronized void signal() {
        work = true;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
