package creek.core.internal.task;

import creek.core.internal.exchange.Inbox;
import creek.core.internal.task.CheckpointPart.Cut;

/**
 * What one subtask of a parallel job does together with the others: when it is asked to, it stops reading, tells the others where by barriers in what it
 * sends them, takes what they have sent before theirs, and cuts for a checkpoint, stands still, or ends. On the subtask's thread.
 */
final class Alignment {
    private static final long END_NANOS = 5_000_000_000L;

    /** What is to be done where all come to. */
    enum Purpose {
        NOTHING, CUT,
        /** The first subtask does something to all, while the others wait. */
        STAND,
        /** All loops end. */
        END
    }

    private final int subtask;
    private final Team team;
    /** Of the first subtask; null in others, and if the job takes none. */
    private final Checkpoints checkpoints;
    private final SubtaskCuts cuts;
    private final Standstill standstill;
    /** Null if the job takes no checkpoints. */
    private final CheckpointPart part;
    private final Inbox inbox;
    private final SourceDriver[] sources;
    private final SinkDriver[] sinks;

    private Purpose asked = Purpose.NOTHING;
    private long number;
    /** Of the first subtask: it has come to where all are to stand still. */
    private boolean stands;
    private boolean finished;
    private boolean ended;
    private boolean ending;
    private long endBegun;

    Alignment(int subtask, Team team, Checkpoints checkpoints, SubtaskCuts cuts, Standstill standstill, CheckpointPart part, Inbox inbox, SourceDriver[] sources,
            SinkDriver[] sinks) {
        this.subtask = subtask;
        this.team = team;
        this.checkpoints = checkpoints;
        this.cuts = cuts;
        this.standstill = standstill;
        this.part = part;
        this.inbox = inbox;
        this.sources = sources;
        this.sinks = sinks;
    }

    /**
     * Has the subtask come to where all come to.
     *
     * @param checkpoint number of that for which it is to cut; the last cut is made when all have ended
     */
    void ask(Purpose purpose, long checkpoint) {
        asked = purpose;
        number = checkpoint;
        ending |= purpose == Purpose.END;
    }

    boolean isAsked() {
        return asked != Purpose.NOTHING && inbox.hasHeardFromAll();
    }

    /**
     * Comes nearer to that place. Called at a record boundary while nothing is put off.
     *
     * @param standing called before the thread waits for others
     * @return whether it has done there what it was asked for
     */
    boolean advance(Runnable standing) throws Exception {
        if (!inbox.align()) {
            return false;
        }
        if (asked == Purpose.STAND && subtask == 0) {
            stands = true;
            return false;
        }
        if (asked == Purpose.END) {
            // what stands in the queues is not looked at any more
            ended = true;
        } else if (asked == Purpose.STAND) {
            standing.run();
            standstill.stand();
            inbox.release();
        } else {
            cuts.give(subtask, part.cut(number, sources, sinks));
            inbox.release();
        }
        asked = Purpose.NOTHING;
        return true;
    }

    /**
     * Has all subtasks stand still, so that the first, which calls, may do to all what it may do to itself. Called while nothing else is asked for, again and
     * again until they do; {@link #goOn} follows.
     */
    boolean standStill() {
        if (asked == Purpose.NOTHING && !ending) {
            asked = Purpose.STAND;
            team.tellOthers(task -> task.askFor(Purpose.STAND, 0));
        }
        return stands && standstill.areAllThere();
    }

    /** Has all go on. */
    void goOn() {
        asked = Purpose.NOTHING;
        stands = false;
        inbox.release();
        standstill.release();
    }

    /** Says that the loop has ended: nobody waits for the first subtask to do anything any more. */
    void leave() {
        if (subtask == 0) {
            standstill.end();
        }
    }

    /** Whether nothing else may be asked for, since all are to stand still. */
    boolean isStanding() {
        return asked == Purpose.STAND;
    }

    /**
     * Whether no other checkpoint is to be begun, since all subtasks are told to end or will be as soon as none is under way: with a short interval one would
     * follow the other for ever.
     */
    boolean isEnding() {
        return ending || endBegun != 0 || cuts.haveAllFinished();
    }

    /** Whether the job takes checkpoints, for which its subtasks come to a cut also where they end. */
    boolean hasCheckpoints() {
        return part != null;
    }

    /** Whether it has come to the last cut. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * Says that nothing more comes to this subtask. It takes part in what all do until that is so of all, which then end together. Called again and again
     * until they do.
     *
     * @param onTrial whether newcomers are on probation, so that it can't end yet
     */
    void finish(boolean onTrial) {
        if (!finished) {
            finished = true;
            cuts.finished();
        }
        if (subtask == 0 && cuts.haveAllFinished() && !onTrial && mayEndAll()) {
            endAll();
        }
    }

    /** Whether nothing more comes to this subtask. */
    boolean isFinished() {
        return finished;
    }

    private boolean mayEndAll() {
        return !ending && !isStanding() && (checkpoints == null || !checkpoints.isUnderWay());
    }

    private void endAll() {
        ending = true;
        team.tell(task -> task.askFor(Purpose.END, 0));
    }

    /**
     * Has all subtasks end at a cut that they agree on, or after some seconds wherever they are. Called again and again until they do.
     *
     * @param onTrial as for {@link #finish}
     */
    void end(boolean onTrial) {
        if (endBegun == 0) {
            endBegun = System.nanoTime() | 1;
        }
        if (subtask > 0) {
            if (!ending) {
                ending = true;
                team.endEarly();
            }
        } else if (!onTrial && mayEndAll()) {
            endAll();
        } else if (System.nanoTime() - endBegun > END_NANOS) {
            team.tell(SubtaskRun::cancel);
        }
    }

    /** Lets entries leave memory when there are too many; the first subtask's are seen to with its checkpoints. Called while nothing is put off. */
    void makeRoom() {
        if (subtask > 0 && part != null && part.budget().makeRoom()) {
            cuts.request();
        }
    }

    /** Whether nothing may be read before a checkpoint has ended. */
    boolean holdsReading() {
        return subtask > 0 && part != null && (part.budget().isFull() || cuts.areHeld()) && inbox.hasHeardFromAll();
    }

    /**
     * Takes the last checkpoint together with the other subtasks, when all loops have ended; none in a job that takes no checkpoints.
     *
     * @param wanted whether it is to be taken; what the first subtask says counts
     * @return whether all is committed
     */
    boolean commitAtEnd(boolean wanted) throws Exception {
        if (part == null) {
            return wanted;
        }
        if (subtask > 0) {
            long last = team.await(cuts::last);
            if (last == SubtaskCuts.NONE) {
                return false;
            }
            Cut cut = part.cut(last, sources, sinks);
            cuts.give(subtask, cut);
            team.changed();
            CheckpointRun run = team.await(cuts::lastRun);
            part.ended(cut, run);
            return run.failure() == null;
        }
        checkpoints.settle();
        cuts.announceLast(wanted ? checkpoints.nextNumber() : SubtaskCuts.NONE);
        if (!wanted) {
            return false;
        }
        cuts.give(0, part.cut(checkpoints.nextNumber(), sources, sinks));
        cuts.lastEnded(checkpoints.writeLast(team.await(cuts::takeLast)));
        if (checkpoints.isFailing()) {
            throw new TaskException(checkpoints.status().failure().orElse("the last checkpoint failed"), null);
        }
        return true;
    }
}
