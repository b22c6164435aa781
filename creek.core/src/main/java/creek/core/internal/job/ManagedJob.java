package creek.core.internal.job;

import creek.core.connector.ConnectorRegistry;
import creek.core.connector.MissingServiceException;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.Refusals;
import creek.core.internal.swap.RunningJob;
import creek.core.internal.swap.SwappableJob;
import creek.core.internal.task.JobGraph;
import creek.core.internal.task.JobParts;
import creek.core.internal.task.Task;
import creek.core.internal.task.TaskEnvironment;
import creek.core.internal.task.TaskException;
import creek.core.job.JobDefinition;
import creek.core.job.JobPart;
import creek.core.job.JobState;
import creek.core.job.JobStatus;
import creek.core.job.SwapEvent;
import creek.core.state.DamagedStateException;
import creek.core.state.StateBackend;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One job from the start of its bundle to its end, on a thread of its own. All changes of state happen on that thread; others only leave
 * wishes. Once ended it holds nothing of the bundle, only figures and texts.
 */
final class ManagedJob implements SwappableJob {
    private static final Logger LOG = System.getLogger("creek.core.job");

    private final String name;
    private final String version;
    private final boolean again;
    private final TaskEnvironment environment;
    private final Refusals refusals;
    private final SwapWatcher watcher;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    // what the job's thread says
    private final JobProgress progress;
    private volatile List<JobPart> planned = List.of();
    private volatile Task task;

    /** The state backend that the next run is the first to use, or null. */
    private volatile BackendChange backendChange;
    /** The version of the backend that the state was written by, if that is not to be used any more, or null. */
    private volatile StateBackend backendBefore;

    /** What the last run has found to be wrong with the job's state, or null. The job's thread's own. */
    private DamagedStateException damage;

    /** What is tried where a run can't start. The job's thread's own. */
    private final OtherVersions others;

    // what others wish
    private volatile boolean stopWanted;
    private volatile boolean cancelWanted;
    private volatile boolean pauseWanted;
    private volatile boolean servicesChanged;

    /**
     * @param version    tells this version of the job from others
     * @param again      whether a job that had come to its end begins again
     * @param definition makes an instance of the job's definition
     * @param refusals   what the environment's registry leaves out
     */
    ManagedJob(String name, String version, boolean again, Callable<JobDefinition> definition, TaskEnvironment environment, Refusals refusals,
            SwapWatcher watcher) {
        this.name = name;
        this.refusals = refusals;
        progress = new JobProgress(name);
        this.watcher = watcher;
        this.version = version;
        this.again = again;
        this.environment = environment;
        others = new OtherVersions(name, environment.registry(), refusals, watcher::happened);
        // Neither thread-locals nor the class loader of whoever starts the bundle are passed on: they might be kept for as long as the job runs.
        thread = new Thread(null, () -> run(definition), "creek-job-" + name, 0, false);
        thread.setContextClassLoader(ManagedJob.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ConnectorRegistry registry() {
        return environment.registry();
    }

    @Override
    public Refusals refusals() {
        return refusals;
    }

    @Override
    public Optional<RunningJob> running() {
        return Optional.ofNullable(task);
    }

    @Override
    public void happened(SwapEvent event) {
        watcher.happened(event);
    }

    @Override
    public void changesBackend(BoundPart from, BoundPart to) {
        backendBefore = (StateBackend) from.service();
        backendChange = new BackendChange(name, from, to);
        if (isEnded()) {
            forgetBackends();
        }
    }

    private void forgetBackends() {
        backendChange = null;
        backendBefore = null;
    }

    private void run(Callable<JobDefinition> definition) {
        try {
            RestartStrategy strategy = null;
            Optional<Duration> delay;
            do {
                JobGraph graph = JobGraph.of(definition);
                if (strategy == null) {
                    strategy = RestartStrategy.of(graph.settings(), Task.hasCheckpoints(graph), ThreadLocalRandom.current()::nextDouble);
                }
                delay = runOnce(graph, strategy);
            } while (delay.isPresent() && await(delay.get().toNanos()));
            if (delay.isPresent()) {
                progress.enter(JobState.STOPPED, null);
            }
        } catch (Throwable e) {
            progress.fail(e);
        } finally {
            task = null;
            ended.countDown();
            // after that nobody leaves another
            forgetBackends();
        }
    }

    /** Runs the job until it ends; how long to wait before it is started again, if it is. */
    private Optional<Duration> runOnce(JobGraph graph, RestartStrategy strategy) {
        Task prepared = null;
        try {
            prepared = prepare(graph);
            if (prepared == null) {
                progress.enter(JobState.STOPPED, null);
                return Optional.empty();
            }
            FinishedJob finished = Task.hasCheckpoints(graph) ? new FinishedJob(prepared.folder(), version) : null;
            if (finished != null && !again && finished.isNoted()) {
                progress.enter(JobState.FINISHED, "it had come to its end before");
                return Optional.empty();
            }
            progress.enter(JobState.OPENING, null);
            if (finished != null) {
                finished.clear();
            }
            progress.setMetrics(prepared.metrics());
            task = prepared;
            if (pauseWanted) {
                prepared.pause();
            }
            if (cancelWanted) {
                prepared.cancel();
            } else if (stopWanted) {
                prepared.stop();
            }
            prepared.distrustState(damage);
            prepared.setBackendBefore(backendBefore);
            prepared.onSwap(this::switched);
            Task running = prepared;
            JobState end = prepared.run(state -> {
                others.started(graph);
                runs(running, state);
            });
            if (prepared.hasLeft() && !stopWanted) {
                return Optional.of(Duration.ZERO);
            }
            if (end == JobState.FINISHED && finished != null) {
                finished.note();
            }
            progress.enter(end, null);
        } catch (Throwable thrown) {
            boolean hasStarted = prepared != null && prepared.hasStarted();
            if (!hasStarted && !stopWanted && TaskException.find(thrown, MissingServiceException.class).isPresent()) {
                // It went between the look for it and the start: the next look waits for it.
                return Optional.of(Duration.ZERO);
            }
            if (!hasStarted && !stopWanted && others.tryNext(graph, thrown)) {
                LOG.log(Level.DEBUG, () -> "job " + name + " could not start", thrown);
                return Optional.of(Duration.ZERO);
            }
            Throwable e = others.noneWorks(thrown);
            damage = prepared == null ? null : prepared.damageIn(e).orElse(null);
            boolean mayFallBack = damage != null && Task.mayFallBack(graph);
            // Where it must not fall back, the next start refuses, and says what it could go back to.
            boolean isToRefuse = damage != null && !mayFallBack;
            Optional<Duration> delay = stopWanted ? Optional.empty() : isToRefuse || canGoOnWithOthers(prepared, e) ? Optional.of(Duration.ZERO)
                    : RestartStrategy.isPermanent(e) && !mayFallBack ? Optional.empty() : strategy.failed(environment.clock().millis());
            if (delay.isEmpty()) {
                progress.fail(e);
            } else {
                progress.enter(JobState.RESTARTING, "in " + delay.get().toMillis() + " ms, after a failure: " + TaskException.reason(e));
                LOG.log(Level.DEBUG, () -> "job " + name + " failed", e);
            }
            return delay;
        } finally {
            task = null;
        }
        return Optional.empty();
    }

    /** The run tells its state. */
    private void runs(Task running, JobState state) {
        BackendChange change = backendChange;
        if (change != null) {
            forgetBackends();
            happened(change.succeeded());
        }
        String reason = running.waitsFor().orElse(null);
        progress.enterIfNew(state, reason);
        if (state == JobState.RUNNING) {
            watcher.runs(this);
        }
    }

    /** A part was switched, or was not: what could not take over, or has failed, is not tried again. */
    private void switched(SwapEvent event) {
        if (event.outcome() == SwapEvent.Outcome.REFUSED || event.outcome() == SwapEvent.Outcome.ROLLED_BACK) {
            refusals.add(new BoundPart(event.kind(), event.part(), null, event.to()), event.reason().orElse(""));
            watcher.runs(this);
        }
        happened(event);
    }

    /** Whether it was a new version of a part that made the run fail, which is not taken again, and the state is there to go on from. */
    private boolean canGoOnWithOthers(Task failed, Throwable failure) {
        BackendChange change = backendChange;
        if (change != null) {
            backendChange = null;
            // it may have made a store of its own
            backendBefore = (StateBackend) change.to().service();
            refusals.add(change.to(), TaskException.reason(failure));
            happened(change.failed(TaskException.reason(failure)));
            return true;
        }
        if (failed == null) {
            return false;
        }
        Optional<BoundPart> incompatible = failed.incompatiblePart(failure);
        incompatible.ifPresent(part -> refusals.add(part, TaskException.reason(failure)));
        return incompatible.flatMap(BoundPart::provider).isPresent() || failed.hasFailedOnProbation() && failed.backend().isPresent();
    }

    /** Waits; whether nobody wants the job to stop. */
    private boolean await(long nanos) {
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !stopWanted; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        return !stopWanted;
    }

    /** Waits until all that the job needs is there; null if it is told to stop before. */
    private Task prepare(JobGraph graph) {
        planned = JobParts.of(graph, environment.registry());
        while (!stopWanted) {
            servicesChanged = false;
            try {
                return new Task(graph, environment);
            } catch (MissingServiceException e) {
                List<String> refused = refusals.reasons();
                JobState state = refused.isEmpty() ? JobState.WAITING : JobState.INCOMPATIBLE;
                String reason = refused.isEmpty() ? e.getMessage() : String.join("; ", refused);
                progress.enterIfNew(state, reason);
            }
            while (!servicesChanged && !stopWanted) {
                LockSupport.park(this);
            }
        }
        return null;
    }

    @Override
    public void servicesChanged() {
        servicesChanged = true;
        LockSupport.unpark(thread);
    }

    /** Tells the job to end in order. From any thread; returns at once. */
    void stop() {
        stopWanted = true;
        Task running = task;
        if (running != null) {
            running.stop();
        }
        LockSupport.unpark(thread);
    }

    /** Tells the job to end without a last checkpoint. From any thread; returns at once. */
    void cancel() {
        cancelWanted = true;
        Task running = task;
        if (running != null) {
            running.cancel();
        }
        stop();
    }

    void pause() {
        pauseWanted = true;
        Task running = task;
        if (running != null) {
            running.pause();
        }
    }

    void resume() {
        pauseWanted = false;
        Task running = task;
        if (running != null) {
            running.resume();
        }
    }

    /** Has a savepoint taken; its file. */
    CompletableFuture<Path> savepoint(Path folder) {
        Task running = task;
        return running == null ? notRunning() : running.savepoint(folder);
    }

    private <T> CompletableFuture<T> notRunning() {
        return CompletableFuture.failedFuture(new IllegalStateException("job " + name + " is not running"));
    }

    /** Has a checkpoint taken; its number. */
    CompletableFuture<Long> checkpoint() {
        Task running = task;
        return running == null ? notRunning() : running.checkpoint();
    }

    /** Waits for the end of the job; whether it came in time. */
    boolean await(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Interrupts a job that did not end in time, for a connector that blocks. */
    void interrupt() {
        thread.interrupt();
    }

    boolean isEnded() {
        return ended.getCount() == 0;
    }

    /** What it uses of other bundles. */
    List<JobPart> parts() {
        Task running = task;
        return running == null ? planned : JobParts.of(running, environment.registry());
    }

    /** Why it is in the state in which it is, in lines for people. */
    List<String> why() {
        return progress.why(refusals);
    }

    /** The number of turns of the job's loop, negative while it does not run. */
    long turn() {
        return task == null ? -1 : progress.turn();
    }

    /** What the job's thread is doing. */
    String whereabouts() {
        return Whereabouts.of(thread.getStackTrace());
    }

    Map<String, Long> functionFigures() {
        Task running = task;
        return running == null ? Map.of() : running.functionFigures();
    }

    JobStatus status() {
        return progress.status();
    }
}
