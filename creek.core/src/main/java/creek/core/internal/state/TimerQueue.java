package creek.core.internal.state;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Things in the order of their times. Those that are added in that order cost next to nothing; the others go to a heap. */
public final class TimerQueue<T> {
    private record Late<T>(long time, T thing) {
    }

    private final ExpiryQueue<T> inOrder = new ExpiryQueue<>();
    private final PriorityQueue<Late<T>> others = new PriorityQueue<>(Comparator.comparingLong(Late::time));
    /** The latest time in the queue of those in order. */
    private long last = Long.MIN_VALUE;

    public void add(long time, T thing) {
        if (time >= last || inOrder.isEmpty()) {
            last = time;
            inOrder.add(time, thing);
        } else {
            others.add(new Late<>(time, thing));
        }
    }

    /** The earliest time; {@link Long#MAX_VALUE} if there is nothing. */
    public long firstTime() {
        long first = inOrder.isEmpty() ? Long.MAX_VALUE : inOrder.firstTime();
        return others.isEmpty() ? first : Math.min(first, others.peek().time);
    }

    /** Removes what has the earliest time; null if there is nothing. */
    public T poll() {
        boolean isInOrder = others.isEmpty() || !inOrder.isEmpty() && inOrder.firstTime() <= others.peek().time;
        return !isInOrder ? others.remove().thing : inOrder.isEmpty() ? null : inOrder.poll();
    }
}
