package creek.core.internal.task;

import creek.core.internal.recovery.JobStore;
import creek.core.internal.snapshot.DurableFiles;
import creek.core.internal.swap.PartUse;
import creek.core.internal.swap.Switches;
import creek.core.internal.task.TaskAssembler.OpenableOperator;
import creek.core.job.JobState;
import creek.core.job.SwapEvent;
import creek.core.state.DamagedStateException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One subtask of a {@link Task} from its opening to its closing: a {@linkplain TaskLoop loop} on one thread that reads sources and hands each record by
 * direct calls through operators to sinks. A job that is not parallel has one.
 *
 * <p>The first one opens the state of all, and has what only one can: checkpoints and switches.
 */
final class SubtaskRun {
    // what it is made of
    private final TaskEnvironment environment;
    private final Team team;
    private final boolean isFirst;
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

    /** Finds what the job needs, and joins the team; opens nothing yet. */
    SubtaskRun(JobGraph graph, TaskEnvironment environment, Team team) {
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

    TaskAssembler parts() {
        return parts;
    }

    TaskMailbox mailbox() {
        return mailbox;
    }

    TaskMetrics metrics() {
        return metrics;
    }

    /** Null until everything was opened. */
    TaskLoop loop() {
        return loop;
    }

    /** Of the first subtask, while it runs. */
    Switches switches() {
        return switches;
    }

    /** Has its loop end since another subtask's has. From any thread. */
    void endEarly() {
        mailbox.submit(() -> loop.endEarly());
    }

    /** Has it end as if it had failed. From any thread. */
    void cancel() {
        mailbox.submit(() -> loop.cancel());
    }

    /** Has this subtask come to where all do, for a checkpoint or something else. From any thread. */
    void askFor(Alignment.Purpose purpose, long checkpoint) {
        mailbox.submit(() -> alignment.ask(purpose, checkpoint));
    }

    /** Why no checkpoint can be taken, if so. On its thread. */
    Optional<String> whyParked() {
        return checkpoints == null ? Optional.empty() : Optional.ofNullable(checkpoints.whyParked());
    }

    /** Whether the state that it works with was opened. */
    boolean hasOpenState() {
        return checkpoints != null;
    }

    /** Whether it has failed in a switch, or while a new version of a part was on probation. */
    boolean hasFailedOnProbation() {
        return failedOnProbation;
    }

    /** Has somebody told of switches. To be called before it runs. */
    void onSwap(Consumer<SwapEvent> listener) {
        swaps = listener;
    }

    /** Has it not trust the state that it finds. To be called before it runs. */
    void distrustState(DamagedStateException found) {
        damage = found;
    }

    /**
     * Opens everything, runs until the sources end or somebody says stop, closes everything. Called once, on the subtask's thread.
     *
     * @param states is told of RUNNING, PARKED, WAITING and INCOMPATIBLE
     * @param uses   the parts that can be switched: the first subtask's are those of all
     * @throws Exception if it failed, or another one has
     */
    JobState run(Consumer<JobState> states, List<PartUse> uses) throws Exception {
        switches = isFirst ? new Switches(environment.job(), parts.settings().swaps(), uses, swaps) : new Switches(team.first().switches, uses);
        mailbox.open();
        Throwable failure = null;
        try {
            open();
            team.awaitOpened();
            loop = new TaskLoop(sources, sinks, team.ask(SubtaskRun::tables), parts.inbox(), schedule, checkpoints, alignment, switches, mailbox, clock, states,
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
                team.tell(SubtaskRun::endEarly);
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
            close(failure);
            if (isFirst) {
                team.closeUnstarted(failure);
            }
        }
        return loop != null && loop.isStopping() ? JobState.STOPPED : JobState.FINISHED;
    }

    private void open() throws Exception {
        if (isFirst) {
            if (parts.stateRecovery() != null) {
                // before a connector does, and with other permissions
                DurableFiles.createFolder(parts.settings().folder(environment));
            }
            for (SubtaskRun each : team.ask(Function.<SubtaskRun>identity())) {
                each.assemble();
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
            List<SubtaskRun> subtasks = team.ask(Function.identity());
            for (int i = 0; i < subtasks.size(); i++) {
                subtasks.get(i).setPart(checkpoints.part(i));
            }
            align(cuts);
        } finally {
            if (checkpoints == null) {
                store.close();
            }
        }
        checkpoints.restore(parts.settings().folder(environment).resolve(TablePlace.TABLES), team.ask(SubtaskRun::tables),
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
            List<SubtaskRun> subtasks = team.ask(Function.identity());
            for (int i = 0; i < subtasks.size(); i++) {
                SubtaskRun each = subtasks.get(i);
                each.alignment = new Alignment(i, team, each.checkpoints, cuts, standstill, each.part, each.parts.inbox(), each.sources.all(),
                        each.sinks.all());
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
