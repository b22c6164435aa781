package creek.console;

import creek.core.job.JobManager;
import creek.core.job.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Console commands that tell about jobs, and hold them. */
@Component(service = JobCommands.class, property = {"osgi.command.scope=creek", "osgi.command.function=jobs", "osgi.command.function=job",
    "osgi.command.function=why", "osgi.command.function=pause", "osgi.command.function=resume"})
public final class JobCommands {
    private final JobManager jobs;
    private final JobBundles bundles;

    @Activate
    public JobCommands(BundleContext context, @Reference JobManager jobs) {
        this.jobs = jobs;
        bundles = new JobBundles(context);
    }

    @Descriptor("lists the jobs: name, state, records in and out, watermark, bundle, and why a job waits or failed")
    public String jobs() {
        Table table = new Table("NAME", "STATE", "IN", "OUT", "WATERMARK", "BUNDLE", "REASON");
        for (String name : bundles.names()) {
            String id = bundles.find(name).map(bundle -> Long.toString(bundle.getBundleId())).orElse("");
            Optional<JobStatus> found = jobs.job(name);
            if (found.isPresent()) {
                JobStatus status = found.get();
                table.row(name, status.state(), JobText.number(status.recordsIn()), JobText.number(status.recordsOut()), JobText.watermark(status), id,
                        status.reason().orElse(""));
            } else {
                table.row(name, "NOT STARTED", "", "", "", id, "start " + name + " starts it, or says what keeps it from that");
            }
        }
        return table.toString();
    }

    @Descriptor("tells all about a job: state, figures, checkpoints, parts and where its sources stand, plan")
    public String job(@Descriptor("the job's name") String name) {
        Bundle bundle = bundles.get(name);
        return new JobText(name, bundle, jobs.job(name), jobs.parts(name), jobs.functionFigures(name)).toString();
    }

    @Descriptor("tells why a job is in the state in which it is, what was last switched in it, and what its thread does at the moment")
    public String why(@Descriptor("the job's name") String name) {
        bundles.get(name);
        List<String> lines = new ArrayList<>(jobs.why(name));
        if (lines.isEmpty()) {
            return "job " + name + " was not started; start " + name + " starts it, or says what keeps it from that";
        }
        if (jobs.job(name).filter(status -> !status.state().isFinal()).isPresent()) {
            lines.add("its thread is " + jobs.whereabouts(name).stripTrailing());
        }
        return String.join("\n", lines);
    }

    @Descriptor("has a job read no more, until resume; it keeps everything, but after a restart of the platform it runs")
    public String pause(@Descriptor("the job's name") String name) {
        return tell(jobs.pause(name), name, "pauses at its next record");
    }

    @Descriptor("has a paused job go on")
    public String resume(@Descriptor("the job's name") String name) {
        return tell(jobs.resume(name), name, "goes on");
    }

    private String tell(boolean known, String name, String what) {
        if (!known) {
            throw bundles.noJob(name);
        }
        JobStatus status = jobs.job(name).orElseThrow(() -> bundles.noJob(name));
        if (status.state().isFinal()) {
            throw new IllegalStateException("job " + name + " is " + status.state() + ": 'start " + name + "' starts it again");
        }
        return "job " + name + " " + what;
    }
}
