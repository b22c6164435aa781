package creek.core.internal.state;

import java.util.Arrays;

/**
 * Things that wait for their time, the earliest first, those of one time in order of arrival. Those that come in that order cost next to nothing; the
 * others go to a binary heap. Not thread-safe.
 */
public final class TimeQueue<T> {
    private static final int FIRST_CAPACITY = 64;

    private long[] times = new long[FIRST_CAPACITY];
    private long[] arrivals = new long[FIRST_CAPACITY];
    private Object[] things = new Object[FIRST_CAPACITY];
    private int size;
    private final Run<T> run = new Run<>();
    private long arrived;

    /** Things in order, in a ring. */
    private static final class Run<T> {
        private long[] times = new long[FIRST_CAPACITY];
        private long[] arrivals = new long[FIRST_CAPACITY];
        private Object[] things = new Object[FIRST_CAPACITY];
        private int head;
        private int size;

        private int slot(int place) {
            return head + place & times.length - 1;
        }

        boolean takes(long time, long arrival) {
            if (size == 0) {
                return true;
            }
            int last = slot(size - 1);
            return time > times[last] || time == times[last] && arrival > arrivals[last];
        }

        void add(long time, long arrival, Object thing) {
            if (size == times.length) {
                grow();
            }
            set(slot(size++), time, arrival, thing);
        }

        private void set(int slot, long time, long arrival, Object thing) {
            times[slot] = time;
            arrivals[slot] = arrival;
            things[slot] = thing;
        }

        private void grow() {
            times = unrolled(times, new long[2 * size]);
            arrivals = unrolled(arrivals, new long[2 * size]);
            things = unrolled(things, new Object[2 * size]);
            head = 0;
        }

        private <A> A unrolled(A ring, A target) {
            System.arraycopy(ring, head, target, 0, size - head);
            System.arraycopy(ring, 0, target, size - head, head);
            return target;
        }

        Object poll() {
            Object first = things[head];
            things[head] = null;
            head = slot(1);
            size--;
            return first;
        }
    }

    public int size() {
        return size + run.size;
    }

    /** One of them, by its place, from 0, in no order. */
    @SuppressWarnings("unchecked")
    public T get(int place) {
        return (T) (place < size ? things[place] : run.things[run.slot(place - size)]);
    }

    /** Adds something, which is kept as it is. */
    public void add(long time, T thing) {
        add(time, arrived++, thing);
    }

    private void add(long time, long arrival, Object thing) {
        if (run.takes(time, arrival)) {
            run.add(time, arrival, thing);
            return;
        }
        if (size == things.length) {
            times = Arrays.copyOf(times, 2 * size);
            arrivals = Arrays.copyOf(arrivals, 2 * size);
            things = Arrays.copyOf(things, 2 * size);
        }
        int hole = size++;
        while (hole > 0 && isBefore(time, arrival, hole - 1 >>> 1)) {
            move(hole - 1 >>> 1, hole);
            hole = hole - 1 >>> 1;
        }
        set(hole, time, arrival, thing);
    }

    /** Whether the first is of those in order. */
    private boolean isFirstInOrder() {
        return run.size > 0 && (size == 0 || isBefore(run.times[run.head], run.arrivals[run.head], 0));
    }

    /** The time of the first, or {@link Long#MAX_VALUE} if there is none. */
    public long firstTime() {
        if (isFirstInOrder()) {
            return run.times[run.head];
        }
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** The first; null if there is none. */
    @SuppressWarnings("unchecked")
    public T first() {
        if (isFirstInOrder()) {
            return (T) run.things[run.head];
        }
        return size == 0 ? null : (T) things[0];
    }

    /** Takes out the first; null if there is none. */
    @SuppressWarnings("unchecked")
    public T poll() {
        if (isFirstInOrder()) {
            return (T) run.poll();
        }
        T first = first();
        if (first != null) {
            int last = --size;
            Object thing = things[last];
            things[last] = null;
            if (last > 0) {
                sink(times[last], arrivals[last], thing);
            }
        }
        return first;
    }

    /** Gives the first another time, not before the one it has; it keeps its place among those of the same time. */
    public void postpone(long time) {
        if (isFirstInOrder()) {
            long arrival = run.arrivals[run.head];
            add(time, arrival, run.poll());
        } else {
            sink(time, arrivals[0], things[0]);
        }
    }

    private void sink(long time, long arrival, Object thing) {
        int hole = 0;
        for (int child = 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && isBefore(times[child + 1], arrivals[child + 1], child)) {
                child++;
            }
            if (isBefore(time, arrival, child)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        set(hole, time, arrival, thing);
    }

    private boolean isBefore(long time, long arrival, int other) {
        return time < times[other] || time == times[other] && arrival < arrivals[other];
    }

    private void move(int from, int to) {
        set(to, times[from], arrivals[from], things[from]);
    }

    private void set(int place, long time, long arrival, Object thing) {
        times[place] = time;
        arrivals[place] = arrival;
        things[place] = thing;
    }
}
