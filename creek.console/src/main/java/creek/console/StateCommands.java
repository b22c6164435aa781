package creek.console;

import creek.core.job.JobManager;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Console commands for the state of jobs. */
@Component(service = StateCommands.class, property = {"osgi.command.scope=creek", "osgi.command.function=checkpoint", "osgi.command.function=savepoint"})
public final class StateCommands {
    private final JobManager jobs;

    @Activate
    public StateCommands(@Reference JobManager jobs) {
        this.jobs = jobs;
    }

    @Descriptor("has a job take a checkpoint now, and waits for it")
    public String checkpoint(@Descriptor("the job's name") String job) throws Exception {
        return "checkpoint " + Waiting.await(jobs.checkpoint(job)) + " of job " + job + " is complete";
    }

    @Descriptor("writes a savepoint of a job to the folder of its setting 'execution.checkpointing.savepoint-dir'")
    public String savepoint(@Descriptor("the job's name") String job) throws Exception {
        return Waiting.await(jobs.savepoint(job, null)).toString();
    }

    @Descriptor("writes a savepoint of a job to a folder")
    public String savepoint(CommandSession session, @Descriptor("the job's name") String job, @Descriptor("the folder to write it to") String folder)
            throws Exception {
        return Waiting.await(jobs.savepoint(job, session.currentDir().resolve(folder))).toString();
    }
}
