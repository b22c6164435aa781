package creek.core.internal.task;

import creek.core.internal.exchange.Inbox;
import creek.core.internal.task.CheckpointPart.Cut;

/**
 * What one subtask does for the checkpoints of a parallel job: when it is asked to, it stops reading, tells the others where by barriers in what it sends
 * them, takes what they have sent before theirs, and cuts. On the subtask's thread.
 */
final class Alignment {
    private static final long END_NANOS = 5_000_000_000L;

    private final int subtask;
    private final Team team;
    /** Of the first subtask; null in others. */
    private final Checkpoints checkpoints;
    private final SubtaskCuts cuts;
    private final CheckpointPart part;
    private final Inbox inbox;
    private final SourceDriver[] sources;
    private final SinkDriver[] sinks;

    private boolean isAsked;
    private long number;
    private boolean isLast;
    private boolean finished;
    private boolean ended;
    private boolean ending;
    private long endBegun;

    Alignment(int subtask, Team team, Checkpoints checkpoints, SubtaskCuts cuts, CheckpointPart part, Inbox inbox, SourceDriver[] sources,
            SinkDriver[] sinks) {
        this.subtask = subtask;
        this.team = team;
        this.checkpoints = checkpoints;
        this.cuts = cuts;
        this.part = part;
        this.inbox = inbox;
        this.sources = sources;
        this.sinks = sinks;
    }

    /**
     * Has the subtask come to the cut of a checkpoint.
     *
     * @param last whether it is to end there, instead; the last cut is made when all have
     */
    void ask(long checkpoint, boolean last) {
        isAsked = true;
        number = checkpoint;
        isLast = last;
        ending |= last;
    }

    boolean isAsked() {
        return isAsked && inbox.hasHeardFromAll();
    }

    /**
     * Comes nearer to the cut. Called at a record boundary while nothing is put off.
     *
     * @return whether it is made
     */
    boolean advance() throws Exception {
        if (!inbox.align()) {
            return false;
        }
        if (isLast) {
            // what stands in the queues is not looked at any more
            ended = true;
        } else {
            cuts.give(subtask, part.cut(number, sources, sinks));
            inbox.release();
        }
        isAsked = false;
        return true;
    }

    /**
     * Whether no other checkpoint is to be begun, since all subtasks are told to end or will be as soon as none is under way: with a short interval one would
     * follow the other for ever.
     */
    boolean isEnding() {
        return ending || endBegun != 0 || cuts.haveAllFinished();
    }

    /** Whether it has come to the last cut. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * Says that nothing more comes to this subtask. It takes part in checkpoints until that is so of all, which then end together. Called again and again
     * until they do.
     */
    void finish() {
        if (!finished) {
            finished = true;
            cuts.finished();
        }
        if (subtask == 0 && !ending && cuts.haveAllFinished() && !checkpoints.isUnderWay()) {
            endAll();
        }
    }

    /** Whether nothing more comes to this subtask. */
    boolean isFinished() {
        return finished;
    }

    private void endAll() {
        ending = true;
        cuts.ask(0, true);
    }

    /** Has all subtasks end at a cut that they agree on, or after some seconds wherever they are. Called again and again until they do. */
    void end() {
        if (endBegun == 0) {
            endBegun = System.nanoTime() | 1;
        }
        if (subtask > 0) {
            if (!ending) {
                ending = true;
                team.endEarly();
            }
        } else if (!ending && !checkpoints.isUnderWay()) {
            endAll();
        } else if (System.nanoTime() - endBegun > END_NANOS) {
            team.tell(Task::cancelOne);
        }
    }

    /** Lets entries leave memory when there are too many; the first subtask's are seen to with its checkpoints. Called while nothing is put off. */
    void makeRoom() {
        if (subtask > 0 && part.budget().makeRoom()) {
            cuts.request();
        }
    }

    /** Whether nothing may be read before a checkpoint has ended. */
    boolean holdsReading() {
        return subtask > 0 && (part.budget().isFull() || cuts.areHeld()) && inbox.hasHeardFromAll();
    }

    /**
     * Takes the last checkpoint together with the other subtasks, when all loops have ended.
     *
     * @param wanted whether it is to be taken; what the first subtask says counts
     * @return whether all is committed
     */
    boolean commitAtEnd(boolean wanted) throws Exception {
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
