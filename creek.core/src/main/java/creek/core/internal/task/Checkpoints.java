package creek.core.internal.task;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import creek.core.internal.recovery.JobStore;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.internal.state.StateFormException;
import creek.core.internal.state.TaskState;
import creek.core.job.CheckpointStatus;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Takes a task's checkpoints. The job's thread cuts off what changed, between two records and while nothing is put off; a thread of its own makes that
 * durable meanwhile. There is one checkpoint at a time. All methods are called on the job's thread.
 */
final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = System.getLogger("creek.core.checkpoint");
    private static final int CLOSE_SECONDS = 30;
    private static final int INTERRUPTED_SECONDS = 5;
    /** If memory is full and a checkpoint has failed, there is no use in the next one at once. */
    private static final long RETRY_MILLIS = 1000;

    private final String job;
    private final JobStore jobStore;
    private final StateStore store;
    private final boolean incremental;
    private final CheckpointSettings settings;
    private final Clock clock;
    private final Runnable wakeUp;
    private final TaskState state;
    private final ExecutorService executor;
    private volatile Thread thread;
    private final StateBudget budget;
    private final boolean parksOnFailure;
    private final long restored;
    private final UnclaimedEntries unclaimed = new UnclaimedEntries();

    // what is under way
    private CheckpointRun run;
    private int epoch;
    private List<SourceDriver> cutSources = List.of();
    private List<SinkDriver> cutSinks = List.of();

    // when
    private long next;
    private long started;
    private boolean wanted;
    /** The one under way has taken longer than it may; it ends all the same. */
    private boolean isLate;
    private List<CheckpointWish<?>> wishes = new ArrayList<>();
    private long retryAt = Long.MIN_VALUE;

    // how it went
    private long lastNumber;
    private long lastCompleted;
    private int failuresInSequence;
    /** Whether sinks have nothing left to commit of it. */
    private boolean isCommitted;
    private boolean failing;
    /** Why, or null. */
    private String failure;
    private long completed;
    private long lastNanos;
    private long failed;
    private long longestPause;
    private long bytes;
    private long changedBytes;
    private CheckpointStatus status;

    Checkpoints(String job, JobStore jobStore, CheckpointSettings settings, Clock clock, Runnable wakeUp)
            throws IOException {
        this.job = job;
        this.jobStore = jobStore;
        this.store = jobStore.store();
        this.incremental = jobStore.isIncremental();
        this.settings = settings;
        this.clock = clock;
        this.wakeUp = wakeUp;
        this.state = new TaskState(store, incremental);
        this.budget = new StateBudget(state, settings.cacheBytes(), incremental ? settings.mostChanges() : Integer.MAX_VALUE);
        this.parksOnFailure = settings.onFailure() == CheckpointSettings.OnFailure.PARK;
        this.restored = store.lastCheckpoint();
        this.lastNumber = restored;
        this.lastCompleted = restored;
        this.next = clock.millis() + settings.interval().toMillis();
        executor = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(null, work, "creek-checkpoint-" + job, 0, false);
            made.setContextClassLoader(Checkpoints.class.getClassLoader());
            made.setDaemon(true);
            thread = made;
            return made;
        });
        publish();
    }

    TaskState state() {
        return state;
    }

    /**
     * Hands sources and sinks what the last checkpoint has of them, before they open.
     *
     * @param tables where their connectors keep files of their own
     * @throws DamagedStateException if that makes no sense
     * @throws StateFormException    if there is something to commit to a sink that the job no longer has
     */
    void restore(Path tables, SourceDriver[] sources, SinkDriver[] sinks) throws Exception {
        Map<String, BinaryReader> positions = EngineTable.read(store, EngineTable.SOURCE);
        Map<String, BinaryReader> pieces = EngineTable.read(store, EngineTable.POSITION_PIECE);
        Map<String, BinaryReader> commits = EngineTable.read(store, EngineTable.SINK);
        unclaimed.claim(job, tables, sources, sinks, positions, pieces, commits);
        if (!jobStore.isCommitted() && !settings.ignoreUnclaimed()) {
            unclaimed.checkNothingPends(lastNumber);
        }
        for (SinkDriver sink : sinks) {
            sink.restore(commits.get(sink.id()), lastNumber);
        }
        for (SourceDriver source : sources) {
            BinaryReader position = positions.get(source.id());
            if (position != null) {
                source.restore(position, pieces);
                if (!source.hasPosition() && !source.isEnded()) {
                    LOG.log(Level.WARNING, "job {0}: table {1} has no position to go on from: it is read from where it begins now", job,
                            source.table());
                }
            } else if (lastNumber > 0) {
                LOG.log(Level.WARNING, "job {0}: checkpoint {1} has no position of table {2}, which is read from its beginning", job, lastNumber,
                        source.table());
            }
        }
    }

    /** Has a checkpoint taken as soon as that can be. */
    void request() {
        wanted = true;
    }

    /** Has a checkpoint taken as soon as that can be, and something done with it. */
    void request(CheckpointWish<?> wish) {
        wanted = true;
        wishes.add(wish);
    }

    /** Whether the last one failed. */
    boolean isFailing() {
        return failing;
    }

    /** Whether a checkpoint is to be taken now. */
    boolean isDue(long now) {
        return run == null && (wanted || now >= next);
    }

    boolean isUnderWay() {
        return run != null;
    }

    /** Takes one. */
    void begin(SourceDriver[] sources, SinkDriver[] sinks) throws Exception {
        long before = System.nanoTime();
        EntryBuffer changes = new EntryBuffer();
        List<PendingCommit> commits = new ArrayList<>();
        for (SinkDriver sink : sinks) {
            commits.addAll(sink.beginCommit(lastNumber + 1, changes));
        }
        for (SourceDriver source : sources) {
            source.writePosition(changes, incremental);
        }
        if (incremental) {
            unclaimed.remove(changes);
        }
        epoch = state.write(changes);
        List<byte[]> dropped = new ArrayList<>();
        if (incremental) {
            state.dropped().forEach(number -> dropped.add(new byte[] {(byte) (number >>> 8), (byte) (int) number}));
        }
        run = new CheckpointRun(jobStore, ++lastNumber, changes, commits, dropped, wishes, wakeUp);
        cutSources = List.of(sources);
        cutSinks = List.of(sinks);
        isLate = false;
        budget.checkpointBegins();
        started = clock.millis();
        longestPause = Math.max(longestPause, System.nanoTime() - before);
        try {
            executor.execute(run);
        } catch (Throwable e) {
            // there is no memory for a thread, say
            run = null;
            throw e;
        }
        wishes = new ArrayList<>();
        wanted = false;
    }

    /**
     * Takes note of a checkpoint that has ended or takes too long.
     *
     * @throws Exception if more checkpoints have failed than may, or one that found the state to be damaged
     */
    void advance(long now) throws Exception {
        if (run != null && run.isDone()) {
            finish(now);
        } else if (run != null && !isLate && now - started > settings.timeout().toMillis()) {
            isLate = true;
            fail("checkpoint " + run.number() + " has taken longer than " + settings.timeout().toMillis() + " ms ('"
                    + CheckpointSettings.TIMEOUT.key() + "')", null, true);
        }
    }

    /**
     * Lets entries leave memory when there are too many, and has a checkpoint taken early where that is what it takes. Called while nothing is put
     * off.
     */
    void makeRoom(long now) {
        wanted |= budget.makeRoom() && run == null && now >= retryAt;
    }

    /** Says that the clock has gone back by so many milliseconds. */
    void clockWentBack(long millis) {
        next -= millis;
        started -= millis;
        retryAt = Long.MIN_VALUE;
    }

    /** Whether nothing may be read until a checkpoint has ended: memory is full of what no checkpoint has, or the job is to wait for a good one. */
    boolean holdsReading() {
        return budget.isFull() || failing && parksOnFailure;
    }

    /** Why nothing may be read for longer than a checkpoint takes, or null. */
    String whyParked() {
        if (!failing || !holdsReading()) {
            return null;
        }
        return (budget.isFull() ? "memory is full of state that no checkpoint has" : "'" + CheckpointSettings.ON_FAILURE.key() + "' = 'park'")
                + ": nothing is read until a checkpoint succeeds again; " + failure;
    }

    private void finish(long now) throws Exception {
        CheckpointRun ended = run;
        run = null;
        next = Math.max(started + settings.interval().toMillis(), now + settings.minPause().toMillis());
        for (SinkDriver sink : cutSinks) {
            sink.committed(ended.committed());
        }
        if (ended.isComplete()) {
            state.complete(epoch);
            unclaimed.removed();
            budget.checkpointIsComplete();
            for (SinkDriver sink : cutSinks) {
                sink.checkpointIsDurable();
            }
            for (SourceDriver source : cutSources) {
                source.positionIsDurable();
            }
            completed++;
            lastCompleted = ended.number();
            bytes = ended.bytes();
            changedBytes += bytes;
        }
        lastNanos = ended.nanos();
        Throwable cause = ended.failure();
        isCommitted = cause == null;
        if (cause == null) {
            if (failing) {
                LOG.log(Level.INFO, "job {0}: checkpoint {1} succeeded again", job, ended.number());
            }
            failing = false;
            failuresInSequence = 0;
            failure = null;
            retryAt = Long.MIN_VALUE;
            publish();
            return;
        }
        retryAt = now + RETRY_MILLIS;
        fail("checkpoint " + ended.number() + (ended.isComplete() ? " is durable but what follows it failed: " : " failed: ")
                + TaskException.reason(cause), cause, !isLate);
    }

    /** @param counts whether it is not known yet that this checkpoint fails */
    private void fail(String reason, Throwable cause, boolean counts) throws TaskException {
        LOG.log(Level.WARNING, () -> "job " + job + ": " + reason);
        failing = true;
        failure = reason;
        failed += counts ? 1 : 0;
        failuresInSequence += counts ? 1 : 0;
        publish();
        // The next checkpoint would only fail as well, or add to what is damaged. Where memory has run out a restart lets go of it.
        boolean isHopeless = TaskException.find(cause, DamagedStateException.class).isPresent() || TaskException.find(cause, Error.class).isPresent();
        if (isHopeless || failuresInSequence > settings.tolerableFailures()) {
            throw new TaskException(reason, cause);
        }
    }

    private void publish() {
        status = new CheckpointStatus(restored, lastCompleted, completed, failed, lastNanos, longestPause, bytes, changedBytes, store.bytesWritten(),
                store.bytesStored(), Optional.ofNullable(failure));
    }

    /** How things stand: another object whenever they change. */
    CheckpointStatus status() {
        return status;
    }

    /**
     * Waits for a checkpoint that is under way and lets go of the store. If it does not end, the store is let go of when it does: nobody else may use
     * the job's folder as long as something may still be written there.
     */
    @Override
    public void close() throws Exception {
        wishes.forEach(wish -> wish.fail(new IllegalStateException("the job has ended")));
        if (run == null) {
            executor.shutdown();
            try (jobStore) {
                if (completed > 0 && isCommitted) {
                    jobStore.noteCommitted();
                }
            }
            return;
        }
        Future<?> closing = executor.submit(() -> {
            Thread.interrupted();
            jobStore.close();
            return null;
        });
        executor.shutdown();
        if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            thread.interrupt();
            if (!executor.awaitTermination(INTERRUPTED_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "job {0}: checkpoint {1}, which is under way, does not end; until it does, the job''s state stays locked",
                        job, run.number());
                return;
            }
        }
        try {
            closing.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
