package creek.console;

import creek.core.job.JobManager;
import creek.core.job.SwapEvent;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Console commands that switch what jobs use to other bundles, and tell what was switched. */
@Component(service = SwapCommands.class, property = {"osgi.command.scope=creek", "osgi.command.function=swap", "osgi.command.function=events"})
public final class SwapCommands {
    private static final double NANOS = 1e6;

    private final JobManager jobs;

    @Activate
    public SwapCommands(@Reference JobManager jobs) {
        this.jobs = jobs;
    }

    @Descriptor("has all jobs that use one bundle use another one instead, and stops the first when all have; all stay with the first if one of them can't")
    public String swap(@Descriptor("the bundle in use, its id") Bundle old, @Descriptor("the bundle to take over, its id") Bundle newcomer) throws Exception {
        List<SwapEvent> events = Waiting.await(jobs.swap(old.getBundleId(), newcomer.getBundleId()));
        return events.isEmpty() ? "no job uses bundle " + old.getBundleId() : table(events);
    }

    @Descriptor("lists what was switched lately: when, in which job, from what to what, for how long that kept the job from its records, and what became of it")
    public String events() {
        return table(jobs.swaps());
    }

    private static String table(List<SwapEvent> events) {
        Table table = new Table("TIME", "JOB", "PART", "USE", "FROM", "TO", "GAP", "OUTCOME", "POSITION", "REASON");
        for (SwapEvent event : events) {
            table.row(event.time().truncatedTo(ChronoUnit.MILLIS), event.job(), event.kind() + " " + event.part(), event.use(),
                    event.from().map(Object::toString).orElse(""), event.to().map(Object::toString).orElse(""),
                    String.format(Locale.ROOT, "%.1f ms", event.gap() / NANOS), event.outcome(), event.position().orElse(""), event.reason().orElse(""));
        }
        return table.toString();
    }
}
