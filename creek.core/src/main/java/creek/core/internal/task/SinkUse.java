package creek.core.internal.task;

import creek.core.connector.ConnectorRegistry;
import creek.core.connector.SinkWriter;
import creek.core.connector.TableOptions;
import creek.core.internal.exchange.Crossing;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartSwitch;
import creek.core.internal.swap.PartSwitch.OldVersionException;
import creek.core.internal.swap.WaitReason;
import creek.core.internal.swap.WatchedCall;
import creek.core.job.TableSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** A table that a job writes, by whatever version of its connector and formats. */
final class SinkUse extends TableUse {
    private static final Logger LOG = System.getLogger("creek.core.swap");

    private final WriterFactory factory;
    private final WatchedCall watched;
    private final boolean hasCheckpoints;
    private SinkDriver driver;
    /** Whether each subtask of a parallel job has a writer of its own. */
    private boolean takesSeveralWriters;

    SinkUse(TableSink sink, WriterFactory factory, WatchedCall watched, boolean hasCheckpoints) {
        super(sink);
        this.factory = factory;
        this.watched = watched;
        this.hasCheckpoints = hasCheckpoints;
    }

    /** Makes the sink's driver, which stays the same whatever versions come and go. */
    SinkDriver createDriver(String id) throws TaskException {
        takesSeveralWriters = takesSeveralWriters(options());
        driver = new SinkDriver(id, table(), createWriter(options()));
        return driver;
    }

    /** The driver of a subtask that is no more, to commit what it had written and to take back the rest. */
    SinkDriver createFormer(String id, int subtask, int parallelism) throws TaskException {
        return new SinkDriver(id, table(), factory.of(new Subtask(subtask, new Crossing(parallelism))).writer(options()));
    }

    SinkDriver driver() {
        return driver;
    }

    SinkWriter createWriter(TableOptions options) throws TaskException {
        return factory.writer(options);
    }

    /** Whether each subtask of a parallel job has a writer of its own. */
    boolean takesSeveralWriters() {
        return takesSeveralWriters;
    }

    private static boolean takesSeveralWriters(TableOptions options) {
        return options.connector().takesSeveralWriters(options.connectorOptions());
    }

    boolean hasCheckpoints() {
        return hasCheckpoints;
    }

    WatchedCall watched() {
        return watched;
    }

    /** Closes a writer; one that can't be closed is only reported, since nobody uses it any more. */
    void close(SinkWriter writer) {
        try {
            closeOrFail(writer);
        } catch (Exception e) {
            LOG.log(Level.WARNING, e.getMessage());
        }
    }

    /** Closes a writer whose units another one takes over: if it can't, rows of them may be missing outside. */
    void closeOrFail(SinkWriter writer) throws OldVersionException {
        try {
            watched.call("close the writer of table '" + table() + "'", () -> {
                writer.close();
                return null;
            });
        } catch (Exception e) {
            throw new OldVersionException("table '" + table() + "': a writer can't be closed: " + TaskException.reason(e), e);
        }
    }

    @Override
    public PartSwitch to(ConnectorRegistry registry) throws TaskException {
        TableOptions newcomer = resolve(registry);
        requireSameDivision("have a writer each", takesSeveralWriters, takesSeveralWriters(newcomer), factory.subtask());
        return new SinkSwitch(this, newcomer, parts(newcomer, registry));
    }

    @Override
    public PartSwitch release(List<BoundPart> gone, WaitReason reason) {
        return new SinkRelease(this, gone, reason);
    }
}
