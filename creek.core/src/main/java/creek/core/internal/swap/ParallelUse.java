package creek.core.internal.swap;

import creek.core.connector.ConnectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One place in a parallel job that uses services of other bundles: all subtasks have it, and go over to other versions together. */
public final class ParallelUse extends PartUse {
    private final List<PartUse> subtasks;

    /** @param subtasks the same place in each of them */
    public ParallelUse(List<PartUse> subtasks) {
        super(subtasks.get(0).text());
        this.subtasks = List.copyOf(subtasks);
        setBound(subtasks.get(0).bound());
    }

    @Override
    void setFormer(List<BoundPart> parts) {
        super.setFormer(parts);
        subtasks.forEach(each -> each.setFormer(parts));
    }

    @Override
    public Optional<String> location() {
        return join(subtasks.stream().map(PartUse::location).toList());
    }

    /** Of what subtasks say one text, for people. */
    static Optional<String> join(List<Optional<String>> texts) {
        String joined = texts.stream().flatMap(Optional::stream).distinct().collect(Collectors.joining(" and "));
        return joined.isEmpty() ? Optional.empty() : Optional.of(joined);
    }

    @Override
    protected Optional<?> service(BoundPart part, ConnectorRegistry registry) {
        return subtasks.get(0).service(part, registry);
    }

    @Override
    public PartSwitch to(ConnectorRegistry registry) throws Exception {
        List<PartSwitch> all = new ArrayList<>();
        for (PartUse each : subtasks) {
            all.add(each.to(registry));
        }
        return new ParallelSwitch(this, all, null);
    }

    @Override
    public PartSwitch release(List<BoundPart> gone, WaitReason reason) {
        return new ParallelSwitch(this, subtasks.stream().map(each -> each.release(gone, reason)).toList(), reason);
    }
}
