package creek.core.internal.task;

import creek.core.connector.ConnectorRegistry;
import creek.core.connector.TableOptions;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartSwitch;
import creek.core.internal.swap.WaitReason;
import creek.core.internal.swap.WatchedCall;
import creek.core.job.TableSource;
import creek.core.operator.Input;
import java.util.List;
import java.util.Optional;

/** A table that a job reads, from whatever version of its connector and formats. */
final class SourceUse extends TableUse {
    private final ReaderFactory factory;
    private final WatchedCall watched;
    private Input output;
    private Input deadLetters;
    private SourceDriver driver;
    private volatile String location;

    SourceUse(TableSource source, ReaderFactory factory, WatchedCall watched) {
        super("source", source, TableOptions::requireSource);
        this.factory = factory;
        this.watched = watched;
    }

    /** Makes the source's driver, which stays the same whatever versions come and go. */
    SourceDriver createDriver(String id, Input newOutput, Input newDeadLetters) throws TaskException {
        output = newOutput;
        deadLetters = newDeadLetters;
        SourceWatermarks time = factory.time(options(), output);
        driver = new SourceDriver(id, table(), time, factory.receiver(options(), time, output, deadLetters),
                options().connector().isSplittable(options().connectorOptions()));
        return driver;
    }

    @Override
    public Optional<String> location() {
        return Optional.ofNullable(location);
    }

    /** Takes down where reading stands, for whoever asks. On its subtask's thread. */
    void noteLocation() {
        RecordReceiver receiver = driver == null ? null : driver.receiver();
        if (receiver != null) {
            location = receiver.reader().currentLocation();
        }
    }

    SourceDriver driver() {
        return driver;
    }

    RecordReceiver createReceiver(TableOptions options) throws TaskException {
        return factory.receiver(options, driver.time(), output, deadLetters);
    }

    /** Lets go of what readers of those versions have agreed on. */
    void forgetCommon(TableOptions unused) {
        if (unused != null) {
            factory.subtask().forgetCommon(unused.connector());
        }
    }

    WatchedCall watched() {
        return watched;
    }

    @Override
    public PartSwitch to(ConnectorRegistry registry) throws TaskException {
        TableOptions newcomer = resolve(registry);
        requireSameDivision("share reading it", driver.isShared(), newcomer.connector().isSplittable(newcomer.connectorOptions()), factory.subtask());
        return new SourceSwitch(this, newcomer, parts(newcomer, registry));
    }

    @Override
    public PartSwitch release(List<BoundPart> gone, WaitReason reason) {
        return new SourceRelease(this, gone, reason);
    }
}
