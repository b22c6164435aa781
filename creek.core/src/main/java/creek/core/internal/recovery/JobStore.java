package creek.core.internal.recovery;

import creek.core.internal.snapshot.DurableFiles;
import creek.core.internal.snapshot.FolderLock;
import creek.core.internal.snapshot.SnapshotFolder;
import creek.core.internal.snapshot.SnapshotHeader;
import creek.core.internal.snapshot.SnapshotKind;
import creek.core.internal.snapshot.SnapshotWriter;
import creek.core.internal.snapshot.TwinFile;
import creek.core.internal.task.FileNames;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A job's open store and the snapshots of it. {@link StateRecovery} opens it. The store is used as its contract says; the other methods are called on
 * the checkpoint's thread, while no checkpoint is under way.
 */
public final class JobStore implements AutoCloseable {
    private static final Logger LOG = System.getLogger("creek.core.state");

    private final String job;
    private final Path folder;
    private final Clock clock;
    private final FolderLock lock;
    private final TwinFile currentFile;
    private final SnapshotFolder snapshots;
    private final SecondLine secondLine;
    private final boolean isIncremental;
    private final int snapshotEvery;
    private final long diskLimit;
    private final StateStore store;
    private CurrentStore current;
    private boolean isNoted;
    private long lastSnapshot;
    /** How many checkpoints were completed since the store was opened. */
    private long completed;

    JobStore(StateRecovery.Opened opened, String job, Path folder, Clock clock, StateSettings settings) throws IOException {
        this.job = job;
        this.folder = folder;
        this.clock = clock;
        snapshotEvery = settings.snapshotEvery();
        diskLimit = settings.diskLimit();
        lock = opened.lock();
        store = opened.store();
        isIncremental = opened.isIncremental();
        current = opened.current();
        currentFile = opened.currentFile();
        snapshots = new SnapshotFolder(snapshotFolder(folder));
        secondLine = new SecondLine(job, store, snapshots, clock);
        lastSnapshot = snapshots.all().isEmpty() ? current.base() : Math.max(current.base(), snapshots.all().lastKey());
    }

    static Path snapshotFolder(Path folder) {
        return folder.resolve("snapshots");
    }

    public StateStore store() {
        return store;
    }

    /** {@link creek.core.state.StateBackend#isIncremental} of the store's backend. */
    public boolean isIncremental() {
        return isIncremental;
    }

    /**
     * To be called when a checkpoint is complete and committed: has a snapshot written to go back to, if it is time for one. That it can't be written is
     * logged, and harms nothing else. A backend whose checkpoints are snapshots themselves needs no others.
     *
     * @throws DamagedStateException if a snapshot, this one or the last, has found the store to be damaged
     */
    public void checkpointCompleted() throws DamagedStateException {
        try {
            secondLine.checkDamage();
            if (!isNoted) {
                note();
            }
            if (!isIncremental) {
                removeForeignSnapshots();
            } else if (snapshotEvery > 0 && isTimeForSnapshot() && !secondLine.isBeingWritten()) {
                lastSnapshot = store.lastCheckpoint();
                DurableFiles.createFolder(snapshotFolder(folder));
                secondLine.write(store.view(), lastSnapshot, withinLimit());
            }
        } catch (DamagedStateException e) {
            throw e;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "job {0}: no snapshot could be written after checkpoint {1}: {2}", job, store.lastCheckpoint(), e.getMessage());
        }
    }

    /** The first ones come early, when there is little to write: with twice as many checkpoints each time. */
    private boolean isTimeForSnapshot() {
        return store.lastCheckpoint() - lastSnapshot >= Math.min(snapshotEvery, Math.max(1, lastSnapshot - current.base()));
    }

    /** Those that another backend needed are out of date once this one has two checkpoints of its own to go back to. */
    private void removeForeignSnapshots() throws IOException {
        if (++completed == 2) {
            snapshots.removeAll();
        }
    }

    /** Takes note outside of the store how far it has come. */
    private void note() throws IOException {
        if (store.lastCheckpoint() > current.checkpoint()) {
            current = current.withCheckpoint(store.lastCheckpoint());
            current.write(currentFile);
            isNoted = true;
        }
    }

    /** Takes note that sinks have nothing left to commit of the last complete checkpoint. */
    public void noteCommitted() throws IOException {
        if (!isCommitted()) {
            current = current.withCommitted(store.lastCheckpoint());
            current.write(currentFile);
        }
    }

    /** Whether the last run has taken note of that, for the checkpoint that the store has. */
    public boolean isCommitted() {
        return store.lastCheckpoint() == current.committed();
    }

    /**
     * Writes the last complete checkpoint to a file of its own in a folder, which is made if need be.
     *
     * @return the file
     */
    public Path savepoint(Path target) throws IOException {
        if (store.lastCheckpoint() == 0) {
            throw new IOException("job " + job + " has no state yet to take a savepoint of");
        }
        DurableFiles.createFolder(target);
        String name = "savepoint-" + FileNames.of(job) + "-" + store.lastCheckpoint();
        Path file = target.resolve(name + ".creek");
        for (int i = 2; Files.exists(file); i++) {
            file = target.resolve(name + "-" + i + ".creek");
        }
        SnapshotHeader header = SnapshotHeader.of(SnapshotKind.SAVEPOINT, job, store.lastCheckpoint(), clock.millis(), true);
        SnapshotWriter.write(file, header, SnapshotWriter.Guard.NONE, visitor -> store.scan(new byte[0], visitor));
        return file;
    }

    /** Ends a snapshot that would take more room than all state may. */
    private SnapshotWriter.Guard withinLimit() throws IOException {
        long[] room = {diskLimit - store.bytesStored() - snapshots.size()};
        return bytes -> {
            room[0] -= bytes;
            if (room[0] < 0) {
                throw new IOException("the state may take up " + diskLimit + " bytes ('" + StateSettings.DISK_LIMIT.key() + "')");
            }
        };
    }


    /** Lets go of the store. */
    @Override
    public void close() throws IOException {
        try (lock; store; secondLine) {
            note();
        }
    }
}
