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
import java.util.function.Consumer;

/**
 * The switches of a running job: those that are due, and those whose newcomers are on probation. On the job's thread; the loop asks in each turn what it
 * is to do, {@link #submit} comes from a command.
 */
public final class Switches {
    private static final Logger LOG = System.getLogger("creek.core.swap");

    /** What stands between a job and a switch. */
    public enum Need { NOTHING, BOUNDARY, CHECKPOINT }

    private record Request(List<PartSwitch> switches, CompletableFuture<Void> done) {
    }

    private final String job;
    private final SwapSettings settings;
    private final Consumer<SwapEvent> listener;
    private final List<PartUse> uses;

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
        this.uses = List.copyOf(uses);
        this.listener = listener;
    }

    /** Has switches made at the next record boundary, all at the same one; the future ends when that is over, well or not. */
    public void submit(List<PartSwitch> switches, CompletableFuture<Void> done) {
        due.add(new Request(switches, done));
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
            due.addFirst(new Request(others, first.done));
        }
    }

    /**
     * Makes the switches of the first request.
     *
     * @param shown called when all are made, before whoever waits for that is told
     */
    public void perform(Runnable shown) throws Exception {
        hold();
        endWatch();
        Request request = due.remove();
        int made = 0;
        try {
            while (made < request.switches.size()) {
                perform(request.switches.get(made++));
            }
            shown.run();
        } finally {
            request.switches.subList(made, request.switches.size()).forEach(PartSwitch::drop);
            end(request);
        }
    }

    private void perform(PartSwitch each) throws Exception {
        trials.stream().filter(trial -> trial.use() == each.use()).toList().forEach(this::confirm);
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

    /** Ends probations whose time is over, or that have ended badly. */
    public void checkTrials() {
        if (watch == null) {
            watch = new ProbationWatch(job, settings.limit());
        } else {
            watch.turn();
        }
        boolean timeIsOver = System.nanoTime() - trialsEnd >= 0;
        for (int i = trials.size() - 1; i >= 0; i--) {
            PartSwitch trial = trials.get(i);
            if (timeIsOver || trial.goneBack().isPresent() || trial.handled() >= settings.records()) {
                confirm(trial);
            }
        }
    }

    private void confirm(PartSwitch trial) {
        String hanging = watch != null && watch.hasInterrupted() ? "it took longer than " + settings.limit().toMillis() + " ms for one step, and then: " : "";
        trials.remove(trial);
        if (trials.isEmpty()) {
            endWatch();
        }
        trial.confirm();
        trial.use().setFormer(List.of());
        step("probation over");
        trial.goneBack().ifPresent(reason -> tell(trial, Outcome.ROLLED_BACK, trial.position(), hanging + reason));
    }

    private void endWatch() {
        if (watch != null) {
            watch.close();
            if (watch.hasInterrupted()) {
                // what it was meant for may have ended by itself
                Thread.interrupted();
            }
            watch = null;
        }
    }

    /** Ends all probations. */
    public void confirmAll() {
        List.copyOf(trials).forEach(this::confirm);
    }

    /** Ends the probations in which that service would be put back: it is about to go. */
    public void confirmWithout(Object service) {
        trials.stream().filter(trial -> trial.allBefore().stream().anyMatch(part -> part.service() == service)).toList().forEach(this::confirm);
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
