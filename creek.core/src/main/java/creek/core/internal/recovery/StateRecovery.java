package creek.core.internal.recovery;

import creek.core.connector.ConnectorRegistry;
import creek.core.connector.MissingServiceException;
import creek.core.internal.recovery.StateSettings.OnCorruption;
import creek.core.internal.snapshot.DurableFiles;
import creek.core.internal.snapshot.FolderLock;
import creek.core.internal.snapshot.SnapshotKind;
import creek.core.internal.snapshot.SnapshotReader;
import creek.core.internal.snapshot.TwinFile;
import creek.core.option.Options;
import creek.core.state.DamagedStateException;
import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Opens the store of a job: a new one, the one that there is, one filled from a savepoint, from the store of another backend or, where the state is
 * damaged and the settings allow it, from the newest good snapshot. Whatever fails or crashes on the way, the next opening finds the old store or the
 * new one, never a part. For one thread; may take long.
 *
 * <p>A job's folder has a record of which store is the current one, {@code store-BACKEND-N}, {@code snapshots}, and what was set aside.
 */
public final class StateRecovery {
    private static final Logger LOG = System.getLogger("creek.core.state");
    private static final String DAMAGED = "damaged";
    private static final String REPLACED = "replaced";

    /** What {@link JobStore} takes over. */
    record Opened(FolderLock lock, TwinFile currentFile, CurrentStore current, StateStore store, boolean isIncremental) {
    }

    /** Puts state into a new store. */
    private interface Filling {
        void fill(StateStore.Checkpoint target) throws IOException;
    }

    private final String job;
    private final Path folder;
    private final Path savepoint;
    private final ConnectorRegistry registry;
    private final StateSettings settings;
    private final Clock clock;
    private final TwinFile currentFile;
    private final StoreFolders folders;
    private final FallBack fallBack;
    /** Null if there is none. */
    private StateBackend before;

    /**
     * @param folder    the job's folder
     * @param savepoint what a job without state of its own starts from, or null
     */
    public StateRecovery(String job, Path folder, Path savepoint, ConnectorRegistry registry, StateSettings settings, Clock clock) {
        this.job = job;
        this.folder = folder.toAbsolutePath();
        this.savepoint = savepoint;
        this.registry = registry;
        this.settings = settings;
        this.clock = clock;
        currentFile = new TwinFile(this.folder, CurrentStore.FILE);
        folders = new StoreFolders(this.folder, clock);
        fallBack = new FallBack(job, this.folder, folders);
    }

    /**
     * Checks that the backend is there and its options are right.
     *
     * @throws MissingServiceException if it is not there
     */
    public void checkBackend() {
        options(backend(settings.backend()), settings.backend());
    }

    /** Has the state copied from a store of another version of the backend, where the one that is there now can't read it. To be called before {@link #open}. */
    public void setBackendBefore(StateBackend version) {
        before = version;
    }

    /**
     * Opens the store.
     *
     * @param found what a run on this state has found to be damaged, or null
     * @throws DamagedStateException   if the state is damaged and the settings do not allow to go back, or there is nothing to go back to; the message
     *                                 says what could be done
     * @throws MissingServiceException if a backend that is needed is not there
     */
    public JobStore open(DamagedStateException found) throws IOException {
        DurableFiles.createFolder(folder);
        FolderLock lock = FolderLock.of(folder);
        Opened opened = null;
        try {
            opened = open(lock, found);
            return new JobStore(opened, job, folder, clock, settings);
        } catch (Throwable e) {
            try (lock; StateStore store = opened == null ? null : opened.store()) {
                throw e;
            }
        }
    }

    private Opened open(FolderLock lock, DamagedStateException found) throws IOException {
        if (settings.fresh().isPresent()) {
            beginAfresh(settings.fresh().get());
        }
        CurrentStore current;
        try {
            current = readCurrent();
        } catch (DamagedStateException e) {
            return goBack(lock, CurrentStore.NONE, e);
        }
        folders.finishMove(current);
        Optional<Path> savepoint = savepoint(current);
        if (savepoint.isPresent()) {
            return startFrom(lock, current, savepoint.get());
        }
        if (current.isNone()) {
            return startEmpty(lock);
        }
        if (found != null) {
            return goBack(lock, current, found);
        }
        StateBackend backend = backend(current.backend());
        StateStore store;
        try {
            store = open(backend, current);
        } catch (IOException | RuntimeException | LinkageError e) {
            if (before != null) {
                return move(lock, current, openBefore(current, e));
            } else if (e instanceof DamagedStateException damaged) {
                return goBack(lock, current, damaged);
            }
            throw e;
        }
        return current.backend().equals(settings.backend()) ? new Opened(lock, currentFile, current, store, backend.isIncremental())
                : move(lock, current, store);
    }

    /** Sets all state aside unless it has begun with that wish. */
    private void beginAfresh(long wish) throws IOException {
        try {
            CurrentStore current = CurrentStore.read(currentFile);
            if (current != null && current.origin() == wish) {
                return;
            }
        } catch (DamagedStateException e) {
            LOG.log(Level.INFO, "job {0}: {1}", job, e.getMessage());
        }
        folders.setAllAside(REPLACED).ifPresent(aside -> LOG.log(Level.WARNING,
                "job {0} begins without the state that it had, which is in {1} now", job, aside));
    }

    /** The record of the current store. It is written before the first store is made, so that it is never missing beside one. */
    private CurrentStore readCurrent() throws IOException {
        CurrentStore current = CurrentStore.read(currentFile);
        if (current == null) {
            if (folders.hasState()) {
                throw noRecord(folder);
            }
            current = CurrentStore.NONE;
            current.write(currentFile);
        } else {
            currentFile.repair();
        }
        return current;
    }

    static DamagedStateException noRecord(Path folder) {
        return new DamagedStateException("in " + folder + " the files '" + CurrentStore.FILE + "-a' and '-b' are missing, which say where the state is");
    }

    /** The savepoint to start from now, if there is one. */
    private Optional<Path> savepoint(CurrentStore current) throws IOException {
        if (savepoint == null || current.isNone()) {
            return Optional.ofNullable(savepoint);
        }
        if (settings.replace()) {
            try (SnapshotReader reader = new SnapshotReader(savepoint)) {
                return reader.header().id() == current.origin() ? Optional.empty() : Optional.of(savepoint);
            } catch (NoSuchFileException e) {
                throw noSavepoint(savepoint);
            }
        }
        LOG.log(Level.INFO, "job {0} goes on with its own state, not from {1}; ''{2}'' = ''true'' would have it start from there", job, savepoint,
                StateSettings.REPLACE.key());
        return Optional.empty();
    }

    private static IOException noSavepoint(Path file) {
        return new IOException("there is no savepoint " + file + " ('" + StateSettings.RECOVERY_PATH.key() + "')");
    }

    private Opened startEmpty(FolderLock lock) throws IOException {
        CurrentStore first = new CurrentStore(1, settings.backend(), 0, 0, settings.fresh().orElse(0L), "", 0);
        StateBackend backend = backend(first.backend());
        Options options = options(backend, first.backend());
        first.write(currentFile);
        return new Opened(lock, currentFile, first, backend.open(first.folder(folder), options), backend.isIncremental());
    }

    private Opened startFrom(FolderLock lock, CurrentStore current, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw noSavepoint(file);
        }
        long number = current.isNone() ? 0 : Math.max(current.checkpoint(), fallBack.lastNumber(current));
        try (SnapshotReader reader = new SnapshotReader(file)) {
            number = 1 + Math.max(number, reader.header().checkpoint());
            CurrentStore next = new CurrentStore(current.generation() + 1, settings.backend(), number, number, reader.header().id(), REPLACED,
                    reader.header().kind() == SnapshotKind.SAVEPOINT ? number : 0);
            Opened opened = fill(lock, next, target -> copy(reader, target));
            LOG.log(Level.INFO, "job {0} starts from {1}: checkpoint {2} of job {3}", job, file, reader.header().checkpoint(),
                    reader.header().job());
            folders.finishMove(next);
            return opened;
        }
    }

    private Opened move(FolderLock lock, CurrentStore current, StateStore store) throws IOException {
        CurrentStore next = new CurrentStore(current.generation() + 1, settings.backend(), store.lastCheckpoint(), current.base(),
                current.origin(), "", current.committed());
        Opened opened;
        try (store) {
            opened = fill(lock, next, target -> store.scan(new byte[0], (key, value) -> {
                target.put(key, value);
                return true;
            }));
        }
        LOG.log(Level.INFO, "job {0}: its state was moved from backend {1} to {2}", job, current.backend(), next.backend());
        folders.finishMove(next);
        return opened;
    }

    /** Goes back to the newest good snapshot, or refuses to. */
    private Opened goBack(FolderLock lock, CurrentStore current, DamagedStateException why) throws IOException {
        if (settings.onCorruption() == OnCorruption.REFUSE) {
            throw fallBack.refusal(current, why);
        }
        long number = 1 + fallBack.lastNumber(current);
        long generation = 1 + Math.max(current.generation(), folders.lastGeneration());
        for (FallBack.Candidate candidate : fallBack.candidates(current)) {
            CurrentStore next = new CurrentStore(generation, settings.backend(), number, candidate.number(), current.origin(), DAMAGED, 0);
            try (SnapshotReader reader = candidate.open()) {
                Opened opened = fill(lock, next, target -> copy(reader, target));
                LOG.log(Level.WARNING, "job {0}: its state is damaged ({1}) and set aside; it goes back to {2}", job, why.getMessage(),
                        FallBack.describe(candidate.file(), reader.header()));
                folders.finishMove(next);
                return opened;
            } catch (DamagedStateException e) {
                LOG.log(Level.WARNING, "job {0}: {1}", job, e.getMessage());
                why.addSuppressed(e);
                folders.setAside(candidate.file(), DAMAGED);
            }
        }
        throw fallBack.refusal(current, why);
    }

    /** Fills a new store and makes it the current one. */
    private Opened fill(FolderLock lock, CurrentStore next, Filling filling) throws IOException {
        StateBackend backend = backend(next.backend());
        Options options = options(backend, next.backend());
        folders.remove(next);
        StateStore store = backend.open(next.folder(folder), options);
        try {
            if (next.checkpoint() > 0) {
                fill(store.begin(next.checkpoint()), filling);
            }
        } catch (Throwable e) {
            store.close();
            folders.remove(next);
            throw e;
        }
        try {
            next.write(currentFile);
            return new Opened(lock, currentFile, next, store, backend.isIncremental());
        } catch (Throwable e) {
            // it stays, since the record may name it now; otherwise the next opening removes it
            store.close();
            throw e;
        }
    }

    private static void fill(StateStore.Checkpoint target, Filling filling) throws IOException {
        try {
            filling.fill(target);
            target.complete();
        } catch (IOException | RuntimeException e) {
            target.abort();
            throw e;
        }
    }

    private static void copy(SnapshotReader reader, StateStore.Checkpoint target) throws IOException {
        reader.forEach((key, value) -> {
            target.put(key, value);
            return true;
        });
    }

    /** Opens the current store and checks that it has not come back with an earlier checkpoint. */
    private StateStore open(StateBackend backend, CurrentStore current) throws IOException {
        StateStore store = backend.open(current.folder(folder), options(backend, current.backend()));
        try {
            fallBack.checkNotBack(store, current);
            return store;
        } catch (Throwable e) {
            store.close();
            throw e;
        }
    }

    private StateStore openBefore(CurrentStore current, Throwable failure) throws IOException {
        try {
            return open(before, current);
        } catch (IOException | RuntimeException | LinkageError e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    private StateBackend backend(String name) {
        return registry.stateBackend(name).orElseThrow(() -> new MissingServiceException(StateBackend.NAME + "." + name, "setting '"
                + StateSettings.BACKEND.key() + "': there is no state backend '" + name + "'; there are "
                + String.join(", ", registry.stateBackendNames())));
    }

    private Options options(StateBackend backend, String name) {
        Options options = settings.backendOptions(name, backend);
        options.check("state backend '" + name + "'", backend.options(), key -> false);
        return options;
    }
}
