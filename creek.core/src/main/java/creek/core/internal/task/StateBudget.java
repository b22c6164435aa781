package creek.core.internal.task;

import creek.core.internal.state.TaskState;

/**
 * Keeps the state in memory within its budget: has entries leave memory that the store has, and says when only a checkpoint helps. The same for the number
 * of changed entries, by which the time goes that a checkpoint holds up the job.
 */
final class StateBudget {
    /** The first checkpoint copies with code that has never run, at a tenth of the speed: it comes after so many changes, the next after four times that. */
    private static final int FIRST_CHANGES = 4096;

    private final TaskState state;
    private final long bytes;
    private final int changes;
    private int changesUntilNext;
    /** Bytes that stay in memory whatever checkpoints are taken, since something refers to them: they must not hold reading for ever. */
    private long pinnedBytes;
    private boolean heldFromBegin;
    private boolean isFull;
    /** A checkpoint has come to its end since room was made. */
    private boolean mayLeave;
    /** Nothing more can leave memory before a checkpoint is complete. */
    private boolean evictedAll;

    /**
     * @param bytes   of memory for what could leave it
     * @param changes how many entries may have changed until a checkpoint is to be taken; twice as many while one is being written
     */
    StateBudget(TaskState state, long bytes, int changes) {
        this.state = state;
        this.bytes = bytes;
        this.changes = changes;
        this.changesUntilNext = changes == Integer.MAX_VALUE ? changes : Math.min(FIRST_CHANGES, changes);
    }

    /**
     * Lets entries leave memory when there are too many. Called while nothing is put off, since what goes on later may refer to entries.
     *
     * @return whether that is not enough, so that a checkpoint is to be taken
     */
    boolean makeRoom() {
        long used = state.evictableBytes();
        if (mayLeave) {
            mayLeave = false;
            evictedAll = false;
            used = checkPinned(used);
        }
        long over = used - bytes - pinnedBytes;
        if (over > 0 && !evictedAll) {
            evictedAll = state.evict(over + bytes / 16) < over;
            used = state.evictableBytes();
        }
        isFull = used > bytes + pinnedBytes + bytes / 4;
        return over > 0 && evictedAll || state.changes() > changesUntilNext;
    }

    /** After a checkpoint is complete: if nothing was read while it was written, what is still too much will never leave memory. */
    private long checkPinned(long used) {
        long over = used - bytes;
        if (over <= 0 || !heldFromBegin && pinnedBytes == 0) {
            return used;
        }
        state.evict(over + bytes / 16);
        long left = state.evictableBytes();
        over = Math.max(0, left - bytes);
        pinnedBytes = heldFromBegin ? over : Math.min(pinnedBytes, over);
        return left;
    }

    /** Whether no more state may come into memory before a checkpoint lets some leave it, or no more of it change before one takes that. */
    boolean isFull() {
        return isFull || state.changes() / 2 > changes;
    }

    void checkpointBegins() {
        changesUntilNext = (int) Math.min(changes, 4L * changesUntilNext);
        heldFromBegin = isFull;
    }

    void checkpointIsComplete() {
        mayLeave = true;
    }
}
