package creek.core.internal.swap;

import java.util.List;
import java.util.Optional;

/**
 * The subtasks of a parallel job go over to something else, all or none: they stand still while this is performed, by the first one's thread, and where the
 * newcomer fails in one of them on probation, the others go back as soon as they stand still again.
 */
final class ParallelSwitch extends PartSwitch {
    private final PartUse use;
    private final List<PartSwitch> subtasks;
    /** Of a release: why it waits then. */
    private final WaitReason reason;

    ParallelSwitch(PartUse use, List<PartSwitch> subtasks, WaitReason reason) {
        super(use, subtasks.get(0).allAfter());
        this.use = use;
        this.subtasks = subtasks;
        this.reason = reason;
    }

    @Override
    public List<PartSwitch> bySubtask() {
        return subtasks;
    }

    @Override
    public List<BoundPart> changed() {
        return subtasks.get(0).changed();
    }

    @Override
    public void ask() throws Exception {
        for (PartSwitch each : subtasks) {
            each.ask();
        }
    }

    @Override
    public boolean needsCheckpoint() {
        return subtasks.stream().anyMatch(PartSwitch::needsCheckpoint);
    }

    @Override
    public void perform() throws Exception {
        int made = 0;
        try {
            for (; made < subtasks.size(); made++) {
                subtasks.get(made).perform();
            }
        } catch (NotSwitchedException e) {
            for (PartSwitch each : subtasks.subList(0, made)) {
                each.takeBack(e.getMessage());
                each.confirm();
            }
            throw e;
        }
        if (isRelease()) {
            use.setWaiting(reason);
        } else {
            use.setBound(allAfter());
        }
    }

    @Override
    public Optional<String> position() {
        return ParallelUse.join(subtasks.stream().map(PartSwitch::position).toList());
    }

    /** On the average, without those that have nothing to handle: what some keep of it is bounded all the same. */
    @Override
    public long handled() {
        return (long) subtasks.stream().mapToLong(PartSwitch::handled).filter(count -> count < Long.MAX_VALUE).average().orElse(Long.MAX_VALUE);
    }

    @Override
    public Optional<String> goneBack() {
        return subtasks.stream().map(PartSwitch::goneBack).flatMap(Optional::stream).findFirst();
    }

    @Override
    protected void settle() throws Exception {
        for (PartSwitch each : subtasks) {
            each.settle();
        }
        String failed = goneBack().orElse(null);
        if (failed != null) {
            for (PartSwitch each : subtasks) {
                each.takeBack(failed);
            }
            use.setBound(allBefore());
        }
    }

    @Override
    public void confirm() {
        subtasks.forEach(PartSwitch::confirm);
    }

    @Override
    public void drop() {
        subtasks.forEach(PartSwitch::drop);
    }

    @Override
    public void letGo() {
        subtasks.forEach(PartSwitch::letGo);
    }
}
