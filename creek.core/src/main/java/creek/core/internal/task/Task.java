package creek.core.internal.task;

import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartSwitch;
import creek.core.internal.swap.PartUse;
import creek.core.internal.swap.RunningJob;
import creek.core.internal.swap.WatchedCall;
import creek.core.job.JobState;
import creek.core.job.SwapEvent;
import creek.core.state.DamagedStateException;
import creek.core.state.StateBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One run of one job, as others know it. It runs as one {@linkplain SubtaskRun subtask}, on the job's thread, or as several, where the job is parallel: what it
 * is told goes to all of them.
 *
 * <p>Whatever others want of it is a command, run by a subtask between two records, where the job's data is consistent.
 */
public final class Task implements RunningJob {
    private final TaskEnvironment environment;
    private final Team team;
    /** Has what there is once for all: settings, checkpoints, switches. */
    private final SubtaskRun first;
    private final JobSettings settings;
    /** Of all subtasks. */
    private final UsedParts used;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * Finds what the job needs; opens nothing yet.
     *
     * @throws creek.core.option.OptionException if an option is wrong; a {@link creek.core.connector.MissingServiceException} that names all connectors,
     *         formats and so on that are not there
     */
    public Task(JobGraph graph, TaskEnvironment environment) {
        this.environment = environment;
        settings = new JobSettings(graph.settings());
        team = new Team(environment.job(), settings.parallelism());
        first = new SubtaskRun(graph, environment, team);
        for (int i = 1; i < settings.parallelism(); i++) {
            new SubtaskRun(graph.again(), environment, team);
        }
        used = new UsedParts(team.ask(each -> each.parts().uses()));
    }

    /** The job's own folder. */
    public Path folder() {
        return settings.folder(environment);
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
        return TaskMetrics.sum(team.ask(SubtaskRun::metrics));
    }

    /** Tells the task to end in order. From any thread. */
    public void stop() {
        tellEnd(TaskLoop::stop);
    }

    /** Of a parallel job with checkpoints the first subtask sees to it that all end at a common cut. */
    private void tellEnd(Consumer<TaskLoop> end) {
        if (settings.checkpoints().areOn()) {
            first.mailbox().submit(() -> end.accept(first.loop()));
        } else {
            team.tell(each -> each.mailbox().submit(() -> end.accept(each.loop())));
        }
    }

    /** Tells the task to end as if it had failed: what came since the last checkpoint is not made final. From any thread. */
    public void cancel() {
        team.tell(SubtaskRun::cancel);
    }

    /** Tells the task to read no more until {@link #resume}. From any thread. */
    public void pause() {
        team.tell(each -> each.mailbox().submit(() -> each.loop().setPaused(true)));
    }

    /** Tells a paused task to go on. From any thread. */
    public void resume() {
        team.tell(each -> each.mailbox().submit(() -> each.loop().setPaused(false)));
    }

    /** The figures that functions keep of their own. From any thread. */
    public Map<String, Long> functionFigures() {
        Map<String, Long> sums = new TreeMap<>();
        team.tell(each -> each.parts().functions().figures().read().forEach((name, value) -> sums.merge(name, value, Long::sum)));
        return sums;
    }

    /**
     * Has a checkpoint taken. From any thread.
     *
     * @return its number, once it is durable and committed
     */
    public CompletableFuture<Long> checkpoint() {
        return first.mailbox().submit((number, store) -> number);
    }

    /**
     * Has a checkpoint taken and written to a file of its own. From any thread.
     *
     * @param target the folder of the file, or null for that of the job's settings
     * @return the file, once it is durable
     */
    public CompletableFuture<Path> savepoint(Path target) {
        Optional<Path> savepoints = target != null ? Optional.of(target)
                : settings.path(CheckpointSettings.SAVEPOINT_FOLDER, environment);
        return savepoints.isPresent() ? first.mailbox().submit((number, store) -> store.savepoint(savepoints.get()))
                : CompletableFuture.failedFuture(new IllegalStateException("there is no folder for the savepoint: name one, or set '"
                        + CheckpointSettings.SAVEPOINT_FOLDER.key() + "'"));
    }

    @Override
    public List<PartUse> uses() {
        return used.all();
    }

    /** Has sources take down where reading stands, as soon as they can, for {@link JobParts}. From any thread; returns when they have, or soon. */
    void noteLocations() {
        used.noteLocations(team.ask(SubtaskRun::mailbox));
    }

    @Override
    public Optional<BoundPart> backend() {
        return first.parts().backend();
    }

    @Override
    public WatchedCall watched() {
        return first.parts().watched();
    }

    @Override
    public CompletableFuture<Void> call(Callable<Void> command) {
        return first.mailbox().call(command);
    }

    @Override
    public List<CompletableFuture<Void>> prepare(PartSwitch change) {
        List<CompletableFuture<Void>> prepared = new ArrayList<>();
        List<TaskMailbox> mailboxes = team.ask(SubtaskRun::mailbox);
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
            first.switches().submit(wanted, done);
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
            first.switches().confirmWithout(service, done);
            return null;
        }).exceptionally(e -> {
            done.complete(null);
            return null;
        });
        return done;
    }

    @Override
    public void showState() {
        first.mailbox().submit(() -> first.loop().showState());
    }

    @Override
    public CompletableFuture<Void> leave() {
        tellEnd(TaskLoop::leave);
        return ended;
    }

    /** Whether everything was opened. */
    public boolean hasStarted() {
        return first.loop() != null;
    }

    /** Why it waits or reads nothing; empty if it does not. On the job's thread. */
    public Optional<String> waitsFor() {
        return used.waitsFor().or(first::whyParked);
    }

    /** Whether it has ended because of {@link #leave}. */
    public boolean hasLeft() {
        return hasStarted() && first.loop().isLeaving();
    }

    /** Has somebody told, on the job's thread, of each part that was switched, or was not. To be called before it runs. */
    public void onSwap(Consumer<SwapEvent> listener) {
        first.onSwap(listener);
    }

    /** Has the task not trust the state that it finds, since an earlier run has found that to be damaged. To be called before it runs. */
    public void distrustState(DamagedStateException found) {
        first.distrustState(found);
    }

    /** Has the state read by another version of the backend, if that which is there now can't. To be called before it runs. */
    public void setBackendBefore(StateBackend version) {
        if (first.parts().stateRecovery() != null) {
            first.parts().stateRecovery().setBackendBefore(version);
        }
    }

    /** The damage that made this task fail after its store had opened, if it was such. */
    public Optional<DamagedStateException> damageIn(Throwable failure) {
        return !first.hasOpenState() ? Optional.empty() : TaskException.find(failure, DamagedStateException.class);
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
            return first.run(states, uses());
        } finally {
            ended.complete(null);
            team.join();
        }
    }

    /** The part that could not go on from where the job was, if that was the failure. */
    public Optional<BoundPart> incompatiblePart(Throwable failure) {
        return used.incompatible(failure);
    }

    /** Whether it has failed in a switch, or while a new version of a part was on probation. */
    public boolean hasFailedOnProbation() {
        return first.hasFailedOnProbation();
    }
}
