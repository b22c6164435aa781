package creek.core.internal.task;

import creek.core.internal.recovery.JobStore;
import creek.core.internal.snapshot.DurableFiles;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartSwitch;
import creek.core.internal.swap.PartUse;
import creek.core.internal.swap.RunningJob;
import creek.core.internal.swap.Switches;
import creek.core.internal.swap.WatchedCall;
import creek.core.internal.task.TaskAssembler.OpenableOperator;
import creek.core.job.JobState;
import creek.core.job.SwapEvent;
import creek.core.state.DamagedStateException;
import creek.core.state.StateBackend;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One run of one job: a {@linkplain TaskLoop loop} on one thread that reads sources and hands each record by direct calls through operators to sinks.
 *
 * <p>A parallel job has several such loops, its subtasks. The first is the task that others know; what it is told goes to all of them.
 *
 * <p>Whatever others want of it is a command, run between two records, where the job's data is consistent.
 */
public final class Task implements RunningJob {
    // what it is made of
    private final TaskEnvironment environment;
    private final Team team;
    private final boolean isFirst;
    private final TaskAssembler parts;
    private final Clock clock;
    private final Schedule schedule;
    private TaskSinks sinks;
    private TaskSources sources;

    /** Of the first subtask alone, that of all. */
    private UsedParts used;

    // what others may touch
    private final TaskMailbox mailbox = new TaskMailbox();
    private final TaskMetrics metrics = new TaskMetrics();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    // the loop's own
    /** Null if the job takes none. */
    private Checkpoints checkpoints;
    /** Null if the job takes none. */
    private CheckpointPart part;
    /** Null if the job is not parallel. */
    private Alignment alignment;
    private DamagedStateException damage;
    private Consumer<SwapEvent> swaps = event -> {
    };
    private Switches switches;
    private volatile TaskLoop loop;
    private volatile boolean failedOnProbation;

    /**
     * Finds what the job needs; opens nothing yet.
     *
     * @throws creek.core.option.OptionException if an option is wrong; a {@link creek.core.connector.MissingServiceException} that names all connectors,
     *         formats and so on that are not there
     */
    public Task(JobGraph graph, TaskEnvironment environment) {
        this(graph, environment, new Team(environment.job(), new JobSettings(graph.settings()).parallelism()));
        for (int i = 1; i < parts.settings().parallelism(); i++) {
            new Task(graph.again(), environment, team);
        }
        used = new UsedParts(team.ask(task -> task.parts.uses()));
    }

    private Task(JobGraph graph, TaskEnvironment environment, Team team) {
        this.environment = environment;
        this.team = team;
        isFirst = team.isEmpty();
        parts = new TaskAssembler(graph, environment, team.next(), mailbox::wakeUp);
        team.add(this, mailbox::wakeUp);
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

    /** The figures of all subtasks. */
    public TaskMetrics metrics() {
        return TaskMetrics.sum(team.ask(task -> task.metrics));
    }

    /** Tells the task to end in order. From any thread. */
    public void stop() {
        tellEnd(task -> task.loop.stop());
    }

    /** Of a parallel job with checkpoints the first subtask sees to it that all end at a common cut. */
    private void tellEnd(Consumer<Task> end) {
        if (parts.settings().checkpoints().areOn()) {
            mailbox.submit(() -> end.accept(this));
        } else {
            team.tell(task -> task.mailbox.submit(() -> end.accept(task)));
        }
    }

    /** Has the loop end since another subtask's has. */
    void endEarlyOne() {
        mailbox.submit(() -> loop.endEarly());
    }

    /** Has something done on the thread of this subtask. */
    void submitOne(Runnable command) {
        mailbox.submit(command);
    }

    void wakeUpOne() {
        mailbox.wakeUp();
    }

    /** Has this subtask come to where all do, for a checkpoint or something else. */
    void askFor(Alignment.Purpose purpose, long checkpoint) {
        mailbox.submit(() -> alignment.ask(purpose, checkpoint));
    }

    /** Tells the task to end as if it had failed: what came since the last checkpoint is not made final. From any thread. */
    public void cancel() {
        team.tell(Task::cancelOne);
    }

    /** The same of this subtask alone. */
    void cancelOne() {
        mailbox.submit(() -> loop.cancel());
    }

    /** Tells the task to read no more until {@link #resume}. From any thread. */
    public void pause() {
        team.tell(task -> task.mailbox.submit(() -> task.loop.setPaused(true)));
    }

    /** Tells a paused task to go on. From any thread. */
    public void resume() {
        team.tell(task -> task.mailbox.submit(() -> task.loop.setPaused(false)));
    }

    /** The figures that functions keep of their own. From any thread. */
    public Map<String, Long> functionFigures() {
        Map<String, Long> sums = new TreeMap<>();
        team.tell(task -> task.parts.functions().figures().read().forEach((name, value) -> sums.merge(name, value, Long::sum)));
        return sums;
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

    @Override
    public List<PartUse> uses() {
        return used.all();
    }

    /** Has sources take down where reading stands, as soon as they can, for {@link JobParts}. From any thread; returns when they have, or soon. */
    void noteLocations() {
        used.noteLocations(team.ask(task -> task.mailbox));
    }

    @Override
    public Optional<BoundPart> backend() {
        return parts.backend();
    }

    @Override
    public WatchedCall watched() {
        return parts.watched();
    }

    @Override
    public CompletableFuture<Void> call(Callable<Void> command) {
        return mailbox.call(command);
    }

    @Override
    public List<CompletableFuture<Void>> prepare(PartSwitch change) {
        List<CompletableFuture<Void>> prepared = new ArrayList<>();
        List<TaskMailbox> mailboxes = team.ask(task -> task.mailbox);
        for (int i = 0; i < mailboxes.size(); i++) {
            PartSwitch part = change.bySubtask().get(i);
            prepared.add(mailboxes.get(i).call(() -> {
                part.prepare();
                return null;
            }));
        }
        return prepared;
    }

    @Override
    public CompletableFuture<Void> makeSwitches(List<PartSwitch> wanted) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        call(() -> {
            switches.submit(wanted, done);
            return null;
        }).exceptionally(e -> {
            wanted.forEach(PartSwitch::drop);
            done.complete(null);
            return null;
        });
        return done;
    }

    @Override
    public CompletableFuture<Void> confirmWithout(Object service) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        call(() -> {
            switches.confirmWithout(service, done);
            return null;
        }).exceptionally(e -> {
            done.complete(null);
            return null;
        });
        return done;
    }

    @Override
    public void showState() {
        mailbox.submit(() -> loop.showState());
    }

    @Override
    public CompletableFuture<Void> leave() {
        tellEnd(task -> task.loop.leave());
        return ended;
    }

    /** Whether everything was opened. */
    public boolean hasStarted() {
        return loop != null;
    }

    /** Why it waits or reads nothing; empty if it does not. On the job's thread. */
    public Optional<String> waitsFor() {
        return used.waitsFor().or(() -> checkpoints == null ? Optional.empty() : Optional.ofNullable(checkpoints.whyParked()));
    }

    /** Whether it has ended because of {@link #leave}. */
    public boolean hasLeft() {
        return loop != null && loop.isLeaving();
    }

    /** Has somebody told, on the job's thread, of each part that was switched, or was not. To be called before it runs. */
    public void onSwap(Consumer<SwapEvent> listener) {
        swaps = listener;
    }

    /** Has the task not trust the state that it finds, since an earlier run has found that to be damaged. To be called before it runs. */
    public void distrustState(DamagedStateException found) {
        damage = found;
    }

    /** Has the state read by another version of the backend, if that which is there now can't. To be called before it runs. */
    public void setBackendBefore(StateBackend version) {
        if (parts.stateRecovery() != null) {
            parts.stateRecovery().setBackendBefore(version);
        }
    }

    /** The damage that made this task fail after its store had opened, if it was such. */
    public Optional<DamagedStateException> damageIn(Throwable failure) {
        return checkpoints == null ? Optional.empty() : TaskException.find(failure, DamagedStateException.class);
    }

    /**
     * Opens everything, runs until the sources end or somebody says stop, closes everything. Called once, on the job's thread.
     *
     * @param states is told of RUNNING, PARKED, WAITING and INCOMPATIBLE
     * @return FINISHED or STOPPED
     * @throws Exception if the job failed
     */
    public JobState run(Consumer<JobState> states) throws Exception {
        try {
            return runOne(states);
        } finally {
            team.join();
        }
    }

    /** Runs this subtask alone. Called once, on a thread of its own. */
    JobState runOne(Consumer<JobState> states) throws Exception {
        switches = isFirst ? new Switches(environment.job(), parts.settings().swaps(), uses(), swaps)
                : new Switches(team.first().switches, parts.uses());
        mailbox.open();
        Throwable failure = null;
        try {
            open();
            loop = new TaskLoop(sources, sinks, team.ask(Task::tables), parts.inbox(), schedule, checkpoints, alignment, switches, mailbox, clock, states,
                    this::publish);
            metrics.started();
            states.accept(JobState.RUNNING);
            try {
                loop.run();
            } finally {
                if (alignment != null) {
                    alignment.leave();
                }
            }
            if (sinks.isOneGone()) {
                team.tell(Task::endEarlyOne);
            }
            team.awaitLoops();
            boolean committed = alignment != null ? alignment.commitAtEnd(!loop.isCancelled())
                    : !loop.isCancelled() && (checkpoints == null || loop.checkpointAtEnd());
            publish();
            if (committed) {
                sinks.finish();
            }
        } catch (Throwable e) {
            failure = e;
            team.failed(e);
            failedOnProbation = switches.jobFails(e, TaskException.reason(e));
            throw e;
        } finally {
            publish();
            metrics.ended();
            mailbox.close();
            switches.close();
            try {
                close(failure);
                if (isFirst) {
                    team.closeUnstarted(failure);
                }
            } finally {
                ended.complete(null);
            }
        }
        return loop != null && loop.isStopping() ? JobState.STOPPED : JobState.FINISHED;
    }

    /** The part that could not go on from where the job was, if that was the failure. */
    public Optional<BoundPart> incompatiblePart(Throwable failure) {
        return used.incompatible(failure);
    }

    /** Whether it has failed in a switch, or while a new version of a part was on probation. */
    public boolean hasFailedOnProbation() {
        return failedOnProbation;
    }

    private void open() throws Exception {
        if (isFirst) {
            if (parts.stateRecovery() != null) {
                // before a connector does, and with other permissions
                DurableFiles.createFolder(folder());
            }
            for (Task task : team.ask(Function.<Task>identity())) {
                task.assemble();
            }
            openState();
            team.start();
        }
        sinks.open(clock.millis());
        for (OpenableOperator each : parts.operators()) {
            each.operator().open(each.context(), each.output());
        }
        long now = clock.millis();
        for (SourceDriver source : sources.all()) {
            source.open(now);
        }
        if (part != null) {
            part.state().checkClaimed(parts.settings().checkpoints().ignoreUnclaimed());
            for (SourceDriver source : sources.all()) {
                source.time().repeat();
            }
        }
    }

    private void assemble() throws TaskException {
        parts.assemble();
        sinks = new TaskSinks(parts.sinks());
        sources = new TaskSources(parts.sources(), parts.alignment());
    }

    /** Of all subtasks. */
    private void openState() throws Exception {
        SubtaskCuts cuts = team.isAlone() ? null : new SubtaskCuts(team, parts.settings().parallelism());
        if (parts.stateRecovery() == null) {
            align(cuts);
            return;
        }
        JobStore store = parts.stateRecovery().open(damage);
        try {
            checkpoints = new Checkpoints(environment.job(), store, parts.settings().checkpoints(), clock, mailbox::wakeUp, cuts);
            List<Task> tasks = team.ask(Function.identity());
            for (int i = 0; i < tasks.size(); i++) {
                tasks.get(i).setPart(checkpoints.part(i));
            }
            align(cuts);
        } finally {
            if (checkpoints == null) {
                store.close();
            }
        }
        checkpoints.restore(folder().resolve(TablePlace.TABLES), team.ask(Task::tables),
                parts.uses().stream().filter(SinkUse.class::isInstance).map(SinkUse.class::cast).toList());
        metrics.publish(checkpoints.status());
    }

    private void setPart(CheckpointPart ofAll) {
        part = ofAll;
        parts.operators().forEach(each -> each.context().setState(part.state()));
    }

    /** Has the subtasks of a parallel job do together what they can't do alone. */
    private void align(SubtaskCuts cuts) {
        if (cuts != null) {
            Standstill standstill = new Standstill(team, cuts.parallelism());
            List<Task> tasks = team.ask(Function.identity());
            for (int i = 0; i < tasks.size(); i++) {
                Task task = tasks.get(i);
                task.alignment = new Alignment(i, team, task.checkpoints, cuts, standstill, task.part, task.parts.inbox(), task.sources.all(),
                        task.sinks.all());
            }
        }
    }

    private TableParts tables() {
        return new TableParts(sources.all(), sinks.all());
    }

    private void publish() {
        if (checkpoints != null) {
            metrics.publish(checkpoints.status());
        }
        metrics.publish(sources.all(), sinks.all(), parts.operators(), schedule);
    }

    /** Closes everything whatever happens. What goes wrong here counts only if nothing did before. */
    void close(Throwable earlier) throws Exception {
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
