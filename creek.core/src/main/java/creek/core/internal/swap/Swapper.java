package creek.core.internal.swap;

import creek.core.connector.MissingServiceException;
import creek.core.connector.Provider;
import creek.core.job.SwapEvent;
import creek.core.job.SwapEvent.Outcome;
import creek.core.state.StateBackend;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
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
 * and has the jobs' threads switch.
 */
public final class Swapper implements AutoCloseable {
    private static final Logger LOG = System.getLogger("creek.core.swap");
    /** How long jobs may take to come to a record boundary, and to a checkpoint where one is needed. */
    private static final long SWITCH_SECONDS = 20;
    /** How long a bundle that stops waits for jobs to let go of it. */
    private static final long DEPARTURE_SECONDS = 8;
    private static final long IDLE_SECONDS = 10;

    private final Supplier<Collection<? extends SwappableJob>> jobs;
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
        if (!anyRuns()) {
            return;
        }
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
        Optional<Future<?>> leaves = checkBackend(job, run);
        if (leaves.isPresent()) {
            return List.of(leaves.get());
        }
        List<PartSwitch> wanted = new ArrayList<>();
        for (PartUse use : run.uses()) {
            reconcile(job, run, use).ifPresent(wanted::add);
        }
        // what one use has refused the others don't go over to
        for (PartSwitch each : List.copyOf(wanted)) {
            if (each.changed().stream().anyMatch(part -> part.provider().filter(provider -> !job.refusals().accept(provider)).isPresent())) {
                wanted.remove(each);
                drop(each);
                reconcile(job, run, each.use()).ifPresent(wanted::add);
            }
        }
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

    private Optional<PartSwitch> reconcile(SwappableJob job, RunningJob run, PartUse use) {
        while (job.running().filter(now -> now == run).isPresent()) {
            List<BoundPart> missing = use.missing(job.registry());
            if (!missing.isEmpty()) {
                return missing(job, run, use, missing);
            }
            List<BoundPart> given;
            PartSwitch change = null;
            try {
                given = use.given(job.registry());
                if (!use.isWaiting() && isSame(given, use.bound())) {
                    return Optional.empty();
                }
            } catch (MissingServiceException e) {
                // it has just gone
                continue;
            }
            Optional<String> never = run.whyNotSwitched();
            if (never.isPresent()) {
                if (!refuse(job, use, given, never.get())) {
                    return Optional.empty();
                }
                continue;
            }
            try {
                change = use.to(job.registry());
                if (!isPrepared(job, run, change)) {
                    return Optional.empty();
                }
                change.ask();
                return Optional.of(change);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (Exception | LinkageError e) {
                if (change != null) {
                    drop(change);
                }
                if (!(e instanceof MissingServiceException) && !refuse(job, use, given, reason(e))) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static void drop(PartSwitch change) {
        change.drop();
        change.letGo();
    }

    private static String reason(Throwable e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return cause.getMessage() == null || cause.getMessage().isBlank() ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Has a job take down what the newcomer is to be asked about. If the job is too busy for that, it is tried again when it has the time. */
    private boolean isPrepared(SwappableJob job, RunningJob run, PartSwitch change) throws Exception {
        CompletableFuture<Void> prepared = run.call(() -> {
            change.prepare();
            return null;
        });
        try {
            prepared.get(SWITCH_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (CancellationException e) {
            // the job has ended
            drop(change);
        } catch (TimeoutException e) {
            LOG.log(Level.WARNING, "job {0} does not come to a record boundary: what it is to switch waits", job.name());
            drop(change);
            prepared.whenComplete((done, failure) -> started(job));
        }
        return false;
    }

    private static boolean isSame(List<BoundPart> given, List<BoundPart> bound) {
        return given.size() == bound.size() && given.stream().allMatch(part -> bound.stream().anyMatch(other -> other.service() == part.service()));
    }

    /** Does not take what is new; whether anything is. */
    private boolean refuse(SwappableJob job, PartUse use, List<BoundPart> given, String reason) {
        boolean any = false;
        for (BoundPart part : given) {
            Optional<BoundPart> before = use.bound().stream().filter(part::isOfSameName).findFirst();
            if (before.filter(part::isSame).isEmpty() && part.provider().isPresent()) {
                any = true;
                job.refusals().add(part, reason);
                job.happened(new SwapEvent(Instant.now(), job.name(), part.kind(), part.name(), use.text(), before.flatMap(BoundPart::provider),
                        part.provider(), Optional.empty(), 0, Outcome.REFUSED, Optional.of(reason)));
            }
        }
        return any;
    }

    /** Something is not there, or not taken. */
    private Optional<PartSwitch> missing(SwappableJob job, RunningJob run, PartUse use, List<BoundPart> missing) {
        List<String> reasons = new ArrayList<>();
        boolean isIncompatible = false;
        for (BoundPart part : missing) {
            Optional<String> refused = job.refusals().reason(part);
            isIncompatible |= refused.isPresent();
            reasons.add((use.text().isEmpty() ? "" : use.text() + ": ") + refused.orElse(part + " is not there"));
        }
        WaitReason reason = new WaitReason(String.join("; ", reasons), isIncompatible);
        if (!use.isWaiting()) {
            return Optional.of(use.release(missing, reason));
        }
        if (!reason.equals(use.waitsFor())) {
            run.call(() -> {
                if (use.isWaiting()) {
                    use.setReason(reason);
                }
                return null;
            });
            run.showState();
        }
        return Optional.empty();
    }

    /** The state backend is changed by ending the run and starting the job again; what ends then, if it is to be changed. */
    private Optional<Future<?>> checkBackend(SwappableJob job, RunningJob run) {
        BoundPart bound = run.backend().orElse(null);
        while (bound != null) {
            Optional<StateBackend> given = job.registry().stateBackend(bound.name());
            if (given.isEmpty()) {
                return Optional.of(run.leave());
            }
            if (given.get() == bound.service()) {
                return Optional.empty();
            }
            BoundPart newcomer = new BoundPart(bound.kind(), bound.name(), given.get(), job.registry().providerOf(given.get()));
            try {
                run.watched().callLeavingNothing("ask " + newcomer, () -> {
                    given.get().selfTest();
                    return null;
                });
                job.changesBackend(bound, newcomer);
                return Optional.of(run.leave());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (Exception | LinkageError e) {
                if (newcomer.provider().isEmpty()) {
                    return Optional.empty();
                }
                job.refusals().add(newcomer, reason(e));
                job.happened(new SwapEvent(Instant.now(), job.name(), bound.kind(), bound.name(), "", bound.provider(), newcomer.provider(),
                        Optional.empty(), 0, Outcome.REFUSED, Optional.of(reason(e))));
            }
        }
        return Optional.empty();
    }

    /** To be called when the jobs have ended. */
    @Override
    public void close() {
        executor.shutdownNow();
        letGo();
    }
}
