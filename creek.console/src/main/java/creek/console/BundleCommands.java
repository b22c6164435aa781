package creek.console;

import creek.core.job.JobManager;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Felix's commands for the life of bundles, which take jobs by their names as well, and fail when something goes wrong: Felix's own give back the text of an
 * error as if that were a result.
 */
@Component(service = BundleCommands.class, property = {"osgi.command.scope=creek", "osgi.command.function=start", "osgi.command.function=stop",
    "osgi.command.function=cancel", "osgi.command.function=install", "osgi.command.function=update", "osgi.command.function=uninstall",
    "osgi.command.function=undeploy"})
public final class BundleCommands {
    private static final Duration END_TIME = Duration.ofSeconds(20);
    private static final Set<String> FELIX_ERRORS = Set.of("org.osgi.framework.BundleException: ", "java.lang.IllegalStateException: ");

    private final BundleContext context;
    private final JobManager jobs;
    private final JobBundles bundles;

    @Activate
    public BundleCommands(BundleContext context, @Reference JobManager jobs) {
        this.context = context;
        this.jobs = jobs;
        bundles = new JobBundles(context);
    }

    @Descriptor("starts jobs or bundles; from now on they start with the platform")
    public String start(CommandSession session, @Descriptor("names of jobs, ids or symbolic names of bundles; options are those of felix:start") String[] what)
            throws Exception {
        return felix(session, "start", withIds(what));
    }

    @Descriptor("stops jobs, in order and with a last checkpoint, or bundles; they start with the platform no more")
    public String stop(CommandSession session, @Descriptor("names of jobs, ids or symbolic names of bundles; options are those of felix:stop") String[] what)
            throws Exception {
        return felix(session, "stop", withIds(what));
    }

    @Descriptor("ends a job without a last checkpoint: what came since the one before comes again if the job is started again")
    public String cancel(@Descriptor("the job's name") String job) throws BundleException, InterruptedException {
        Bundle bundle = bundles.get(job);
        if (jobs.cancel(job)) {
            jobs.await(job, END_TIME);
        }
        bundle.stop();
        return jobs.job(job).map(status -> "job " + job + " is " + status.state()).orElse("job " + job + " was not running");
    }

    @Descriptor("installs bundles; start starts them")
    public String install(CommandSession session, @Descriptor("URLs or files") String[] locations) throws Exception {
        return felix(session, "install", List.of(locations));
    }

    @Descriptor("updates a bundle, or a job, from where it was installed from, or from elsewhere; what uses it goes on with it")
    public String update(CommandSession session, @Descriptor("a job's name, a bundle's id or symbolic name, then, if need be, a URL or file") String[] what) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(what));
        if (!arguments.isEmpty()) {
            Bundle bundle = BundleConverter.find(context, what[0]);
            if (what.length == 1 && bundle.getLocation().endsWith(".sql") && session.get("creek:deploy") instanceof Function deploy) {
                return (String) deploy.execute(session, List.of(Path.of(URI.create(bundle.getLocation())).toString()));
            }
            arguments.set(0, Long.toString(bundle.getBundleId()));
        }
        return felix(session, "update", arguments);
    }

    @Descriptor("uninstalls bundles")
    public String uninstall(CommandSession session, @Descriptor("ids or symbolic names") String[] what) throws Exception {
        return felix(session, "uninstall", withIds(what));
    }

    @Descriptor("stops a job, in order, and removes it from the platform; its state stays, for a job of the same name")
    public String undeploy(@Descriptor("the job's name") String job) throws BundleException {
        Bundle bundle = bundles.get(job);
        bundle.uninstall();
        return "job " + job + " is gone; what came from " + bundle.getLocation() + " is not deployed again before that changes";
    }

    private List<String> withIds(String[] arguments) {
        List<String> ids = new ArrayList<>();
        for (String argument : arguments) {
            ids.add(argument.startsWith("-") ? argument : id(argument));
        }
        return ids;
    }

    /** What Felix's own commands understand; {@code start} takes locations, too. */
    private String id(String argument) {
        return argument.contains(":") || new File(argument).exists() ? argument
                : Long.toString(BundleConverter.find(context, argument).getBundleId());
    }

    private static String felix(CommandSession session, String command, List<String> arguments) throws Exception {
        if (!(session.get("felix:" + command) instanceof Function function)) {
            throw new IllegalStateException("this platform lacks Felix's commands: bundle org.apache.felix.gogo.command");
        }
        Object result = function.execute(session, new ArrayList<>(arguments));
        String text = result == null ? "" : result.toString().strip();
        if (text.isEmpty() || text.startsWith("Bundle ID: ") || text.startsWith("Bundle IDs: ")) {
            return text.isEmpty() ? null : text;
        }
        throw new BundleException(FELIX_ERRORS.stream().reduce(text, (left, prefix) -> left.replace(prefix, "")));
    }
}
