package creek.core.internal.task;

import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartSwitch;
import creek.core.internal.swap.WaitReason;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** A source lets go of its reader, since the connector or a format goes, and keeps where it stands. */
final class SourceRelease extends PartSwitch {
    private static final System.Logger LOG = System.getLogger("creek.core.swap");

    private final SourceUse use;
    private final List<BoundPart> gone;
    private final WaitReason reason;
    private String position;

    SourceRelease(SourceUse use, List<BoundPart> gone, WaitReason reason) {
        super(use, List.of());
        this.use = use;
        this.gone = gone;
        this.reason = reason;
    }

    @Override
    public List<BoundPart> changed() {
        return gone;
    }

    /** So that a crash of the platform loses nothing that the departing part has read but not acknowledged. */
    @Override
    public boolean needsCheckpoint() {
        return true;
    }

    @Override
    public void perform() throws Exception {
        SourceDriver driver = use.driver();
        RecordReceiver old = driver.receiver();
        // a source that had ended when this version came has no reader of it
        if (old != null) {
            position = old.reader().currentLocation();
            driver.detach(driver.isEnded() ? null : driver.capture(), old.handed());
        }
        use.forgetCommon(use.options());
        use.unbind(reason);
        if (old != null) {
            close(use, old);
            step("closed old");
        }
    }

    /** Closes a reader; one that can't be closed is only reported, since nobody uses it any more. */
    static void close(SourceUse use, RecordReceiver old) {
        try {
            use.watched().call("close the reader of table '" + use.table() + "'", () -> {
                old.reader().close();
                return null;
            });
        } catch (Exception e) {
            LOG.log(Level.WARNING, "table ''{0}'': a reader can''t be closed: {1}", use.table(), TaskException.reason(e));
        }
    }

    @Override
    public Optional<String> position() {
        return Optional.ofNullable(position);
    }
}
