package creek.core.internal.task;

import creek.core.internal.recovery.JobStore;
import creek.core.internal.snapshot.DurableFiles;
import creek.core.internal.task.TaskAssembler.OpenableOperator;
import creek.core.job.JobPart;
import creek.core.job.JobState;
import creek.core.state.DamagedStateException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One run of one job: a loop on one thread that reads sources and hands each record by direct calls through operators to sinks.
 *
 * <p>Whatever others want of it is a command, run between two records, where the job's data is consistent.
 */
public final class Task {
    private static final long FIRST_PARK_NANOS = 100_000;
    private static final long LAST_PARK_NANOS = 20_000_000;
    /** If more time than that passes between two turns of the loop, the clock was put forward or the machine slept. */
    private static final long LONGEST_TURN_MILLIS = 60_000;
    private static final long LAST_CHECKPOINT_NANOS = 5_000_000_000L;

    // what it is made of
    private final TaskEnvironment environment;
    private final TaskAssembler parts;
    private final Clock clock;
    private final Schedule schedule;
    private TaskSinks sinks;
    private TaskSources sources;

    // what others may touch
    private final TaskMailbox mailbox = new TaskMailbox();
    private final TaskMetrics metrics = new TaskMetrics();

    // the loop's own
    /** Null if the job takes none. */
    private Checkpoints checkpoints;
    private DamagedStateException damage;
    private Consumer<JobState> states;
    private boolean stopping;
    private boolean cancelled;
    private boolean paused;
    private long turn;
    private long lastTime;
    private long parkNanos = FIRST_PARK_NANOS;

    /**
     * Finds what the job needs; opens nothing yet.
     *
     * @throws creek.core.option.OptionException if an option is wrong; {@link creek.core.connector.MissingServiceException} if a connector or
     *         format is not there
     */
    public Task(JobGraph graph, TaskEnvironment environment) {
        this.environment = environment;
        parts = new TaskAssembler(graph, environment, mailbox::wakeUp);
        clock = environment.clock();
        schedule = parts.schedule();
        sources = new TaskSources(List.of(), parts.alignment());
        sinks = new TaskSinks(List.of());
    }

    /** The job's own folder. */
    public Path folder() {
        return parts.settings().folder(environment);
    }

    /** Whether a job takes checkpoints. */
    public static boolean hasCheckpoints(JobGraph graph) {
        return new CheckpointSettings(graph.settings()).areOn();
    }

    /** Whether a job goes back to a snapshot where its state is damaged. */
    public static boolean mayFallBack(JobGraph graph) {
        return new CheckpointSettings(graph.settings()).state().mayFallBack();
    }

    public TaskMetrics metrics() {
        return metrics;
    }

    /** Tells the task to end in order. From any thread. */
    public void stop() {
        mailbox.submit(() -> stopping = true);
    }

    /** Tells the task to end as if it had failed: what came since the last checkpoint is not made final. From any thread. */
    public void cancel() {
        mailbox.submit(() -> {
            cancelled = true;
            stopping = true;
        });
    }

    /** Tells the task to read no more until {@link #resume}. From any thread. */
    public void pause() {
        mailbox.submit(() -> setPaused(true));
    }

    /** Tells a paused task to go on. From any thread. */
    public void resume() {
        mailbox.submit(() -> setPaused(false));
    }

    /** The figures that functions keep of their own. From any thread. */
    public Map<String, Long> functionFigures() {
        return parts.functions().figures().read();
    }

    /**
     * Has a checkpoint taken. From any thread.
     *
     * @return its number, once it is durable and committed
     */
    public CompletableFuture<Long> checkpoint() {
        return mailbox.submit((number, store) -> number);
    }

    /**
     * Has a checkpoint taken and written to a file of its own. From any thread.
     *
     * @param target the folder of the file, or null for that of the job's settings
     * @return the file, once it is durable
     */
    public CompletableFuture<Path> savepoint(Path target) {
        Optional<Path> savepoints = target != null ? Optional.of(target)
                : parts.settings().path(CheckpointSettings.SAVEPOINT_FOLDER, environment);
        return savepoints.isPresent() ? mailbox.submit((number, store) -> store.savepoint(savepoints.get()))
                : CompletableFuture.failedFuture(new IllegalStateException("there is no folder for the savepoint: name one, or set '"
                        + CheckpointSettings.SAVEPOINT_FOLDER.key() + "'"));
    }

    /** What the job uses of other bundles. From any thread. */
    public List<JobPart> parts() {
        return parts.used();
    }

    private void setPaused(boolean wanted) {
        if (paused != wanted) {
            paused = wanted;
            if (wanted && checkpoints != null) {
                checkpoints.request();
            }
            states.accept(wanted ? JobState.PARKED : JobState.RUNNING);
        }
    }

    /** Has the task not trust the state that it finds, since an earlier run has found that to be damaged. To be called before it runs. */
    public void distrustState(DamagedStateException found) {
        damage = found;
    }

    /** The damage that made this task fail after its store had opened, if it was such. */
    public Optional<DamagedStateException> damageIn(Throwable failure) {
        for (Throwable cause = failure; checkpoints != null && cause != null; cause = cause.getCause()) {
            if (cause instanceof DamagedStateException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /**
     * Opens everything, runs until the sources end or somebody says stop, closes everything. Called once, on the job's thread.
     *
     * @param listener is told of RUNNING and PARKED
     * @return FINISHED or STOPPED
     * @throws Exception if the job failed
     */
    public JobState run(Consumer<JobState> listener) throws Exception {
        mailbox.open();
        states = listener;
        Throwable failure = null;
        try {
            open();
            metrics.started();
            states.accept(JobState.RUNNING);
            loop();
            boolean committed = !cancelled && (checkpoints == null || checkpointAtEnd());
            publish();
            if (committed) {
                sinks.finish();
            }
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            publish();
            metrics.ended();
            mailbox.close();
            close(failure);
        }
        return stopping ? JobState.STOPPED : JobState.FINISHED;
    }

    private void open() throws Exception {
        if (parts.stateRecovery() != null) {
            // before a connector does, and with other permissions
            DurableFiles.createFolder(folder());
        }
        parts.assemble();
        sinks = new TaskSinks(parts.sinks());
        sources = new TaskSources(parts.sources(), parts.alignment());
        openState();
        sinks.open(clock.millis());
        for (OpenableOperator each : parts.operators()) {
            each.operator().open(each.context(), each.output());
        }
        long now = clock.millis();
        for (SourceDriver source : sources.all()) {
            source.open(now);
        }
        if (checkpoints != null) {
            checkpoints.state().checkClaimed(parts.settings().checkpoints().ignoreUnclaimed());
            for (SourceDriver source : sources.all()) {
                source.time().repeat();
            }
        }
    }

    private void openState() throws Exception {
        if (parts.stateRecovery() == null) {
            return;
        }
        JobStore store = parts.stateRecovery().open(damage);
        try {
            checkpoints = new Checkpoints(environment.job(), store, parts.settings().checkpoints(), clock, mailbox::wakeUp);
        } finally {
            if (checkpoints == null) {
                store.close();
            }
        }
        parts.operators().forEach(each -> each.context().setState(checkpoints.state()));
        checkpoints.restore(sources.all(), sinks.all());
        metrics.publish(checkpoints.status());
    }

    private void loop() throws Exception {
        while (true) {
            runCommands();
            if (stopping || sinks.isOneGone()) {
                return;
            }
            long now = time();
            sinks.flushIfDue(now);
            boolean checkpointWaits = checkpoints != null && !takeCheckpoint(now);
            if (!sinks.areReady() || paused && !checkpointWaits) {
                park(now);
            } else if (checkpointWaits || schedule.deepestPutOff() >= 0) {
                if (goOn(now)) {
                    park(now);
                }
            } else if (checkpoints != null && checkpoints.holdsReading()) {
                park(now);
            } else {
                schedule.runTimers(now);
                if (!sources.passOnWatermarks(now) && schedule.deepestPutOff() < 0) {
                    return;
                }
                if (schedule.deepestPutOff() < 0) {
                    SourceDriver source = sources.next();
                    if (source == null) {
                        park(now);
                    } else {
                        source.read(now, ++turn);
                        parkNanos = FIRST_PARK_NANOS;
                    }
                }
            }
            publish();
        }
    }

    /**
     * What the clock shows. If it has gone back, what was to happen after some time happens after that time all the same; if it has jumped ahead, sources
     * have not been silent for that time.
     */
    private long time() {
        long now = clock.millis();
        if (now < lastTime) {
            long back = lastTime - now;
            sinks.clockWentBack(back);
            sources.clockWentBack(back);
            if (checkpoints != null) {
                checkpoints.clockWentBack(back);
            }
        } else if (lastTime > 0 && now - lastTime > LONGEST_TURN_MILLIS) {
            sources.clockWentBack(lastTime - now);
        }
        lastTime = now;
        return now;
    }

    /**
     * Takes a checkpoint if one is due.
     *
     * @return false if one is due but something that has begun keeps it from being taken: nothing else is to be begun then, not even reading,
     *         and what has begun is gone on with even if reading is held
     */
    private boolean takeCheckpoint(long now) throws Exception {
        checkpoints.advance(now);
        if (schedule.deepestPutOff() < 0) {
            checkpoints.makeRoom(now);
        }
        if (checkpoints.isDue(now)) {
            if (!isAtRecordBoundary()) {
                return false;
            }
            checkpoints.begin(sources.all(), sinks.all());
        }
        return true;
    }

    /**
     * Takes the last checkpoint, after which nothing is left to commit. What is put off is emitted before; a job that was told to stop does not wait
     * for ever for sinks that are not ready.
     *
     * @return whether all is committed; if not, it comes again when the job goes on
     */
    private boolean checkpointAtEnd() throws Exception {
        long deadline = System.nanoTime() + LAST_CHECKPOINT_NANOS;
        checkpoints.request();
        for (boolean begun = false; !begun || checkpoints.isUnderWay(); ) {
            runCommands();
            long now = time();
            checkpoints.advance(now);
            boolean complete = isAtRecordBoundary();
            if (!begun && !checkpoints.isUnderWay() && complete) {
                checkpoints.begin(sources.all(), sinks.all());
                begun = true;
            } else if (stopping && !begun && System.nanoTime() - deadline > 0) {
                break;
            } else if (complete || !sinks.areReady() || goOn(now)) {
                LockSupport.parkNanos(this, FIRST_PARK_NANOS);
            }
        }
        metrics.publish(checkpoints.status());
        boolean good = !checkpoints.isUnderWay() && !checkpoints.isFailing();
        if (!good && !stopping) {
            throw new TaskException(checkpoints.status().failure().orElse("the last checkpoint failed"), null);
        }
        return good;
    }

    /** Whether nothing is put off and no record has begun. */
    private boolean isAtRecordBoundary() {
        return schedule.deepestPutOff() < 0 && sources.withinRecord() == null;
    }

    /**
     * Goes on a step with what is put off, else with a record that has begun.
     *
     * @return whether to wait for a moment before the next step
     */
    private boolean goOn(long now) throws Exception {
        if (schedule.deepestPutOff() >= 0) {
            return schedule.resume();
        }
        SourceDriver source = sources.withinRecord();
        if (source != null) {
            source.finishRecord(now);
        }
        return false;
    }

    private void runCommands() {
        if (mailbox.isWoken()) {
            mailbox.answer();
            sources.retryNow();
            mailbox.run(checkpoints);
        }
    }

    /** Waits for a moment, a little longer each time, or until somebody wakes the loop or a timer is due. */
    private void park(long now) throws Exception {
        sinks.flushDirty();
        publish();
        long untilTimer = paused ? Long.MAX_VALUE : Math.max(0, schedule.nextTimer() - now);
        if (!mailbox.isWoken() && untilTimer > 0) {
            LockSupport.parkNanos(this, untilTimer > parkNanos / 1_000_000 ? parkNanos : untilTimer * 1_000_000);
        }
        parkNanos = Math.min(2 * parkNanos, LAST_PARK_NANOS);
    }

    private void publish() {
        if (checkpoints != null) {
            metrics.publish(checkpoints.status());
        }
        metrics.publish(sources.all(), sinks.all(), parts.operators(), schedule);
    }

    /** Closes everything whatever happens. What goes wrong here counts only if nothing did before. */
    private void close(Throwable earlier) throws Exception {
        Closing closing = new Closing(earlier);
        parts.sources().forEach(source -> closing.close(source::close));
        parts.operators().forEach(each -> closing.close(each.operator()::close));
        closing.close(parts.functions());
        if (checkpoints != null) {
            closing.close(checkpoints);
        }
        parts.sinks().forEach(sink -> closing.close(sink::close));
        closing.end();
    }
}
