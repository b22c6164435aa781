package creek.core.internal.task;

import creek.core.connector.SinkWriter;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartSwitch;
import creek.core.internal.swap.WaitReason;
import java.util.List;

/** A sink lets go of its writer, since the connector or a format goes. What it wrote is final then. */
final class SinkRelease extends PartSwitch {
    private final SinkUse use;
    private final List<BoundPart> gone;
    private final WaitReason reason;

    SinkRelease(SinkUse use, List<BoundPart> gone, WaitReason reason) {
        super(use, List.of());
        this.use = use;
        this.gone = gone;
        this.reason = reason;
    }

    @Override
    public List<BoundPart> changed() {
        return gone;
    }

    @Override
    public boolean needsCheckpoint() {
        return true;
    }

    @Override
    public void perform() throws Exception {
        SinkDriver driver = use.driver();
        if (!use.hasCheckpoints()) {
            driver.finish();
        }
        SinkUnits units = driver.units(use.hasCheckpoints());
        SinkWriter old = driver.writer();
        driver.detach(units);
        use.unbind(reason);
        use.close(old);
        step("closed old");
    }
}
