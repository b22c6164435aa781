package creek.core.internal.task;

import creek.core.connector.ConnectorRegistry;
import creek.core.connector.Provider;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartUse;
import creek.core.job.JobPart;
import creek.core.job.JobPart.Kind;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a job uses of other bundles. For any thread. */
public final class JobParts {
    private JobParts() {
    }

    /** Of a job that runs: what it uses, or, where it waits, what there is for it. */
    public static List<JobPart> of(Task task, ConnectorRegistry registry) {
        task.noteLocations();
        List<JobPart> parts = new ArrayList<>();
        for (PartUse use : task.uses()) {
            for (BoundPart part : use.bound()) {
                parts.add(new JobPart(part.kind(), part.name(), use.text(), use.isWaiting() ? provider(part.kind(), part.name(), registry) : part.provider(),
                        part.kind() == Kind.CONNECTOR ? use.location() : Optional.empty()));
            }
        }
        task.backend().ifPresent(part -> parts.add(new JobPart(part.kind(), part.name(), "", part.provider(), Optional.empty())));
        return parts;
    }

    /** Of a job that is not open yet: what it will use. */
    public static List<JobPart> of(JobGraph graph, ConnectorRegistry registry) {
        List<JobPart> parts = new ArrayList<>();
        for (JobGraph.Node node : graph.nodes()) {
            if (node.part instanceof TableSource source) {
                add(parts, "source", source.table(), source.options(), registry);
            } else if (node.part instanceof TableSink sink) {
                add(parts, "sink", sink.table(), sink.options(), registry);
            } else if (node.part instanceof JobGraph.Lookup lookup) {
                add(parts, "lookup", lookup.table().table(), lookup.table().options(), registry);
            }
        }
        graph.functions().forEach((className, name) -> parts.add(new JobPart(Kind.FUNCTION, name, "",
                registry.functionClass(className).flatMap(registry::providerOf), Optional.empty())));
        CheckpointSettings checkpoints = new CheckpointSettings(graph.settings());
        if (checkpoints.areOn()) {
            String backend = checkpoints.state().backend();
            parts.add(new JobPart(Kind.BACKEND, backend, "", provider(Kind.BACKEND, backend, registry), Optional.empty()));
        }
        return parts;
    }

    private static void add(List<JobPart> parts, String kind, String table, Map<String, String> options, ConnectorRegistry registry) {
        TableUse.names(options).forEach((part, names) -> names.forEach(name -> parts.add(new JobPart(part, name, kind + " '" + table + "'",
                provider(part, name, registry), Optional.empty()))));
    }

    private static Optional<Provider> provider(Kind kind, String name, ConnectorRegistry registry) {
        Optional<?> service = switch (kind) {
            case CONNECTOR -> registry.connector(name);
            case FORMAT -> registry.format(name);
            case FUNCTION -> registry.function(name);
            case BACKEND -> registry.stateBackend(name);
        };
        return service.flatMap(registry::providerOf);
    }
}
