package creek.core.internal.task;

import creek.core.connector.LookupOptions;
import creek.core.operator.Input;
import creek.core.operator.TableReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A table that rows are looked up in, read from its start by a new reader each time. */
final class WholeTable implements TableReader {
    /** Makes a source whose rows go there. */
    interface SourceFactory {
        SourceDriver create(Input rows) throws Exception;
    }

    private final SourceFactory factory;
    private final Callable<Optional<String>> contentVersion;
    private final LookupOptions options;
    private final Clock clock;

    private SourceDriver source;
    private Optional<String> version = Optional.empty();
    private long nextCheck;
    private long nextReload;

    WholeTable(SourceFactory factory, Callable<Optional<String>> contentVersion, LookupOptions options, Clock clock) {
        this.factory = factory;
        this.contentVersion = contentVersion;
        this.options = options;
        this.clock = clock;
    }

    @Override
    public void restart(Input rows) throws Exception {
        close();
        long now = clock.millis();
        // before anything is read: a change meanwhile is seen at the next look
        version = contentVersion.call();
        plan(now);
        nextReload = options.reloadInterval().map(Duration::toMillis).map(interval -> now + interval).orElse(Long.MAX_VALUE);
        source = factory.create(rows);
        source.open(now);
    }

    private void plan(long now) {
        nextCheck = now + options.checkInterval().toMillis();
    }

    @Override
    public Progress read() throws Exception {
        long before = source.handed();
        source.read(clock.millis(), 0);
        if (!source.isEnded()) {
            return source.handed() > before || source.retryAt() == Long.MIN_VALUE ? Progress.MORE : Progress.NOTHING_NOW;
        }
        close();
        return Progress.DONE;
    }

    @Override
    public boolean isOutdated() throws Exception {
        long now = clock.millis();
        if (now < nextLook()) {
            return false;
        }
        Optional<String> current = contentVersion.call();
        plan(now);
        if (current.isEmpty() && version.isPresent()) {
            // it is away for the moment: what was read stays until it is back
            nextReload = Math.max(nextReload, nextCheck);
            return false;
        }
        return now >= nextReload || !current.equals(version);
    }

    @Override
    public long nextLook() {
        return Math.min(nextCheck, nextReload);
    }

    @Override
    public void close() throws Exception {
        if (source != null) {
            SourceDriver closed = source;
            source = null;
            closed.close();
        }
    }
}
