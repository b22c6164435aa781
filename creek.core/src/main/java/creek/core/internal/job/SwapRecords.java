package creek.core.internal.job;

import creek.core.connector.Provider;
import creek.core.internal.swap.RefusalFile;
import creek.core.internal.swap.Refusals;
import creek.core.internal.swap.SwapLog;
import creek.core.internal.swap.Swapper;
import creek.core.job.SwapEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What is kept of switches: what has happened, and what jobs have refused. A platform with a data folder keeps it there as well. */
final class SwapRecords implements SwapWatcher {
    /** Framework property: the folder of what the platform keeps; without it, it keeps nothing. */
    static final String DATA = "creek.data";

    private static final Logger LOG = System.getLogger("creek.core.job");

    private final BundleContext context;
    private final Swapper swapper;
    private final SwapLog log;
    /** Null if the platform keeps nothing. */
    private final RefusalFile refused;
    private volatile boolean platformStops;

    SwapRecords(BundleContext context, Swapper swapper) {
        this.context = context;
        this.swapper = swapper;
        String data = context.getProperty(DATA);
        log = new SwapLog(data == null ? null : Path.of(data).toAbsolutePath().resolve("creek.events"));
        refused = data == null ? null : new RefusalFile(Path.of(data).toAbsolutePath().resolve("creek.refused"));
    }

    SwapLog log() {
        return log;
    }

    /** What a job refuses, which goes on with what it has refused before. */
    Refusals refusals(String job) {
        if (refused == null) {
            return new Refusals();
        }
        AtomicReference<Refusals> made = new AtomicReference<>();
        made.set(new Refusals(refused.of(job), this::modified, () -> keep(job, made.get())));
        return made.get();
    }

    private long modified(Provider provider) {
        Bundle bundle = context.getBundle(provider.bundle());
        return bundle == null ? -1 : bundle.getLastModified();
    }

    private void keep(String job, Refusals refusals) {
        // then all providers go, and their bundles stay what they are
        if (!platformStops) {
            swapper.run(() -> {
                refused.put(job, refusals.kept());
                return null;
            });
        }
    }

    /** The platform is about to stop: what goes from now on comes back with it. */
    void platformStops() {
        platformStops = true;
    }

    @Override
    public void runs(ManagedJob job) {
        swapper.started(job);
    }

    @Override
    public void happened(SwapEvent event) {
        LOG.log(Level.INFO, () -> "job " + event.job() + ": " + SwapLog.text(event));
        log.add(event);
        swapper.run(() -> {
            log.write(event);
            return null;
        });
    }
}
