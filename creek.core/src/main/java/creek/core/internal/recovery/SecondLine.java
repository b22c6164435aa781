package creek.core.internal.recovery;

import creek.core.internal.snapshot.SnapshotFolder;
import creek.core.internal.snapshot.SnapshotHeader;
import creek.core.internal.snapshot.SnapshotKind;
import creek.core.internal.snapshot.SnapshotWriter;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;

/**
 * Writes the snapshots that a job could go back to: where the store can be read as it was, on a thread of their own, so that checkpoints need not wait
 * however large the state is. One at a time. That one can't be written is logged, and harms nothing else, unless it is the store that is damaged.
 */
final class SecondLine implements AutoCloseable {
    private static final Logger LOG = System.getLogger("creek.core.state");
    /** The last snapshots that are kept to go back to. */
    private static final int KEPT = 2;
    /** How long the end of a job waits for a snapshot before it is given up. */
    private static final long PATIENCE_MILLIS = 5000;

    private final String job;
    private final StateStore store;
    private final SnapshotFolder snapshots;
    private final Clock clock;
    private Thread thread;
    private volatile boolean givenUp;
    /** What reading the store has found, or null. */
    private volatile DamagedStateException damage;

    SecondLine(String job, StateStore store, SnapshotFolder snapshots, Clock clock) {
        this.job = job;
        this.store = store;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    boolean isBeingWritten() {
        return thread != null && thread.isAlive();
    }

    /**
     * Writes the last complete checkpoint, or begins to.
     *
     * @param view the store as it is now, which is closed at the end; null where it can only be read before the next checkpoint
     */
    void write(StateStore.View view, long checkpoint, SnapshotWriter.Guard guard) throws IOException {
        SnapshotHeader header = SnapshotHeader.of(SnapshotKind.SECOND_LINE, job, checkpoint, clock.millis(), true);
        if (view == null) {
            write(header, guard, visitor -> store.scan(new byte[0], visitor));
            return;
        }
        thread = new Thread(null, () -> {
            try (view) {
                write(header, guard, view::scan);
            } catch (DamagedStateException e) {
                damage = e;
            } catch (IOException | RuntimeException e) {
                LOG.log(givenUp ? Level.DEBUG : Level.WARNING, "job {0}: no snapshot could be written after checkpoint {1}: {2}", job, checkpoint,
                        e.getMessage());
            }
        }, "creek-snapshot-" + job, 0, false);
        thread.setContextClassLoader(SecondLine.class.getClassLoader());
        thread.setDaemon(true);
        thread.start();
    }

    /** Throws what the last snapshot has found to be damaged in the store. */
    void checkDamage() throws DamagedStateException {
        if (damage != null) {
            throw damage;
        }
    }

    private void write(SnapshotHeader header, SnapshotWriter.Guard guard, SnapshotWriter.Source source) throws IOException {
        SnapshotWriter.write(snapshots.file(header.checkpoint()), header, bytes -> {
            if (givenUp) {
                throw new IOException("the job has ended");
            }
            guard.beforeWriting(bytes);
        }, source);
        snapshots.removeOlder(header.checkpoint(), KEPT);
    }

    @Override
    public void close() throws IOException {
        if (isBeingWritten()) {
            try {
                thread.join(PATIENCE_MILLIS);
                givenUp = true;
                thread.join();
            } catch (InterruptedException e) {
                givenUp = true;
                Thread.currentThread().interrupt();
            }
        }
    }
}
