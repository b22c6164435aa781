package creek.connector.mqtt.journal;

import creek.connector.mqtt.client.AckGate;
import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Takes messages by way of the disk: a thread of its own writes what has come, forces it to disk, has it acknowledged, and only then hands it on,
 * from memory as long as the job keeps up, else by reading it again.
 *
 * <p>{@link #next}, {@link #position} and {@link #release} are the job's.
 */
public final class Journal implements Feed {
    /**
     * What a journal may use.
     *
     * @param maxSize      bytes on disk
     * @param segmentSize  bytes of one file
     * @param syncNanos    for how long to gather messages between two forced writes
     * @param syncSize     how many bytes not to gather
     * @param dropOldest   whether a full journal forgets rather than waits
     * @param memory       bytes that wait in memory for the job
     */
    public record Limits(long maxSize, long segmentSize, long syncNanos, long syncSize, boolean dropOldest, long memory) {
    }

    private static final Logger LOG = System.getLogger("creek.connector.mqtt");
    private static final int READ_SIZE = 256 << 10;

    private final String table;
    private final SegmentLog log;
    private final Limits limits;
    private final Redeliveries known;
    private final Runnable wakeUp;
    private Inbox inbox;
    private AckGate gate;
    private final Thread thread;

    /** Held by the writer while it changes files; not while it forces them to disk, as others may take them over meanwhile. */
    private final Object changing = new Object();

    // The writer's.
    private final Record entry = new Record();
    private long safe;
    private boolean full;
    /** Any thread reads it. */
    private volatile long dropped;
    /** What was released when files were last deleted. */
    private long truncated;

    // Guarded by this.
    private final Deque<Batch> ready = new ArrayDeque<>();
    private final Deque<Batch> free = new ArrayDeque<>();
    private long readyBytes;
    /** Whether what comes next must be read from disk. */
    private boolean behind;
    private long durable;
    private long released;
    private boolean work;
    private boolean closed;
    private IOException failure;

    // The job's.
    private boolean started;
    private Batch given;
    /** Changed under the lock. */
    private long next;

    /**
     * @param window how many messages to recognise when they come again
     * @param wakeUp called when there is something to take again
     */
    public Journal(String table, Path folder, Limits limits, int window, Runnable wakeUp) {
        this.table = table;
        this.limits = limits;
        this.wakeUp = wakeUp;
        log = new SegmentLog(folder, limits.segmentSize());
        known = new Redeliveries(window);
        thread = new Thread(this::run, "creek mqtt journal " + table);
        thread.setDaemon(true);
    }

    /** Wires the journal with those who fill it and wait for it. */
    public void connect(Inbox source, AckGate acknowledgements) {
        inbox = source;
        gate = acknowledgements;
    }

    /**
     * Opens the files.
     *
     * @param from where to begin, or -1 for the start
     * @param into is told what the journal knows of messages that may come again
     */
    public void open(long from, Redeliveries into) throws IOException, PositionException {
        log.open(known::note);
        BinaryWriter copy = new BinaryWriter();
        known.write(copy);
        into.read(new BinaryReader(copy.toBytes()));
        long end = log.end();
        next = from < 0 ? log.first() : from;
        if (next > end || next < log.first() && !limits.dropOldest()) {
            throw new PositionException("the journal of table " + table + " has messages from offset " + log.first() + " to " + end
                    + ", but the job is at " + next + "; its folder is not the one that belongs to the job's state");
        }
        durable = next;
    }

    @Override
    public void start() {
        started = true;
        thread.start();
    }

    /** Has the writer look into the inbox; from any thread. */
    public synchronized void signal() {
        work = true;
        notifyAll();
    }

    private void run() {
        try {
            force();
            long last = System.nanoTime() - limits.syncNanos();
            while (awaitWork(last)) {
                Batch batch = append();
                if (batch != null) {
                    handOn(batch);
                    last = System.nanoTime();
                    wakeUp.run();
                }
            }
        } catch (IOException e) {
            synchronized (this) {
                failure = new IOException("can't write the journal: " + e, e);
            }
            inbox.close();
            wakeUp.run();
        } catch (InterruptedException e) {
            // closed
        } finally {
            closeFiles();
        }
    }

    /** Forces to disk what was found, which the one before may have had no time for, so that it can be read. */
    private void force() throws IOException {
        log.sync();
        synchronized (this) {
            durable = log.synced();
            behind = next < durable;
        }
        wakeUp.run();
    }

    /** Writes what has come; null if there is nothing, or no room before the end. */
    private Batch append() throws IOException, InterruptedException {
        synchronized (changing) {
            if (isClosed()) {
                return null;
            }
            truncate();
            Batch batch = inbox.take(spare());
            if (batch == null || !makeRoom(batch.end())) {
                return null;
            }
            write(batch);
            return batch;
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Waits until there is something to do and, unless there is much of it, until the last time was long enough ago. */
    private synchronized boolean awaitWork(long last) throws InterruptedException {
        while (!work && !closed) {
            wait();
        }
        long due = last + limits.syncNanos();
        for (long left = due - System.nanoTime(); left > 0 && !closed && inbox.size() < limits.syncSize(); left = due - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        work = false;
        return !closed;
    }

    private synchronized Batch spare() {
        Batch batch = free.poll();
        return batch == null ? new Batch() : batch;
    }

    private void truncate() throws IOException {
        long upTo;
        synchronized (this) {
            upTo = released;
        }
        log.truncateBefore(upTo);
        truncated = upTo;
    }

    /** Waits until a full journal has room again, or makes some. */
    private boolean makeRoom(int bytes) throws IOException, InterruptedException {
        if (bytes > limits.maxSize() / 2) {
            throw new IOException("a message is too large for 'journal.max-size'");
        }
        while (log.size() + bytes > limits.maxSize()) {
            if (!full) {
                full = true;
                LOG.log(Level.WARNING, "table {0}: the journal is full; {1}", table,
                        limits.dropOldest() ? "the oldest messages are dropped" : "nothing is acknowledged until there is room");
            }
            if (log.isSegmentFull()) {
                roll();
            }
            if (limits.dropOldest()) {
                if (!forgetOldest()) {
                    roll();
                }
                continue;
            }
            synchronized (this) {
                while (released <= truncated && !closed) {
                    wait();
                }
                if (closed) {
                    return false;
                }
            }
            truncate();
        }
        if (full) {
            full = false;
            LOG.log(Level.INFO, "table {0}: the journal has room again", table);
        }
        return true;
    }

    private boolean forgetOldest() throws IOException {
        long handedOut;
        synchronized (this) {
            handedOut = next;
        }
        long unread = log.messagesOfOldest(handedOut);
        if (!log.dropOldest()) {
            return false;
        }
        dropped += unread;
        return true;
    }

    /** Messages that were dropped, to make room, before they were handed out. */
    public long dropped() {
        return dropped;
    }

    private void roll() throws IOException {
        log.roll();
        Batch state = spare();
        state.reset();
        Record.begin(state.output, Record.RECENT);
        known.write(state.output);
        Record.finish(state.output, 0, new java.util.zip.CRC32C());
        state.seal();
        log.append(state);
    }

    private void write(Batch batch) throws IOException {
        if (log.isSegmentFull()) {
            roll();
        }
        batch.setOffset(log.append(batch));
        for (int at = 0; at < batch.end(); at = entry.end()) {
            entry.set(batch.bytes(), at);
            known.note(entry);
        }
    }

    /** Forces to disk what was written, has it acknowledged, and gives it to the job. */
    private void handOn(Batch batch) throws IOException {
        log.sync();
        safe += batch.messages();
        gate.release(safe);
        synchronized (this) {
            durable = log.synced();
            if (behind || readyBytes + batch.end() > limits.memory()) {
                behind = true;
                free.push(batch);
            } else {
                ready.add(batch);
                readyBytes += batch.end();
            }
        }
    }

    @Override
    public Batch next() throws IOException {
        synchronized (this) {
            recycle();
            given = ready.poll();
            if (given != null) {
                readyBytes -= given.end();
                next = given.offset() + given.end();
                return given;
            }
            if (next >= durable) {
                behind = false;
            }
            if (!behind) {
                if (failure != null) {
                    throw failure;
                }
                return null;
            }
        }
        return readAgain();
    }

    private void recycle() {
        if (given != null) {
            // A few are enough to go round.
            if (free.size() < 2) {
                free.push(given);
            }
            given = null;
        }
    }

    private Batch readAgain() throws IOException {
        if (next < log.first()) {
            LOG.log(Level.WARNING, "table {0}: {1} bytes of messages were dropped unread", table, log.first() - next);
            moveTo(log.first());
        }
        Batch batch = spare();
        if (log.read(next, batch, READ_SIZE)) {
            given = batch;
            moveTo(batch.offset() + batch.end());
            return batch;
        }
        return null;
    }

    private synchronized void moveTo(long offset) {
        next = offset;
    }

    /** Where the batch given last begins plus so many bytes, or, without one, where the next one begins. */
    public long position(Batch batch, int at) {
        return batch == null ? next : batch.offset() + at;
    }

    /** What lies before will not be asked for again. */
    public synchronized void release(long offset) {
        if (offset > released) {
            released = offset;
            work = true;
            notifyAll();
        }
    }

    /** When this returns, files change no more. The writer may take a moment longer to force them to disk, for which nobody need wait. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        synchronized (changing) {
            if (!started) {
                closeFiles();
            }
        }
    }

    private void closeFiles() {
        try {
            log.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "table " + table + ": can't close the journal", e);
        }
    }
}
