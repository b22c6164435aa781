package creek.connector.mqtt.journal;

import creek.connector.mqtt.client.AckGate;
import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * Takes messages by way of the disk: a {@link JournalWriter} writes what has come and forces it to disk; only then it is acknowledged, and handed on, from
 * memory as long as the job keeps up, else by reading it again.
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
    private final Limits limits;
    private final Runnable wakeUp;
    private final SegmentLog log;
    private final Redeliveries known;
    private final JournalQueue queue;
    private JournalWriter writer;
    private boolean started;

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
        queue = new JournalQueue(limits.memory());
    }

    /** Wires the journal with those who fill it and wait for it. */
    public void connect(Inbox inbox, AckGate gate) {
        writer = new JournalWriter(table, log, limits, known, queue, inbox, gate, wakeUp);
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
        long begin = from < 0 ? log.first() : from;
        if (begin > log.end() || begin < log.first() && !limits.dropOldest()) {
            throw new PositionException("the journal of table " + table + " has messages from offset " + log.first() + " to " + log.end()
                    + ", but the job is at " + begin + "; its folder is not the one that belongs to the job's state");
        }
        queue.begin(begin);
    }

    @Override
    public void start() {
        started = true;
        Thread thread = new Thread(writer, "creek mqtt journal " + table);
        thread.setDaemon(true);
        thread.start();
    }

    /** Has the writer look into the inbox; from any thread. */
    public void signal() {
        queue.signal();
    }

    /** Messages that were dropped, to make room, before they were handed out; from any thread. */
    public long dropped() {
        return writer.dropped();
    }

    @Override
    public Batch next() throws IOException {
        Batch batch = queue.poll();
        return batch == null && queue.isBehind() ? readAgain() : batch;
    }

    private Batch readAgain() throws IOException {
        long next = queue.next();
        if (next < log.first()) {
            LOG.log(Level.DEBUG, "table {0}: {1} bytes of messages were dropped unread", table, log.first() - next);
            next = log.first();
            queue.skipTo(next);
        }
        Batch batch = queue.spare();
        if (!log.read(next, batch, READ_SIZE)) {
            return null;
        }
        queue.give(batch);
        return batch;
    }

    /** Where the batch given last begins plus so many bytes, or, without one, where the next one begins. */
    public long position(Batch batch, int at) {
        return batch == null ? queue.next() : batch.offset() + at;
    }

    /** What lies before will not be asked for again. */
    public void release(long offset) {
        queue.release(offset);
    }

    /** When this returns, files change no more. The writer may take a moment longer to force them to disk, for which nobody need wait. */
    @Override
    public void close() {
        queue.close();
        writer.awaitUnchanging();
        if (!started) {
            writer.closeFiles();
        }
    }
}
