package creek.core.internal.swap;

import creek.core.connector.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Has running jobs use what the registry gives, whenever that changes. All on one thread, so that two changes queue: it asks newcomers, while jobs run on,
 * has the jobs' threads switch, and closes what is left over.
 */
public final class Swapper implements AutoCloseable {
    private static final Logger LOG = System.getLogger("creek.core.swap");
    /** How long jobs may take to come to a record boundary, and to a checkpoint where one is needed. */
    static final long SWITCH_SECONDS = 20;
    /** How long a bundle that stops waits for jobs to let go of it. */
    private static final long DEPARTURE_SECONDS = 8;
    private static final long IDLE_SECONDS = 10;

    private final Supplier<Collection<? extends SwappableJob>> jobs;
    private final SwitchPlanner planner = new SwitchPlanner(this::started);
    private final ThreadPoolExecutor executor;
    private volatile Thread thread;
    /** What is over, but has left something to close. */
    private final Queue<PartSwitch> over = new ConcurrentLinkedQueue<>();

    public Swapper(Supplier<Collection<? extends SwappableJob>> jobs) {
        this.jobs = jobs;
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread made = new Thread(null, work, "creek-swap", 0, false);
            made.setContextClassLoader(Swapper.class.getClassLoader());
            made.setDaemon(true);
            thread = made;
            return made;
        }, new ThreadPoolExecutor.DiscardPolicy());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Has all jobs look for what is better than what they use. Returns at once. */
    public void arrived() {
        jobs.get().forEach(SwappableJob::servicesChanged);
        if (anyRuns()) {
            executor.execute(this::reconcile);
        }
    }

    /** Has one job do so. Returns at once. */
    public void started(SwappableJob job) {
        executor.execute(() -> await(reconcile(job), SWITCH_SECONDS));
    }

    /**
     * Waits, for a bounded time, until no job uses a service that is about to go, and that the registry no longer gives.
     *
     * @param service the service, or the class of a function
     */
    public void departing(Object service, Provider provider) {
        jobs.get().forEach(job -> job.refusals().forget(provider));
        if (anyRuns()) {
            awaitDeparture(service, provider);
        }
        executor.execute(RecordLinkage::letGo);
    }

    private void awaitDeparture(Object service, Provider provider) {
        if (Thread.currentThread() == thread) {
            depart(service);
            return;
        }
        try {
            executor.submit(() -> depart(service)).get(DEPARTURE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.log(Level.WARNING, "{0} goes although jobs still use it", provider);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.log(Level.WARNING, () -> "jobs could not let go of " + provider, e.getCause());
        }
    }

    private boolean anyRuns() {
        return jobs.get().stream().anyMatch(job -> job.running().isPresent());
    }

    private void depart(Object service) {
        List<Future<?>> released = new ArrayList<>();
        for (SwappableJob job : jobs.get()) {
            job.running().filter(run -> run.uses().stream().anyMatch(use -> use.holds(service)))
                    .ifPresent(run -> released.add(run.confirmWithout(service)));
        }
        await(released, DEPARTURE_SECONDS);
        reconcile();
    }

    /** Has all jobs use what is there now. Returns when they do, or have refused to. On the swapper's own thread. */
    private void reconcile() {
        List<Future<?>> all = new ArrayList<>();
        jobs.get().forEach(job -> all.addAll(reconcile(job)));
        await(all, SWITCH_SECONDS);
        letGo();
    }

    private void letGo() {
        for (PartSwitch each = over.poll(); each != null; each = over.poll()) {
            each.letGo();
        }
    }

    /** Does something on the swapper's own thread, after what it does now. */
    public <T> CompletableFuture<T> run(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** The same as after an arrival, for work of {@link #run}. */
    public void reconcileNow() {
        jobs.get().forEach(SwappableJob::servicesChanged);
        reconcile();
    }

    private static void await(List<Future<?>> futures, long seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (Future<?> future : futures) {
            try {
                future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                LOG.log(Level.WARNING, "a job does not come to a record boundary: what it is to switch waits");
            } catch (ExecutionException | CancellationException e) {
                // the job has ended
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What the job has to do so that it uses what is there now. */
    private List<Future<?>> reconcile(SwappableJob job) {
        Optional<RunningJob> running = job.running();
        if (running.isEmpty()) {
            return List.of();
        }
        RunningJob run = running.get();
        Optional<Future<?>> leaves = planner.checkBackend(job, run);
        if (leaves.isPresent()) {
            return List.of(leaves.get());
        }
        List<PartSwitch> wanted = planner.wanted(job, run);
        if (wanted.isEmpty()) {
            return List.of();
        }
        CompletableFuture<Void> made = run.makeSwitches(wanted);
        made.whenComplete((done, failure) -> {
            over.addAll(wanted);
            executor.execute(this::letGo);
        });
        return List.of(made);
    }

    /** To be called when the jobs have ended. */
    @Override
    public void close() {
        executor.shutdownNow();
        letGo();
    }
}
