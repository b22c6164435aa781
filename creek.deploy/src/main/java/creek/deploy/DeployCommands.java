package creek.deploy;

import creek.core.job.JobDefinition;
import creek.core.job.JobManager;
import creek.core.job.JobState;
import creek.core.job.JobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The console command that deploys a file. */
@Component(service = DeployCommands.class, property = {"osgi.command.scope=creek", "osgi.command.function=deploy"})
public final class DeployCommands {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Deployments deployments;
    private final JobManager jobs;

    @Activate
    public DeployCommands(@Reference Deployments deployments, @Reference JobManager jobs) {
        this.deployments = deployments;
        this.jobs = jobs;
    }

    @Descriptor("installs and starts a bundle, or the job of a SQL script; a file that was deployed before updates what it was deployed as")
    public String deploy(CommandSession session, @Descriptor("FILE.jar or FILE.sql") String file) throws DeployException, InterruptedException {
        Path path = session.currentDir().resolve(file);
        if (!Deployments.isDeployable(path)) {
            throw new DeployException(path, "is neither a bundle, FILE.jar, nor a SQL script, FILE.sql", null);
        }
        Path real = real(path);
        String location = Deployments.location(real);
        deployments.begin(real, location);
        try (StagedFile staged = deployments.stage(real)) {
            Bundle bundle = deployments.install(staged, location);
            deployments.start(real, bundle);
            String job = bundle.getHeaders("").get(JobDefinition.JOB_HEADER);
            return "bundle " + bundle.getBundleId() + " " + bundle.getSymbolicName() + " " + bundle.getVersion()
                    + (job == null ? " is started" : ": " + stateOf(job));
        } finally {
            deployments.end(location);
        }
    }

    /** Links are followed, as in the deploy folder, so that one file is one bundle. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path; // whatever is wrong shows when it is read
        }
    }

    /** What has become of a job that was just started. */
    private String stateOf(String job) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Optional<JobStatus> status = jobs.job(job);
        while (status.isPresent() && status.get().state() == JobState.OPENING && System.nanoTime() < deadline) {
            Thread.sleep(10);
            status = jobs.job(job);
        }
        return "job " + job + " is " + status.map(now -> now.state() + now.reason().map(reason -> ": " + reason).orElse("")).orElse("not started");
    }
}
