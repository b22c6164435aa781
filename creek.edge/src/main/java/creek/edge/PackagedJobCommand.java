package creek.edge;

import creek.core.job.JobManager;
import creek.core.job.JobState;
import creek.core.job.JobStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The command of a packaged job's platform: takes the name of the job, waits for its end and gives the exit status. The launcher calls it on the main
 * thread; an interrupt of that thread means that the job is to end in order.
 */
@Component(service = ToIntFunction.class, property = "creek.command=main")
public final class PackagedJobCommand implements ToIntFunction<String[]> {
    private static final int SUCCESS = 0;
    private static final int FAILED = 1;
    /** What is in a package starts together: what is missing after that time does not come by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration STOP_TIME = Duration.ofSeconds(25);
    private static final Duration LONG = Duration.ofDays(1);
    private static final double NANOS = 1e9;

    private final JobManager jobs;
    private final boolean hasConsole;

    @Activate
    public PackagedJobCommand(BundleContext context, @Reference JobManager jobs) {
        this(jobs, Boolean.parseBoolean(context.getProperty("creek.package.console")));
    }

    /** @param hasConsole whether someone may bring what the job waits for, or start it again */
    PackagedJobCommand(JobManager jobs, boolean hasConsole) {
        this.jobs = jobs;
        this.hasConsole = hasConsole;
    }

    @Override
    public int applyAsInt(String[] line) {
        String name = line[0];
        try {
            return hasConsole ? keepRunning(name) : await(name);
        } catch (InterruptedException e) {
            return stop(name);
        }
    }

    private int await(String name) throws InterruptedException {
        Optional<JobStatus> status = jobs.await(name, PATIENCE);
        if (status.isPresent() && status.get().state() == JobState.WAITING) {
            return say("job " + name + " waits for what the package doesn't have: " + status.get().reason().orElse(""), FAILED);
        }
        while (status.isPresent() && !status.get().state().isFinal()) {
            status = jobs.await(name, LONG);
        }
        return ended(name, status);
    }

    /** With a console the job may be stopped and replaced, so that its bundle comes and goes. */
    private int keepRunning(String name) throws InterruptedException {
        Optional<JobStatus> status = jobs.await(name, LONG);
        while (status.isEmpty() || status.get().state() != JobState.FINISHED && status.get().state() != JobState.FAILED) {
            Thread.sleep(PATIENCE.toMillis());
            status = jobs.await(name, LONG);
        }
        return ended(name, status);
    }

    private int stop(String name) {
        jobs.stop(name);
        try {
            return ended(name, jobs.await(name, STOP_TIME));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return say("job " + name + " was not given the time to end in order", FAILED);
        }
    }

    private static int ended(String name, Optional<JobStatus> last) {
        if (last.isEmpty()) {
            return say("job " + name + " is not there: its bundle could not be started; creek.verbose=true tells more", FAILED);
        }
        JobStatus status = last.get();
        if (status.state() == JobState.FAILED) {
            return say(name + " FAILED: " + status.reason().orElse("the job failed"), FAILED);
        }
        if (!status.state().isFinal()) {
            return say("job " + name + " did not end in time; its last checkpoint counts", FAILED);
        }
        return say(String.format(Locale.ROOT, "%s %s: %,d records in, %,d out in %.1f s%s", name, status.state(), status.recordsIn(), status.recordsOut(),
                status.runNanos() / NANOS, restored(status)), SUCCESS);
    }

    private static String restored(JobStatus status) {
        return status.checkpoints().map(checkpoints -> (checkpoints.restored() == 0 ? "" : ", went on from checkpoint " + checkpoints.restored())
                + ", " + checkpoints.completed() + " checkpoints").orElse("");
    }

    private static int say(String message, int status) {
        System.err.println("creek: " + message);
        return status;
    }
}
