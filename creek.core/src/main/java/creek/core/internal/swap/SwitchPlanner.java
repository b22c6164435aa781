package creek.core.internal.swap;

import creek.core.connector.MissingServiceException;
import creek.core.job.SwapEvent;
import creek.core.job.SwapEvent.Outcome;
import creek.core.state.StateBackend;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Finds what a job has to switch so that it uses what the registry gives, and asks newcomers while the job runs on. On the {@link Swapper}'s thread. */
final class SwitchPlanner {
    private static final Logger LOG = System.getLogger("creek.core.swap");

    private final Consumer<SwappableJob> later;

    /** @param later has a job looked at again */
    SwitchPlanner(Consumer<SwappableJob> later) {
        this.later = later;
    }

    /** The switches that the job has to make so that it uses what is there now, for which newcomers have been asked. */
    List<PartSwitch> wanted(SwappableJob job, RunningJob run) {
        List<PartSwitch> wanted = new ArrayList<>();
        for (PartUse use : run.uses()) {
            find(job, run, use).ifPresent(wanted::add);
        }
        // what one use has refused the others don't go over to
        for (PartSwitch each : List.copyOf(wanted)) {
            if (each.changed().stream().anyMatch(part -> part.provider().filter(provider -> !job.refusals().accept(provider)).isPresent())) {
                wanted.remove(each);
                drop(each);
                find(job, run, each.use()).ifPresent(wanted::add);
            }
        }
        return wanted;
    }

    private Optional<PartSwitch> find(SwappableJob job, RunningJob run, PartUse use) {
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
            try {
                change = use.to(job.registry());
                if (!isPrepared(job, run, change)) {
                    return Optional.empty();
                }
                change.ask();
                return Optional.of(change);
            } catch (InterruptedException e) {
                if (change != null) {
                    drop(change);
                }
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
        List<CompletableFuture<Void>> prepared = run.prepare(change);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Swapper.SWITCH_SECONDS);
        try {
            for (CompletableFuture<Void> each : prepared) {
                each.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (CancellationException e) {
            // the job has ended
            drop(change);
        } catch (TimeoutException e) {
            LOG.log(Level.WARNING, "job {0} does not come to a record boundary: what it is to switch waits", job.name());
            drop(change);
            CompletableFuture.allOf(prepared.toArray(CompletableFuture[]::new)).whenComplete((done, failure) -> later.accept(job));
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
    Optional<Future<?>> checkBackend(SwappableJob job, RunningJob run) {
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
}
