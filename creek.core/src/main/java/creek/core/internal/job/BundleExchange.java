package creek.core.internal.job;

import creek.core.connector.Provider;
import creek.core.internal.registry.LiveConnectorRegistry;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartUse;
import creek.core.internal.swap.SwapLog;
import creek.core.internal.swap.Swapper;
import creek.core.job.SwapEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Has jobs use one bundle in place of another, which is stopped then. On the swapper's thread. */
final class BundleExchange {
    private static final long PROBATION_SECONDS = 30;

    private final BundleContext context;
    private final LiveConnectorRegistry registry;
    private final Swapper swapper;
    private final SwapLog log;
    private final Supplier<Collection<ManagedJob>> jobs;

    BundleExchange(BundleContext context, LiveConnectorRegistry registry, Swapper swapper, SwapLog log, Supplier<Collection<ManagedJob>> jobs) {
        this.context = context;
        this.registry = registry;
        this.swapper = swapper;
        this.log = log;
        this.jobs = jobs;
    }

    /** @return what has happened in the jobs */
    List<SwapEvent> make(long oldBundle, long newBundle) throws Exception {
        Bundle before = bundle(oldBundle);
        Bundle newcomer = bundle(newBundle);
        if (before == newcomer) {
            throw new IllegalArgumentException("bundle " + oldBundle + " can't take its own place");
        }
        Instant begin = Instant.now();
        newcomer.start();
        jobs.get().forEach(job -> job.refusals().forgetBundle(newBundle));
        registry.exchange(oldBundle, newBundle);
        try {
            swapper.reconcileNow();
            awaitProbations();
            List<SwapEvent> events = log.events().stream().filter(event -> !event.time().isBefore(begin) && concerns(event, newBundle)).toList();
            Optional<SwapEvent> bad = events.stream().filter(event -> event.outcome() != SwapEvent.Outcome.SWITCHED).findFirst();
            if (bad.isPresent()) {
                throw new IllegalStateException("bundle " + newBundle + " did not take the place of bundle " + oldBundle + ": job " + bad.get().job() + ": "
                        + SwapLog.text(bad.get()));
            }
            Optional<BoundPart> left = uses().flatMap(use -> use.bound().stream()).filter(part -> isOf(part.provider(), oldBundle)).findAny();
            if (left.isPresent()) {
                throw new IllegalStateException("bundle " + newBundle + " did not take the place of bundle " + oldBundle + ", whose " + left.get()
                        + " is in use");
            }
            before.stop();
            return events;
        } finally {
            registry.exchangeNot(oldBundle);
            // jobs go back where the old bundle is still there
            swapper.reconcileNow();
        }
    }

    private Bundle bundle(long id) {
        Bundle bundle = context.getBundle(id);
        if (bundle == null) {
            throw new NoSuchElementException("there is no bundle " + id);
        }
        return bundle;
    }

    private static boolean concerns(SwapEvent event, long bundle) {
        return isOf(event.to(), bundle);
    }

    private static boolean isOf(Optional<Provider> provider, long bundle) {
        return provider.map(Provider::bundle).filter(id -> id == bundle).isPresent();
    }

    private void awaitProbations() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PROBATION_SECONDS);
        while (uses().anyMatch(PartUse::isOnProbation) && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private Stream<PartUse> uses() {
        return jobs.get().stream().flatMap(job -> job.running().stream()).flatMap(run -> run.uses().stream());
    }
}
