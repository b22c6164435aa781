package creek.core.internal.job;

import creek.core.connector.MissingServiceException;
import creek.core.internal.task.JobGraph;
import creek.core.internal.task.Task;
import creek.core.internal.task.TaskEnvironment;
import creek.core.internal.task.TaskMetrics;
import creek.core.job.JobDefinition;
import creek.core.job.JobState;
import creek.core.job.JobStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One job from the start of its bundle to its end, on a thread of its own. All changes of state happen on that thread; others only leave
 * wishes. Once ended it holds nothing of the bundle, only figures and texts.
 */
final class ManagedJob {
    private static final Logger LOG = System.getLogger("creek.core.job");

    /** A state and the reason for it. */
    private record Phase(JobState state, String reason) {
    }

    private final String name;
    private final TaskEnvironment environment;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    // what the job's thread says
    private volatile Phase phase = new Phase(JobState.OPENING, null);
    private volatile TaskMetrics metrics;
    private volatile Task task;

    // what others wish
    private volatile boolean stopWanted;
    private volatile boolean pauseWanted;
    private volatile boolean servicesChanged;

    /** @param definition makes an instance of the job's definition */
    ManagedJob(String name, Callable<JobDefinition> definition, TaskEnvironment environment) {
        this.name = name;
        this.environment = environment;
        // Neither thread-locals nor the class loader of whoever starts the bundle are passed on: they might be kept for as long as the job runs.
        thread = new Thread(null, () -> run(definition), "creek-job-" + name, 0, false);
        thread.setContextClassLoader(ManagedJob.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    String name() {
        return name;
    }

    private void run(Callable<JobDefinition> definition) {
        try {
            JobGraph graph = new JobGraph();
            definition.call().define(graph);
            Task prepared = prepare(graph);
            if (prepared == null) {
                enter(JobState.STOPPED, null);
                return;
            }
            enter(JobState.OPENING, null);
            metrics = prepared.metrics();
            task = prepared;
            if (pauseWanted) {
                prepared.pause();
            }
            if (stopWanted) {
                prepared.stop();
            }
            enter(prepared.run(state -> enter(state, null)), null);
        } catch (Throwable e) {
            enter(JobState.FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
            LOG.log(Level.DEBUG, () -> "job " + name + " failed", e);
        } finally {
            task = null;
            ended.countDown();
        }
    }

    /** Waits until all that the job needs is there; null if it is told to stop before. */
    private Task prepare(JobGraph graph) {
        while (!stopWanted) {
            servicesChanged = false;
            try {
                return new Task(graph, environment);
            } catch (MissingServiceException e) {
                if (phase.state != JobState.WAITING || !e.getMessage().equals(phase.reason)) {
                    enter(JobState.WAITING, e.getMessage());
                }
            }
            while (!servicesChanged && !stopWanted) {
                LockSupport.park(this);
            }
        }
        return null;
    }

    private void enter(JobState state, String reason) {
        phase = new Phase(state, reason);
        LOG.log(state == JobState.FAILED ? Level.WARNING : Level.INFO, () -> "job " + name + " is " + state + (reason == null ? "" : ": " + reason));
    }

    /** Has a waiting job look again for what it needs. From any thread. */
    void servicesChanged() {
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

    JobStatus status() {
        Phase now = phase;
        TaskMetrics figures = metrics;
        Optional<String> reason = Optional.ofNullable(now.reason);
        return figures == null ? new JobStatus(name, now.state, reason, 0, 0, 0, 0, 0, 0, 0, Long.MIN_VALUE, 0, Optional.empty())
                : new JobStatus(name, now.state, reason, figures.recordsIn(), figures.recordsOut(), figures.late(), figures.skipped(),
                        figures.kept(), figures.lookupHits(), figures.lookupMisses(), figures.watermark(), figures.runNanos(),
                        figures.checkpoints());
    }
}
