package creek.core.internal.job;

import creek.core.connector.ConnectorRegistry;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.Refusals;
import creek.core.internal.task.JobGraph;
import creek.core.internal.task.JobParts;
import creek.core.internal.task.TaskException;
import creek.core.job.JobPart;
import creek.core.job.SwapEvent;
import creek.core.job.SwapEvent.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tries other versions of a connector or format where a job can't start with the best. If it starts with another one, those before are refused; if it
 * starts with none, something else is wrong, and none is blamed. On the job's thread.
 */
final class OtherVersions {
    private record Failed(JobPart part, Throwable failure) {
    }

    private final String job;
    private final ConnectorRegistry registry;
    private final Refusals refusals;
    private final Consumer<SwapEvent> listener;
    private final List<Failed> failed = new ArrayList<>();

    OtherVersions(String job, ConnectorRegistry registry, Refusals refusals, Consumer<SwapEvent> listener) {
        this.job = job;
        this.registry = registry;
        this.refusals = refusals;
        this.listener = listener;
    }

    /** The job could not start because of a table: leaves a version that the table uses out if there is another one; whether there is. */
    boolean tryNext(JobGraph graph, Throwable failure) {
        Optional<String> table = TaskException.table(failure);
        if (table.isEmpty()) {
            return false;
        }
        for (JobPart part : JobParts.of(graph, registry)) {
            if (part.use().endsWith("'" + table.get() + "'") && part.provider().isPresent()) {
                refusals.add(bound(part), TaskException.reason(failure));
                if (find(graph, part).isPresent()) {
                    failed.add(new Failed(part, failure));
                    return true;
                }
                refusals.forget(part.provider().get());
            }
        }
        return false;
    }

    private static BoundPart bound(JobPart part) {
        return new BoundPart(part.kind(), part.name(), null, part.provider());
    }

    private Optional<JobPart> find(JobGraph graph, JobPart like) {
        return JobParts.of(graph, registry).stream()
                .filter(part -> part.kind() == like.kind() && part.name().equals(like.name()) && part.provider().isPresent()).findFirst();
    }

    /** The job has started: those that it could not start with are not taken any more. */
    void started(JobGraph graph) {
        for (Failed each : failed) {
            JobPart part = each.part;
            listener.accept(new SwapEvent(Instant.now(), job, part.kind(), part.name(), part.use(), find(graph, part).flatMap(JobPart::provider),
                    part.provider(), Optional.empty(), 0, Outcome.REFUSED, Optional.of(TaskException.reason(each.failure))));
        }
        failed.clear();
    }

    /**
     * The job can't start with any: none is left out any more.
     *
     * @return why it could not start with the best
     */
    Throwable noneWorks(Throwable last) {
        Throwable first = failed.isEmpty() ? last : failed.get(0).failure;
        failed.forEach(each -> each.part.provider().ifPresent(refusals::forget));
        failed.clear();
        return first;
    }
}
