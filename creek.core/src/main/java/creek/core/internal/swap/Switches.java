package creek.core.internal.swap;

import creek.core.connector.Provider;
import creek.core.internal.swap.PartSwitch.NotSwitchedException;
import creek.core.job.SwapEvent;
import creek.core.job.SwapEvent.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The switches of a running job: those that are due, and those whose newcomers are on probation. On the job's thread; the loop asks in each turn what it
 * is to do, {@link #submit} comes from a command.
 */
public final class Switches {
    private static final Logger LOG = System.getLogger("creek.core.swap");

    /** What stands between a job and a switch. */
    public enum Need { NOTHING, BOUNDARY, CHECKPOINT }

    /** @param without null, or a service without which newcomers on probation are to count as good */
    private record Request(List<PartSwitch> switches, Object without, CompletableFuture<Void> done) {
    }

    private final String job;
    private final SwapSettings settings;
    private final Consumer<SwapEvent> listener;
    /** Looked at in each turn. */
    private final PartUse[] uses;
    /** Whether a step of any subtask has been interrupted in this probation. */
    private final AtomicBoolean interrupted;

    private final Deque<Request> due = new ArrayDeque<>();
    /** A checkpoint was begun for the first request. */
    private boolean checkpointBegun;
    private boolean checkpointed;
    /** When reading was held for the first request; 0 if it is not. */
    private long heldSince;
    private final List<PartSwitch> trials = new ArrayList<>();
    private long trialsEnd;
    /** Null while nothing is on probation, or switched. */
    private ProbationWatch watch;
    /** Since when the job waits for what it has let go of. */
    private long waitingSince;

    /** @param listener is told, on the job's thread, of whatever has happened */
    public Switches(String job, SwapSettings settings, List<PartUse> uses, Consumer<SwapEvent> listener) {
        this.job = job;
        this.settings = settings;
        this.uses = uses.toArray(PartUse[]::new);
        this.listener = listener;
        interrupted = new AtomicBoolean();
    }

    /**
     * For another subtask of a parallel job, in which the first makes all switches: its loop asks only whether it is to wait, and is watched in probations.
     *
     * @param first     the first subtask's
     * @param usesThere the places in that subtask
     */
    public Switches(Switches first, List<PartUse> usesThere) {
        job = first.job;
        settings = first.settings;
        uses = usesThere.toArray(PartUse[]::new);
        listener = first.listener;
        interrupted = first.interrupted;
    }

    /** Has switches made at the next record boundary, all at the same one; the future ends when that is over, well or not. */
    public void submit(List<PartSwitch> switches, CompletableFuture<Void> done) {
        due.add(new Request(switches, null, done));
    }

    /** Has the probations ended in which that service would be put back: it is about to go. */
    public void confirmWithout(Object service, CompletableFuture<Void> done) {
        due.add(new Request(List.of(), service, done));
    }

    /** What must be there before the first of those that are due can be made; null if none is due. */
    public Need need(boolean hasCheckpoints) {
        Request first = due.peek();
        if (first == null) {
            return Need.NOTHING;
        }
        boolean needs = hasCheckpoints && !checkpointed && first.switches.stream().anyMatch(PartSwitch::needsCheckpoint);
        return needs ? Need.CHECKPOINT : Need.BOUNDARY;
    }

    /** Whether the loop has begun the checkpoint that the first request needs, and so must begin nothing else. */
    public boolean hasBegunCheckpoint() {
        return checkpointBegun;
    }

    /** Says that nothing is read from now on. */
    public void hold() {
        if (heldSince == 0) {
            heldSince = System.nanoTime();
            step("held");
        }
    }

    /** Says that the checkpoint has begun. */
    public void checkpointBegins() {
        checkpointBegun = true;
        step("checkpoint begun");
    }

    /** Says that it has ended. If it failed, newcomers that need it are refused; what goes is let go of all the same, and all it leaves is kept in memory. */
    public void checkpointEnds(boolean well, Optional<String> failure) {
        checkpointBegun = false;
        checkpointed = true;
        step("checkpoint ended");
        if (!well) {
            Request first = due.remove();
            String reason = "no checkpoint could be taken before: " + failure.orElse("it failed");
            List<PartSwitch> others = new ArrayList<>();
            for (PartSwitch each : first.switches) {
                if (each.isRelease() || !each.needsCheckpoint()) {
                    others.add(each);
                } else {
                    each.drop();
                    tell(each, Outcome.REFUSED, Optional.empty(), reason);
                }
            }
            due.addFirst(new Request(others, first.without, first.done));
        }
    }

    /**
     * Makes the switches of the first request.
     *
     * @param shown called when all are made, before whoever waits for that is told
     */
    public void perform(Runnable shown) throws Exception {
        hold();
        Request request = due.remove();
        int made = 0;
        try {
            for (PartSwitch trial : List.copyOf(trials)) {
                if (isEndedBy(request, trial)) {
                    confirm(trial);
                }
            }
            endWatch();
            while (made < request.switches.size()) {
                perform(request.switches.get(made++));
            }
            shown.run();
        } finally {
            request.switches.subList(made, request.switches.size()).forEach(PartSwitch::drop);
            end(request);
        }
    }

    /** Whether a newcomer on probation counts as good from then on, as another one takes over, or what would be put back goes. */
    private static boolean isEndedBy(Request request, PartSwitch trial) {
        return request.switches.stream().anyMatch(each -> each.use() == trial.use())
                || request.without != null && trial.allBefore().stream().anyMatch(part -> part.service() == request.without);
    }

    private void perform(PartSwitch each) throws Exception {
        if (each.isOutdated()) {
            each.drop();
            return;
        }
        boolean waited = each.use().isWaiting();
        try {
            each.perform();
        } catch (NotSwitchedException e) {
            each.drop();
            tell(each, Outcome.REFUSED, each.position(), e.getMessage());
            return;
        }
        step("switched");
        if (each.isRelease()) {
            waitingSince = waitingSince == 0 ? heldSince : waitingSince;
            tell(each, Outcome.WAITING, each.position(), each.use().waitsFor().text());
            return;
        }
        if (waited && waitingSince != 0) {
            heldSince = waitingSince;
        }
        waitingSince = isWaiting() ? waitingSince : 0;
        tell(each, Outcome.SWITCHED, each.position(), null);
        each.use().setFormer(each.allBefore());
        trials.add(each);
        trialsEnd = System.nanoTime() + settings.time().toNanos();
    }

    private void end(Request request) {
        heldSince = 0;
        checkpointed = false;
        request.done.complete(null);
    }

    /** Whether the job has let go of something and waits for it. */
    public boolean isWaiting() {
        for (PartUse use : uses) {
            if (use.isWaiting()) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of those that have arrived could not take over. */
    public boolean isIncompatible() {
        for (PartUse use : uses) {
            WaitReason reason = use.waitsFor();
            if (reason != null && reason.isIncompatible()) {
                return true;
            }
        }
        return false;
    }

    /** Whether newcomers are on probation, so that no checkpoint is to be taken. */
    public boolean areOnTrial() {
        return !trials.isEmpty();
    }

    /** Watches this thread while something is on probation here. Called in each turn. */
    public void watch() {
        if (watch != null) {
            watch.turn();
        } else if (isOnProbation()) {
            watch = new ProbationWatch(job, settings.limit());
        }
    }

    private boolean isOnProbation() {
        for (PartUse use : uses) {
            if (use.isOnProbation()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the time of a probation is over, or it has ended badly. */
    public boolean isTrialOver() {
        boolean timeIsOver = !trials.isEmpty() && System.nanoTime() - trialsEnd >= 0;
        for (int i = 0; i < trials.size() && !timeIsOver; i++) {
            timeIsOver = isOver(trials.get(i));
        }
        return timeIsOver;
    }

    private boolean isOver(PartSwitch trial) {
        return trial.goneBack().isPresent() || trial.handled() >= settings.records();
    }

    /** Ends those probations. */
    public void endTrials() throws Exception {
        boolean timeIsOver = System.nanoTime() - trialsEnd >= 0;
        for (PartSwitch trial : List.copyOf(trials)) {
            if (timeIsOver || isOver(trial)) {
                confirm(trial);
            }
        }
    }

    private void confirm(PartSwitch trial) throws Exception {
        trial.settle();
        boolean hung = interrupted.get() || watch != null && watch.hasInterrupted();
        String hanging = hung ? "it took longer than " + settings.limit().toMillis() + " ms for one step, and then: " : "";
        trials.remove(trial);
        if (trials.isEmpty()) {
            endWatch();
            interrupted.set(false);
        }
        trial.confirm();
        trial.use().setFormer(List.of());
        step("probation over");
        trial.goneBack().ifPresent(reason -> tell(trial, Outcome.ROLLED_BACK, trial.position(), hanging + reason));
    }

    /** Ends that watch, since the thread waits for others or nothing is on probation any more. */
    public void endWatch() {
        if (watch != null) {
            watch.close();
            if (watch.hasInterrupted()) {
                interrupted.set(true);
                // what it was meant for may have ended by itself
                Thread.interrupted();
            }
            watch = null;
        }
    }

    /** Ends all probations. */
    public void confirmAll() throws Exception {
        for (PartSwitch trial : List.copyOf(trials)) {
            confirm(trial);
        }
    }

    /** Says that the job has failed; whether that was in the course of a switch. Newcomers on probation are held to be the reason, unless it was an old version. */
    public boolean jobFails(Throwable failure, String reason) {
        endWatch();
        if (failure instanceof PartSwitch.OldVersionException) {
            trials.clear();
            return true;
        }
        boolean any = false;
        for (PartSwitch trial : List.copyOf(trials)) {
            any = true;
            trials.remove(trial);
            tell(trial, Outcome.ROLLED_BACK, trial.position(), "the job failed: " + reason);
        }
        return any;
    }

    /** The job ends: nothing of what is due is done. */
    public void close() {
        for (Request request = due.poll(); request != null; request = due.poll()) {
            request.switches.forEach(PartSwitch::drop);
            request.done.complete(null);
        }
        trials.clear();
        endWatch();
    }

    private void tell(PartSwitch about, Outcome outcome, Optional<String> position, String reason) {
        long gap = heldSince == 0 ? 0 : System.nanoTime() - heldSince;
        for (BoundPart part : about.changed()) {
            Optional<Provider> before = about.allBefore().stream().filter(other -> other.isOfSameName(part)).findFirst().flatMap(BoundPart::provider);
            listener.accept(new SwapEvent(Instant.now(), job, part.kind(), part.name(), about.use().text(), before,
                    about.isRelease() ? Optional.empty() : part.provider(), position, gap, outcome, Optional.ofNullable(reason)));
        }
    }

    /** What tests of crashes wait for. */
    private void step(String name) {
        LOG.log(Level.DEBUG, "job {0}: {1}", job, name);
    }
}
