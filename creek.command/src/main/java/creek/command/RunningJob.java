package creek.command;

import creek.core.job.JobManager;
import creek.core.job.JobState;
import creek.core.job.JobStatus;
import creek.sql.CompiledJob;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** A compiled job, installed and started in this platform; closing it uninstalls its bundle. */
final class RunningJob implements AutoCloseable {
    /** The framework property that tells the engine what relative paths are relative to. */
    private static final String WORKING_DIRECTORY = "creek.working.directory";
    /** The framework property by which a job that had come to its end begins again. */
    private static final String AGAIN = "creek.jobs.again";
    private static final Duration STOP_TIME = Duration.ofSeconds(25);
    /** A job that waits longer waits for something that nobody here will bring. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(3).toNanos();

    private final JobManager jobs;
    private final CompiledJob job;
    private final Bundle bundle;
    private final long started = System.nanoTime();

    private RunningJob(JobManager jobs, CompiledJob job, Bundle bundle) {
        this.jobs = jobs;
        this.job = job;
        this.bundle = bundle;
    }

    static RunningJob start(Platform platform, CompiledJob job, Path workingDirectory) throws CommandException {
        System.setProperty(WORKING_DIRECTORY, workingDirectory.toString());
        System.setProperty(AGAIN, "true");
        JobManager jobs = platform.jobs();
        try {
            Bundle bundle = platform.context().installBundle("creek:job:" + job.name(), new ByteArrayInputStream(job.bundle()));
            RunningJob running = new RunningJob(jobs, job, bundle);
            try {
                bundle.start();
            } catch (BundleException e) {
                running.close();
                throw e;
            }
            return running;
        } catch (BundleException e) {
            throw CommandException.failed("job " + job.name() + " can't be started: " + e.getMessage(), e);
        }
    }

    CompiledJob job() {
        return job;
    }

    /** The status after that time at most, at once when the job has ended. */
    JobStatus await(Duration atMost) throws InterruptedException, CommandException {
        JobStatus status = jobs.await(job.name(), atMost)
                .orElseThrow(() -> CommandException.failed("job " + job.name() + " is gone: the engine doesn't know it"));
        if (status.state() == JobState.WAITING && System.nanoTime() - started > PATIENCE_NANOS) {
            throw CommandException.failed("job " + job.name() + " waits for what this platform doesn't have: " + status.reason().orElse(""));
        }
        return status;
    }

    /** Has the job end in order and waits for that, but not for ever. To be called when the thread was interrupted. */
    JobStatus stop() throws CommandException {
        jobs.stop(job.name());
        try {
            return await(STOP_TIME);
        } catch (InterruptedException e) {
            throw CommandException.failed("job " + job.name() + " was not given the time to end in order", e);
        }
    }

    @Override
    public void close() {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            System.getLogger(RunningJob.class.getName()).log(System.Logger.Level.WARNING, "can't uninstall job " + job.name(), e);
        }
    }
}
