package creek.core.operator;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Groups of windows to look at again at some processing time, in order of the times, equal times in the order in which they were set. */
final class PaneTimers {
    record Timer(long time, long number, WindowPane.Group group) {
    }

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::time).thenComparingLong(Timer::number));
    private long number;

    void set(WindowPane.Group group, long time) {
        group.timer = time;
        group.timerNumber = number++;
        timers.add(new Timer(time, group.timerNumber, group));
    }

    /** Sets a group's timer as it was. */
    void restore(WindowPane.Group group) {
        if (group.timer != WindowPane.NO_TIMER) {
            number = Math.max(number, group.timerNumber + 1);
            timers.add(new Timer(group.timer, group.timerNumber, group));
        }
    }

    /** The time of the first timer, or {@link Long#MAX_VALUE}. */
    long next() {
        return timers.isEmpty() ? Long.MAX_VALUE : timers.peek().time;
    }

    Timer poll() {
        return timers.remove();
    }
}
