package creek.core.internal.task;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import creek.core.internal.recovery.JobStore;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.internal.state.StateFormException;
import creek.core.internal.state.TaskState;
import creek.core.internal.task.CheckpointPart.Cut;
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
import java.util.concurrent.locks.LockSupport;

/**
 * Takes a task's checkpoints. The job's thread cuts off what changed, between two records and while nothing is put off; a thread of its own makes that
 * durable meanwhile. There is one checkpoint at a time. All methods are called on the job's thread.
 */
final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = System.getLogger("creek.core.checkpoint");
    private static final int CLOSE_SECONDS = 30;
    private static final int INTERRUPTED_SECONDS = 5;
    private static final long CLOSE_PARK_NANOS = 100_000;
    /** If memory is full and a checkpoint has failed, there is no use in the next one at once. */
    private static final long RETRY_MILLIS = 1000;

    private final String job;
    private final JobStore jobStore;
    private final StateStore store;
    private final boolean incremental;
    private final CheckpointSettings settings;
    private final Clock clock;
    private final Runnable wakeUp;
    /** By subtask; of a job that is not parallel there is one. */
    private final List<CheckpointPart> parts = new ArrayList<>();
    private final ExecutorService executor;
    private volatile Thread thread;
    private final StateBudget budget;
    private final boolean parksOnFailure;
    private final long restored;
    /** How many subtasks there were at the checkpoint that the job goes on from. */
    private final int before;
    private final UnclaimedEntries unclaimed = new UnclaimedEntries();

    // what is under way
    private CheckpointRun run;
    private List<Cut> cuts = List.of();
    /** Whether the thread of this one does what is to be done for all subtasks, since they stand still until it has ended. */
    private boolean areStanding;
    /** Null where the job is not parallel. */
    private final SubtaskCuts subtasks;

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

    /** @param subtasks null for a job that is not parallel */
    Checkpoints(String job, JobStore jobStore, CheckpointSettings settings, Clock clock, Runnable wakeUp, SubtaskCuts subtasks) throws IOException {
        this.job = job;
        this.jobStore = jobStore;
        this.store = jobStore.store();
        this.incremental = jobStore.isIncremental();
        this.settings = settings;
        this.clock = clock;
        this.wakeUp = wakeUp;
        this.subtasks = subtasks;
        int parallelism = subtasks == null ? 1 : subtasks.parallelism();
        before = EngineTable.parallelism(store);
        for (TaskState state : TaskState.of(store, incremental, parallelism, before)) {
            parts.add(new CheckpointPart(state, new StateBudget(state, Math.max(1, settings.cacheBytes() / parallelism),
                    incremental ? Math.max(1, settings.mostChanges() / parallelism) : Integer.MAX_VALUE), incremental));
        }
        this.budget = parts.get(0).budget();
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

    /** What a subtask gives. */
    CheckpointPart part(int subtask) {
        return parts.get(subtask);
    }

    /**
     * Hands sources and sinks what the last checkpoint has of them, before they open.
     *
     * @param tables where their connectors keep files of their own
     * @param sinks  how the first subtask uses them
     * @throws DamagedStateException if that makes no sense
     * @throws StateFormException    if there is something to commit to a sink that the job no longer has
     */
    void restore(Path tables, List<TableParts> subtasksOf, List<SinkUse> sinks) throws Exception {
        RestoredTables restoredTables = new RestoredTables(job, store, before, subtasksOf, sinks);
        restoredTables.claim(unclaimed, tables);
        if (!jobStore.isCommitted() && !settings.ignoreUnclaimed()) {
            unclaimed.checkNothingPends(lastNumber);
        }
        restoredTables.restore();
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

    /** Settles what is under way, when no loop runs any more: what was asked for is not waited for. */
    void settle() throws Exception {
        subtasks.forget();
        while (run != null && !run.isDone()) {
            LockSupport.parkNanos(this, CLOSE_PARK_NANOS);
        }
        if (run != null) {
            cuts = cuts.subList(0, 1);
            finish(clock.millis());
        }
    }

    /** The number of the next one. */
    long nextNumber() {
        return lastNumber + 1;
    }

    /** Whether the last one failed. */
    boolean isFailing() {
        return failing;
    }

    /** Whether a checkpoint is to be taken now. */
    boolean isDue(long now) {
        return !isUnderWay() && (wanted || now >= next || subtasks != null && now >= retryAt && subtasks.takeRequest());
    }

    boolean isUnderWay() {
        return run != null || subtasks != null && subtasks.isAsking();
    }

    /**
     * Takes one.
     *
     * @param tables of all subtasks, which stand still until it has ended
     */
    void begin(List<TableParts> tables) throws Exception {
        long before = System.nanoTime();
        List<Cut> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            all.add(parts.get(i).cut(lastNumber + 1, tables.get(i).sources(), tables.get(i).sinks()));
        }
        areStanding = true;
        write(all);
        longestPause = Math.max(longestPause, System.nanoTime() - before);
    }

    /** Has all subtasks cut, after which what they give is written. */
    void ask() {
        wanted = false;
        started = clock.millis();
        isLate = false;
        subtasks.ask(lastNumber + 1);
    }

    /** Has what was cut off written. */
    private void write(List<Cut> newCuts) {
        cuts = newCuts;
        List<EntryBuffer> changes = new ArrayList<>();
        List<PendingCommit> commits = new ArrayList<>();
        List<byte[]> dropped = new ArrayList<>();
        for (Cut cut : cuts) {
            changes.add(cut.changes());
            commits.addAll(cut.commits());
            dropped.addAll(cut.dropped());
        }
        if (incremental) {
            unclaimed.remove(changes.get(0));
        }
        EngineTable.putParallelism(changes.get(0), cuts.size());
        run = new CheckpointRun(jobStore, ++lastNumber, changes, commits, dropped, wishes, wakeUp);
        isLate = false;
        started = clock.millis();
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
        if (run == null && subtasks != null && subtasks.areAllGiven()) {
            write(subtasks.take());
        }
        if (run != null && run.isDone()) {
            finish(now);
        } else if (run == null && subtasks != null && subtasks.isAsking() && !isLate && now - started > settings.timeout().toMillis()) {
            isLate = true;
            fail("subtasks have taken longer than " + settings.timeout().toMillis() + " ms ('" + CheckpointSettings.TIMEOUT.key()
                    + "') to come to a checkpoint", null, true);
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
        wanted |= budget.makeRoom() && !isUnderWay() && now >= retryAt;
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
        parts.get(0).ended(cuts.get(0), ended);
        for (int i = 1; i < cuts.size(); i++) {
            if (areStanding) {
                parts.get(i).ended(cuts.get(i), ended);
            } else {
                subtasks.ended(parts.get(i), i, cuts.get(i), ended);
            }
        }
        areStanding = false;
        cuts = List.of();
        if (ended.isComplete()) {
            unclaimed.removed();
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

    /** Writes what all subtasks have given when their loops had ended, and waits until that is over. */
    CheckpointRun writeLast(List<Cut> lastCuts) throws Exception {
        write(lastCuts);
        CheckpointRun last = run;
        while (!last.isDone()) {
            LockSupport.parkNanos(this, CLOSE_PARK_NANOS);
        }
        // the others see to their parts themselves
        cuts = lastCuts.subList(0, 1);
        finish(clock.millis());
        return last;
    }

    private void publish() {
        if (subtasks != null) {
            subtasks.hold(failing && parksOnFailure);
        }
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
