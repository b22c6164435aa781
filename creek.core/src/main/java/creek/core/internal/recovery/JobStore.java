package creek.core.internal.recovery;

import creek.core.internal.snapshot.DurableFiles;
import creek.core.internal.snapshot.FolderLock;
import creek.core.internal.snapshot.SnapshotFolder;
import creek.core.internal.snapshot.SnapshotHeader;
import creek.core.internal.snapshot.SnapshotKind;
import creek.core.internal.snapshot.SnapshotWriter;
import creek.core.internal.snapshot.TwinFile;
import creek.core.internal.task.FileNames;
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
    /** The last snapshots that are kept to go back to. */
    private static final int KEPT = 2;

    private final String job;
    private final Path folder;
    private final Clock clock;
    private final FolderLock lock;
    private final TwinFile currentFile;
    private final SnapshotFolder snapshots;
    private final boolean isIncremental;
    private final int snapshotEvery;
    private final long diskLimit;
    private final StateStore store;
    private CurrentStore current;
    private boolean isNoted;
    private long lastSnapshot;

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
     * To be called when a checkpoint is complete and committed: writes a snapshot to go back to, if it is time for one. That it can't be written is
     * logged, and harms nothing else. A backend whose checkpoints are snapshots themselves needs no others.
     */
    public void checkpointCompleted() {
        try {
            if (!isNoted) {
                note();
            }
            long since = store.lastCheckpoint() - lastSnapshot;
            // The first ones come early, when there is little to write: with twice as many checkpoints each time.
            if (isIncremental && snapshotEvery > 0 && since >= Math.min(snapshotEvery, Math.max(1, lastSnapshot - current.base()))) {
                lastSnapshot = store.lastCheckpoint();
                DurableFiles.createFolder(snapshotFolder(folder));
                write(SnapshotKind.SECOND_LINE, snapshots.file(lastSnapshot), withinLimit());
                snapshots.removeOlder(lastSnapshot, KEPT);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "job {0}: no snapshot could be written after checkpoint {1}: {2}", job, store.lastCheckpoint(), e.getMessage());
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
        write(SnapshotKind.SAVEPOINT, file, SnapshotWriter.Guard.NONE);
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

    private void write(SnapshotKind kind, Path file, SnapshotWriter.Guard guard) throws IOException {
        SnapshotHeader header = SnapshotHeader.of(kind, job, store.lastCheckpoint(), clock.millis(), true);
        try (SnapshotWriter writer = new SnapshotWriter(file.resolveSibling(file.getFileName() + ".part"), header, guard)) {
            store.scan(new byte[0], (key, value) -> {
                writer.put(key, value);
                return true;
            });
            writer.complete(file);
        }
    }

    /** Lets go of the store. */
    @Override
    public void close() throws IOException {
        try (lock; store) {
            note();
        }
    }
}
