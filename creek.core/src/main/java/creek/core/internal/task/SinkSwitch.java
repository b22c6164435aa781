package creek.core.internal.task;

import creek.core.connector.PendingCommit;
import creek.core.connector.SinkWriter;
import creek.core.connector.TableOptions;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartSwitch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A sink goes over to other versions of its connector and formats. What the old writer has not committed is taken over by the new one, or else is
 * committed by a checkpoint before, or, in a job without checkpoints, is finished.
 */
final class SinkSwitch extends PartSwitch {
    private final SinkUse use;
    private final TableOptions newOptions;
    private final List<BoundPart> newParts;
    /** What is put back if the newcomer fails; null if there was nothing, or it may go. */
    private TableOptions oldOptions;
    private List<BoundPart> oldParts;

    private int version;
    /** Whether another one writes meanwhile; otherwise the job waits, and what is done in advance would only keep it waiting. */
    private boolean besides;
    private boolean takesOver;
    private SinkUnits units;
    /** The newcomer, until it is opened; null if it was not prepared. */
    private SinkWriter prepared;

    // on probation
    private ProbationWriter trial;
    private volatile String goneBack;

    SinkSwitch(SinkUse use, TableOptions newOptions, List<BoundPart> newParts) {
        super(use, newParts);
        this.use = use;
        this.newOptions = newOptions;
        this.newParts = newParts;
        oldOptions = use.options();
        oldParts = use.bound();
    }

    @Override
    public void prepare() throws Exception {
        version = use.driver().unitsVersion();
        besides = use.driver().writer() != null;
    }

    @Override
    public void ask() throws Exception {
        use.watched().callLeavingNothing("ask " + newOptions.connectorName(), () -> {
            newOptions.connector().selfTest();
            for (var format : newOptions.formats().values()) {
                format.selfTest();
            }
            // so that the old version can be put back as well
            takesOver = canTakeOver(newOptions) && (oldOptions == null || canTakeOver(oldOptions));
            return null;
        });
        if (besides) {
            prepared = use.watched().call("prepare a writer of table '" + use.table() + "'", () -> {
                SinkWriter made = use.createWriter(newOptions);
                return closingIfItFails(made, () -> {
                    made.prepare();
                    return made;
                });
            }, SinkWriter::close);
        }
    }

    private boolean canTakeOver(TableOptions options) throws Exception {
        try (SinkWriter probe = use.createWriter(options)) {
            return probe.canTakeOver(version);
        }
    }

    @Override
    public boolean needsCheckpoint() {
        return !takesOver && oldOptions != null;
    }

    @Override
    public void perform() throws Exception {
        SinkDriver driver = use.driver();
        SinkWriter old = driver.writer();
        if (!use.hasCheckpoints()) {
            driver.finish();
        }
        units = driver.units(use.hasCheckpoints());
        if (!units.isEmpty() && !takesOver) {
            throw new NotSwitchedException("it does not take over what was written but is not committed yet");
        }
        driver.detach(units);
        if (old != null && units.isEmpty()) {
            use.close(old);
        } else if (old != null) {
            use.closeOrFail(old);
        }
        step("closed old");
        try {
            trial = new ProbationWriter(this, openNewcomer());
        } catch (Exception e) {
            if (oldOptions != null) {
                putBack();
            }
            throw new NotSwitchedException(TaskException.reason(e));
        }
        step("opened new");
        driver.attach(trial, trial.units());
        use.bind(newOptions, newParts);
    }

    /** A writer that goes on for another one, and its own units. */
    record Opened(SinkWriter writer, List<PendingCommit> units) {
    }

    private Opened openNewcomer() throws Exception {
        SinkWriter made = prepared;
        prepared = null;
        return made == null ? open(() -> use.createWriter(newOptions)) : open(() -> made);
    }

    private Opened open(Callable<SinkWriter> maker) throws Exception {
        return use.watched().call("open a writer of table '" + use.table() + "'", () -> {
            SinkWriter made = maker.call();
            return closingIfItFails(made, () -> {
                List<PendingCommit> own = List.of();
                if (use.hasCheckpoints() && takesOver) {
                    own = made.takeOver(units.version(), units.readers());
                    if (own.size() != units.units().size()) {
                        throw new TaskException("it has taken over " + own.size() + " of " + units.units().size() + " units", null);
                    }
                } else if (use.hasCheckpoints()) {
                    made.restore(made.commitVersion(), List.of());
                }
                made.open();
                return new Opened(made, own);
            });
        }, late -> late.writer().close());
    }

    private SinkWriter putBack() throws Exception {
        TableOptions options = oldOptions;
        Opened again = open(() -> use.createWriter(options));
        use.driver().attach(again.writer(), again.units());
        use.bind(oldOptions, oldParts);
        return again.writer();
    }

    /**
     * Puts the old version back after the newcomer has failed.
     *
     * @return what is to take the rows that the newcomer was given
     */
    SinkWriter goBack(SinkWriter newcomer, Throwable failure) throws Exception {
        if (oldOptions == null) {
            throw failure instanceof Exception exception ? exception : new TaskException(TaskException.reason(failure), failure);
        }
        goneBack = TaskException.reason(failure);
        // set if it was interrupted because it hung
        Thread.interrupted();
        use.driver().detach(units);
        use.close(newcomer);
        return putBack();
    }

    @Override
    public void takeBack(String reason) throws Exception {
        if (goneBack != null) {
            return;
        }
        if (waited() != null) {
            goneBack = reason;
            use.driver().detach(units);
            use.close(trial.newcomer());
            use.unbind(waited());
        } else {
            trial.goBack(new TaskException(reason, null));
        }
    }

    @Override
    public long handled() {
        return trial.rows();
    }

    @Override
    public Optional<String> goneBack() {
        return Optional.ofNullable(goneBack);
    }

    @Override
    protected void settle() throws Exception {
        if (goneBack == null) {
            use.driver().flush();
        }
    }

    @Override
    public void confirm() {
        if (goneBack == null) {
            use.driver().setWriter(trial.newcomer());
        }
        trial = null;
        oldOptions = null;
        oldParts = null;
    }

    @Override
    public void letGo() {
        if (prepared != null) {
            use.close(prepared);
            prepared = null;
        }
    }
}
