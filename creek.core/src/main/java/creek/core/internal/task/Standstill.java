package creek.core.internal.task;

/**
 * Where the subtasks of a parallel job wait at a common cut, while the first one alone does something to all of them: nothing is on its way between them
 * then. Thread-safe.
 */
final class Standstill {
    private final Team team;
    private final int others;
    private int arrived;
    private long released;
    private boolean isOver;

    /** @param parallelism number of subtasks, the first included */
    Standstill(Team team, int parallelism) {
        this.team = team;
        others = parallelism - 1;
    }

    /** Waits, on the thread of a subtask other than the first, until that has done what it wants. */
    void stand() throws Exception {
        long before;
        synchronized (this) {
            arrived++;
            before = released;
        }
        team.wakeFirst();
        team.await(() -> isReleased(before) ? Boolean.TRUE : null);
    }

    private synchronized boolean isReleased(long before) {
        return isOver || released > before;
    }

    /** Whether all others stand. */
    synchronized boolean areAllThere() {
        return arrived == others;
    }

    /** Lets them go on. */
    void release() {
        synchronized (this) {
            arrived = 0;
            released++;
        }
        team.changed();
    }

    /** Lets everybody go on from now on: the first subtask does nothing any more. */
    void end() {
        synchronized (this) {
            isOver = true;
        }
        team.changed();
    }
}
