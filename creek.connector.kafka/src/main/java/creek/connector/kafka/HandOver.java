package creek.connector.kafka;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The queue between the fetching thread and the job's, bounded by bytes. A failure comes after what was fetched before it. */
final class HandOver {
    private long capacity;
    private final Runnable wakeUp;
    private final ArrayDeque<Fetched> queue = new ArrayDeque<>();
    private long bytes;
    private Exception failure;
    private boolean settled;
    private boolean closed;

    /** @param wakeUp tells the job that there is something */
    HandOver(long capacity, Runnable wakeUp) {
        this.capacity = capacity;
        this.wakeUp = wakeUp;
    }

    synchronized void setCapacity(long newCapacity) {
        capacity = newCapacity;
        notifyAll();
    }

    void add(Fetched fetched) {
        synchronized (this) {
            queue.add(fetched);
            if (fetched instanceof Fetched.Records records) {
                bytes += records.bytes();
            }
        }
        wakeUp.run();
    }

    void fail(Exception cause) {
        synchronized (this) {
            failure = cause;
            notifyAll();
        }
        wakeUp.run();
    }

    /** Waits until there is room, at most so long. */
    synchronized boolean awaitRoom(long millis) throws InterruptedException {
        if (bytes >= capacity && !closed) {
            settle();
            wait(millis);
        }
        return bytes < capacity;
    }

    /** Says that all that there was has been fetched. */
    synchronized void settle() {
        settled = true;
        notifyAll();
    }

    /** Waits until as much was fetched as there was or has room, at most so long. */
    synchronized void awaitSettled(long millis) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !settled && failure == null; left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) {
            wait(left);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Drops records that come before positions. */
    synchronized void dropBefore(List<PartitionPosition> positions) {
        queue.removeIf(fetched -> {
            boolean drops = fetched instanceof Fetched.Records records
                    && positions.stream().anyMatch(each -> each.partition.equals(records.partition()) && records.next() <= each.next);
            if (drops) {
                bytes -= ((Fetched.Records) fetched).bytes();
            }
            return drops;
        });
        notifyAll();
    }

    /** The next thing, or null if there is nothing now. */
    synchronized Fetched poll() throws Exception {
        Fetched fetched = queue.poll();
        if (fetched == null && failure != null) {
            throw failure;
        }
        return fetched;
    }

    /** Says that records are done with, so that there is room for others. */
    synchronized void release(Fetched.Records records) {
        bytes -= records.bytes();
        notifyAll();
    }

    /** How much is waiting, or in the job's hands. */
    synchronized long bytes() {
        return bytes;
    }

    synchronized void close() {
        closed = true;
        queue.clear();
        notifyAll();
    }
}
