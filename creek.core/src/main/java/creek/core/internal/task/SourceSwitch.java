package creek.core.internal.task;

import creek.core.connector.SourceReader;
import creek.core.connector.TableOptions;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartSwitch;
import creek.core.internal.swap.WatchedCall.Begun;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A source goes over to other versions of its connector and formats. While the newcomer is on probation it hands out one record a read, and where it
 * stands is known before each, so that the old version can go on from there.
 */
final class SourceSwitch extends PartSwitch implements SourceDriver.Trial {
    private static final Logger LOG = System.getLogger("creek.core.swap");

    private final SourceUse use;
    private final TableOptions newOptions;
    private final List<BoundPart> newParts;
    /** What is put back if the newcomer fails; null if there was nothing, or it may go. */
    private TableOptions oldOptions;
    private List<BoundPart> oldParts;

    private SourcePosition captured;
    private String location;
    /** Whether another one reads meanwhile. */
    private boolean besides;
    /** Whether the job waits for the newcomer, which is opened while it is asked then, not to keep it waiting longer. */
    private boolean awaited;
    /** The newcomer, prepared or even open, until it reads; null if it is neither. */
    private RecordReceiver prepared;
    /** What is to be closed once the newcomer reads, or null. */
    private RecordReceiver closesLater;

    // on probation
    private SourcePosition boundary;
    private long handedAtBoundary;
    private volatile String goneBack;
    /** How many records have been read, for whoever ends the probation. */
    private volatile long handled;

    SourceSwitch(SourceUse use, TableOptions newOptions, List<BoundPart> newParts) {
        super(use, newParts);
        this.use = use;
        this.newOptions = newOptions;
        this.newParts = newParts;
        oldOptions = use.options();
        oldParts = use.bound();
    }

    @Override
    public void prepare() throws Exception {
        SourceDriver driver = use.driver();
        if (!driver.isEnded() && !driver.isWithinRecord()) {
            captured = driver.capture();
            besides = captured != null && driver.receiver() != null;
            awaited = driver.receiver() == null;
        }
    }

    @Override
    public void ask() throws Exception {
        Begun<RecordReceiver> opening = awaited ? beginToOpen(() -> use.createReceiver(newOptions), captured) : null;
        try {
            askNewcomer();
        } finally {
            if (opening != null) {
                prepared = opening.await();
            }
        }
        if (besides) {
            prepared = prepareNewcomer();
        }
    }

    private void askNewcomer() throws Exception {
        use.watched().callLeavingNothing("ask " + newOptions.connectorName(), () -> {
            newOptions.connector().selfTest();
            for (var format : newOptions.formats().values()) {
                format.selfTest();
            }
            SourceReader probe = use.createReceiver(newOptions).reader();
            try {
                if (captured != null) {
                    checkAccepts(probe, captured);
                    probe.restorePosition(captured.version(), captured.reader());
                }
            } finally {
                probe.close();
            }
            return null;
        });
    }

    private RecordReceiver prepareNewcomer() throws Exception {
        return use.watched().call("prepare a reader of table '" + use.table() + "'", () -> {
            RecordReceiver made = use.createReceiver(newOptions);
            return closingIfItFails(made.reader(), () -> {
                made.reader().prepare(captured.version(), captured.reader());
                return made;
            });
        }, late -> late.reader().close());
    }

    private static void checkAccepts(SourceReader reader, SourcePosition position) throws TaskException {
        if (!reader.acceptsPosition(position.version())) {
            throw new TaskException("it does not take over positions of form " + position.version(), null);
        }
    }

    @Override
    public void perform() throws Exception {
        SourceDriver driver = use.driver();
        captured = driver.capture();
        RecordReceiver old = driver.receiver();
        if (old != null) {
            location = old.reader().currentLocation();
            driver.detach(captured, old.handed());
            if (old.reader().closesLater()) {
                closesLater = old;
            } else {
                SourceRelease.close(use, old);
                step("closed old");
            }
        }
        if (driver.isEnded()) {
            use.bind(newOptions, newParts);
            handled = Long.MAX_VALUE;
            return;
        }
        RecordReceiver newcomer;
        try {
            newcomer = openNewcomer();
        } catch (Exception e) {
            if (oldOptions == null) {
                throw new NotSwitchedException(TaskException.reason(e));
            }
            putBack(captured);
            throw new NotSwitchedException(TaskException.reason(e));
        }
        step("opened new");
        driver.attach(newcomer);
        driver.setTrial(this);
        use.bind(newOptions, newParts);
        location = location == null ? newcomer.reader().currentLocation() : location;
        boundary = captured;
        handedAtBoundary = 0;
    }

    private RecordReceiver openNewcomer() throws Exception {
        RecordReceiver made = prepared;
        prepared = null;
        if (made != null && awaited) {
            return made;
        }
        return beginToOpen(made == null ? () -> use.createReceiver(newOptions) : () -> made, captured).await();
    }

    /** Opens a reader where another one stood. */
    private Begun<RecordReceiver> beginToOpen(Callable<RecordReceiver> maker, SourcePosition position) {
        return use.watched().begin("open a reader of table '" + use.table() + "'", () -> {
            RecordReceiver made = maker.call();
            return closingIfItFails(made.reader(), () -> {
                if (position != null) {
                    checkAccepts(made.reader(), position);
                    made.reader().restorePosition(position.version(), position.reader());
                }
                made.reader().open();
                return made;
            });
        }, late -> late.reader().close());
    }

    private void putBack(SourcePosition position) throws Exception {
        TableOptions options = oldOptions;
        use.driver().attach(beginToOpen(() -> use.createReceiver(options), position).await());
        use.bind(oldOptions, oldParts);
    }

    @Override
    public void beforeRead() throws Exception {
        RecordReceiver newcomer = use.driver().receiver();
        // before its first record the position stays the old version's own, which that surely knows
        if (newcomer.handed() > 0 && !newcomer.isWithinRecord()) {
            boundary = use.driver().capture();
            handedAtBoundary = newcomer.handed();
        }
    }

    @Override
    public void afterRead() {
        handled = use.driver().isEnded() ? Long.MAX_VALUE : use.driver().receiver().handed();
    }

    /** Goes back to the old version, from where the newcomer stood at the last record boundary, if it was the newcomer that failed. */
    @Override
    public boolean goBack(Throwable failure) {
        if (oldOptions == null || goneBack != null || !use.driver().receiver().failedBetweenRows()) {
            return false;
        }
        // set if it was interrupted because it hung
        Thread.interrupted();
        detachNewcomer();
        try {
            putBack(boundary);
        } catch (Exception e) {
            LOG.log(Level.WARNING, "table ''{0}'': the version before can''t go on: {1}", use.table(), TaskException.reason(e));
            failure.addSuppressed(e);
            return false;
        }
        goneBack = TaskException.reason(failure);
        return true;
    }

    private void detachNewcomer() {
        SourceRelease.close(use, use.driver().detach(boundary, handedAtBoundary));
    }

    @Override
    public void takeBack(String reason) throws Exception {
        SourceDriver driver = use.driver();
        if (goneBack != null) {
            return;
        }
        goneBack = reason;
        if (driver.receiver() != null) {
            beforeRead();
            detachNewcomer();
        }
        if (waited() != null) {
            use.unbind(waited());
        } else if (driver.isEnded()) {
            use.bind(oldOptions, oldParts);
        } else {
            putBack(boundary);
        }
    }

    @Override
    public Optional<String> position() {
        return Optional.ofNullable(location);
    }

    @Override
    public long handled() {
        return handled;
    }

    @Override
    public Optional<String> goneBack() {
        return Optional.ofNullable(goneBack);
    }

    @Override
    public void confirm() {
        use.driver().setTrial(null);
        use.forgetCommon(goneBack == null ? oldOptions : newOptions);
        oldOptions = null;
        oldParts = null;
        boundary = null;
    }

    @Override
    public void letGo() {
        if (prepared != null) {
            SourceRelease.close(use, prepared);
            prepared = null;
        }
        if (closesLater != null) {
            SourceRelease.close(use, closesLater);
            closesLater = null;
            step("closed old");
        }
    }
}
