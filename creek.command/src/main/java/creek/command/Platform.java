package creek.command;

import creek.core.job.JobManager;
import creek.core.job.StateInspector;
import creek.sql.SqlPlanner;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;

/** What the subcommands use of the platform. Services are made when they are asked for, so that {@code creek help} waits for no planner. */
final class Platform {
    private final BundleContext context;
    private final ComponentServiceObjects<SqlPlanner> planner;
    private final ComponentServiceObjects<JobManager> jobs;
    private final ComponentServiceObjects<StateInspector> states;

    Platform(BundleContext context, ComponentServiceObjects<SqlPlanner> planner, ComponentServiceObjects<JobManager> jobs,
            ComponentServiceObjects<StateInspector> states) {
        this.context = context;
        this.planner = planner;
        this.jobs = jobs;
        this.states = states;
    }

    BundleContext context() {
        return context;
    }

    SqlPlanner planner() throws CommandException {
        return service(planner, "SQL planner", "creek.sql");
    }

    JobManager jobs() throws CommandException {
        return service(jobs, "engine", "creek.core");
    }

    StateInspector states() throws CommandException {
        return service(states, "engine", "creek.core");
    }

    private static <T> T service(ComponentServiceObjects<T> objects, String what, String bundle) throws CommandException {
        if (objects == null) {
            throw CommandException.failed("there is no " + what + " in this platform: bundle " + bundle + " is missing or has not started");
        }
        return objects.getService();
    }
}
