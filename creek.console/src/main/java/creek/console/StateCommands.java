package creek.console;

import creek.core.job.JobManager;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Console commands for the state of jobs. */
@Component(service = StateCommands.class, property = {"osgi.command.scope=creek", "osgi.command.function=checkpoint", "osgi.command.function=savepoint"})
public final class StateCommands {
    private static final long MINUTES = 10;

    private final JobManager jobs;

    @Activate
    public StateCommands(@Reference JobManager jobs) {
        this.jobs = jobs;
    }

    @Descriptor("has a job take a checkpoint now, and waits for it")
    public String checkpoint(@Descriptor("the job's name") String job) throws Exception {
        return "checkpoint " + await(jobs.checkpoint(job)) + " of job " + job + " is complete";
    }

    @Descriptor("writes a savepoint of a job to the folder of its setting 'execution.checkpointing.savepoint-dir'")
    public String savepoint(@Descriptor("the job's name") String job) throws Exception {
        return await(jobs.savepoint(job, null)).toString();
    }

    @Descriptor("writes a savepoint of a job")
    public String savepoint(@Descriptor("the job's name") String job, @Descriptor("the folder to write it to") String folder) throws Exception {
        return await(jobs.savepoint(job, Path.of(folder).toAbsolutePath())).toString();
    }

    private static <T> T await(CompletableFuture<T> wish) throws Exception {
        try {
            return wish.get(MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new TimeoutException("it is still under way after " + MINUTES + " minutes");
        }
    }
}
