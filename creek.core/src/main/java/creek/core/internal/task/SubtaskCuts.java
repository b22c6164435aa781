package creek.core.internal.task;

import creek.core.internal.task.Alignment.Purpose;
import creek.core.internal.task.CheckpointPart.Cut;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What the subtasks of a parallel job have cut off for a checkpoint, and what they agree on at their end. Thread-safe. */
final class SubtaskCuts {
    /** No last checkpoint is taken. */
    static final long NONE = -1;

    private final Team team;
    private final Cut[] cuts;
    private boolean asking;
    private int finished;
    private volatile boolean requested;
    private volatile boolean holding;
    private volatile Long last;
    private volatile CheckpointRun lastRun;

    SubtaskCuts(Team team, int parallelism) {
        this.team = team;
        cuts = new Cut[parallelism];
    }

    int parallelism() {
        return cuts.length;
    }

    /** Has all subtasks cut. */
    void ask(long checkpoint) {
        synchronized (this) {
            Arrays.fill(cuts, null);
            asking = true;
        }
        team.tell(task -> task.askFor(Purpose.CUT, checkpoint));
    }

    /** Says that nothing more comes to a subtask. */
    void finished() {
        synchronized (this) {
            finished++;
        }
        team.wakeFirst();
    }

    /** Whether nothing more comes to any. */
    synchronized boolean haveAllFinished() {
        return finished == cuts.length;
    }

    /** Whether a cut of some is still to come. */
    synchronized boolean isAsking() {
        return asking;
    }

    void give(int subtask, Cut cut) {
        synchronized (this) {
            cuts[subtask] = cut;
        }
        team.wakeFirst();
    }

    synchronized boolean areAllGiven() {
        return asking && Arrays.stream(cuts).allMatch(Objects::nonNull);
    }

    /** The cuts of all, which is what was asked for. */
    synchronized List<Cut> take() {
        asking = false;
        List<Cut> all = List.of(cuts);
        Arrays.fill(cuts, null);
        return all;
    }

    /** Waits for no more of what was asked for. */
    synchronized void forget() {
        asking = false;
        Arrays.fill(cuts, null);
    }

    /** All cuts for the last checkpoint; null as long as one is missing. */
    synchronized List<Cut> takeLast() {
        return Arrays.stream(cuts).allMatch(Objects::nonNull) ? List.of(cuts) : null;
    }

    /** Has a subtask take note, on its own thread, of how a checkpoint went. */
    void ended(CheckpointPart part, int subtask, Cut cut, CheckpointRun run) {
        team.submit(subtask, () -> part.ended(cut, run));
    }

    /** Asks for a checkpoint, since memory is short. */
    void request() {
        requested = true;
        team.wakeFirst();
    }

    /** Whether somebody has asked for one since the last call. */
    boolean takeRequest() {
        boolean was = requested;
        requested = false;
        return was;
    }

    /** Says whether reading is held in all subtasks, since checkpoints fail. */
    void hold(boolean held) {
        holding = held;
    }

    boolean areHeld() {
        return holding;
    }

    /** Says which number the last checkpoint has, or {@link #NONE}. */
    void announceLast(long number) {
        last = number;
        team.changed();
    }

    /** That number; null until it is known. */
    Long last() {
        return last;
    }

    /** Says how the last checkpoint went. */
    void lastEnded(CheckpointRun run) {
        lastRun = run;
        team.changed();
    }

    CheckpointRun lastRun() {
        return lastRun;
    }
}
