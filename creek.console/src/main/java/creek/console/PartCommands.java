package creek.console;

import creek.core.connector.Connector;
import creek.core.format.Format;
import creek.core.job.JobManager;
import creek.core.job.JobStatus;
import creek.core.state.StateBackend;
import creek.udf.api.UserDefinedFunction;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Console commands that list what jobs can use of bundles. Of several with one name the first is the one that jobs get. */
@Component(service = PartCommands.class, property = {"osgi.command.scope=creek", "osgi.command.function=connectors", "osgi.command.function=formats",
    "osgi.command.function=functions", "osgi.command.function=backends"})
public final class PartCommands {
    private final BundleContext context;
    private final JobManager jobs;

    @Activate
    public PartCommands(BundleContext context, @Reference JobManager jobs) {
        this.context = context;
        this.jobs = jobs;
    }

    @Descriptor("lists the connectors, who provides them, and the jobs that use them")
    public String connectors() {
        return list(Connector.class, Connector.NAME);
    }

    @Descriptor("lists the formats, who provides them, and the jobs that use them")
    public String formats() {
        return list(Format.class, Format.NAME);
    }

    @Descriptor("lists the functions that bundles provide, who provides them, and the jobs that use them")
    public String functions() {
        return list(UserDefinedFunction.class, UserDefinedFunction.NAME);
    }

    @Descriptor("lists the state backends, who provides them, and the jobs that use them")
    public String backends() {
        return list(StateBackend.class, StateBackend.NAME);
    }

    private <S> String list(Class<S> contract, String property) {
        Map<Long, Set<String>> users = new TreeMap<>();
        for (JobStatus job : jobs.jobs()) {
            jobs.parts(job.name()).forEach(part -> part.provider()
                    .ifPresent(provider -> users.computeIfAbsent(provider.service(), any -> new TreeSet<>()).add(job.name())));
        }
        Table table = new Table("NAME", "BUNDLE", "PROVIDER", "VERSION", "JOBS");
        for (ServiceReference<S> reference : bestFirst(contract, property)) {
            Bundle bundle = reference.getBundle();
            if (bundle != null) {
                table.row(reference.getProperty(property), bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion(),
                        String.join(",", users.getOrDefault(reference.getProperty(Constants.SERVICE_ID), Set.of())));
            }
        }
        return table.toString();
    }

    private <S> List<ServiceReference<S>> bestFirst(Class<S> contract, String property) {
        try {
            Comparator<ServiceReference<S>> byName = Comparator.comparing(reference -> String.valueOf(reference.getProperty(property)));
            Comparator<ServiceReference<S>> byRanking = Comparator.comparing(reference -> reference.getProperty(Constants.SERVICE_RANKING)
                    instanceof Integer ranking ? ranking : 0);
            Comparator<ServiceReference<S>> byVersion = Comparator.comparing(PartCommands::version);
            return context.getServiceReferences(contract, "(" + property + "=*)").stream()
                    .sorted(byName.thenComparing(byRanking.reversed()).thenComparing(byVersion.reversed())).toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Version version(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        return bundle == null ? Version.emptyVersion : bundle.getVersion();
    }
}
