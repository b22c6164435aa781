package creek.connector.mqtt.journal;

import creek.connector.mqtt.client.AckGate;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.zip.CRC32C;

/** A journal's own thread: writes what has come, forces it to disk, has it acknowledged, and hands it on; deletes what is not needed any more. */
final class JournalWriter implements Runnable {
    private static final Logger LOG = System.getLogger("creek.connector.mqtt");

    private final String table;
    private final SegmentLog log;
    private final Journal.Limits limits;
    private final Redeliveries known;
    private final JournalQueue queue;
    private final Inbox inbox;
    private final AckGate gate;
    private final Runnable wakeUp;

    /** Held while files are changed; not while they are forced to disk, as others may take them over meanwhile. */
    private final Object changing = new Object();

    private final Record entry = new Record();
    private long safe;
    private boolean full;
    /** Any thread reads it. */
    private volatile long dropped;
    /** What was released when files were last deleted. */
    private long truncated;

    /** @param known what is known of messages that may come again, which this one keeps up to date */
    JournalWriter(String table, SegmentLog log, Journal.Limits limits, Redeliveries known, JournalQueue queue, Inbox inbox, AckGate gate,
            Runnable wakeUp) {
        this.table = table;
        this.log = log;
        this.limits = limits;
        this.known = known;
        this.queue = queue;
        this.inbox = inbox;
        this.gate = gate;
        this.wakeUp = wakeUp;
    }

    @Override
    public void run() {
        try {
            // What was found, which the one before may have had no time for, can be read only then.
            log.sync();
            queue.found(log.synced());
            wakeUp.run();
            long last = System.nanoTime() - limits.syncNanos();
            while (queue.awaitWork(last + limits.syncNanos(), inbox, limits.syncSize())) {
                Batch batch = append();
                if (batch != null) {
                    handOn(batch);
                    last = System.nanoTime();
                    wakeUp.run();
                }
            }
        } catch (IOException e) {
            queue.fail(new IOException("can't write the journal: " + e, e));
            inbox.close();
            wakeUp.run();
        } catch (InterruptedException e) {
            // closed
        } finally {
            closeFiles();
        }
    }

    /** Writes what has come; null if there is nothing, or no room before the end. */
    private Batch append() throws IOException, InterruptedException {
        synchronized (changing) {
            if (queue.isClosed()) {
                return null;
            }
            truncate();
            Batch batch = inbox.take(queue.spare());
            if (batch == null || !makeRoom(batch.end())) {
                return null;
            }
            write(batch);
            return batch;
        }
    }

    private void truncate() throws IOException {
        long upTo = queue.released();
        log.truncateBefore(upTo);
        truncated = upTo;
    }

    /** Waits until a full journal has room again, or makes some; false after the end. */
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
            } else if (queue.awaitRelease(truncated)) {
                truncate();
            } else {
                return false;
            }
        }
        if (full && log.size() + bytes <= limits.maxSize() / 4 * 3) {
            // Not as soon as a file could go: then the next one is full at once.
            full = false;
            LOG.log(Level.INFO, "table {0}: the journal has room again; {1} messages have been dropped so far", table, dropped);
        }
        return true;
    }

    private boolean forgetOldest() throws IOException {
        long unread = log.messagesOfOldest(queue.nextOnDisk());
        if (!log.dropOldest()) {
            return false;
        }
        dropped += unread;
        return true;
    }

    /** Messages that were dropped, to make room, before they were handed out; from any thread. */
    long dropped() {
        return dropped;
    }

    private void roll() throws IOException {
        log.roll();
        Batch state = queue.spare();
        state.reset();
        Record.begin(state.output, Record.RECENT);
        known.write(state.output);
        Record.finish(state.output, 0, new CRC32C());
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
        queue.add(batch, log.synced());
    }

    /** Waits until no file is being changed: from then on none is, as the queue is closed. */
    void awaitUnchanging() {
        synchronized (changing) {
            // whoever holds it has seen the end
        }
    }

    /** Closes the files; of a writer that was never started, else it does so itself. */
    void closeFiles() {
        try {
            log.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "table " + table + ": can't close the journal", e);
        }
    }
}
