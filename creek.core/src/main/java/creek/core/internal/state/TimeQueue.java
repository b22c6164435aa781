package creek.core.internal.state;

import java.util.Arrays;

/** Things that wait for their time, the earliest first, those of one time in order of arrival: a binary heap. Not thread-safe. */
public final class TimeQueue<T> {
    private static final int FIRST_CAPACITY = 64;

    private long[] times = new long[FIRST_CAPACITY];
    private long[] arrivals = new long[FIRST_CAPACITY];
    private Object[] things = new Object[FIRST_CAPACITY];
    private int size;
    private long arrived;

    public int size() {
        return size;
    }

    /** One of them, by its place, from 0, in no order. */
    @SuppressWarnings("unchecked")
    public T get(int place) {
        return (T) things[place];
    }

    /** Adds something, which is kept as it is. */
    public void add(long time, T thing) {
        if (size == things.length) {
            times = Arrays.copyOf(times, 2 * size);
            arrivals = Arrays.copyOf(arrivals, 2 * size);
            things = Arrays.copyOf(things, 2 * size);
        }
        long arrival = arrived++;
        int hole = size++;
        while (hole > 0 && isBefore(time, arrival, hole - 1 >>> 1)) {
            move(hole - 1 >>> 1, hole);
            hole = hole - 1 >>> 1;
        }
        set(hole, time, arrival, thing);
    }

    /** The time of the first, or {@link Long#MAX_VALUE} if there is none. */
    public long firstTime() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** The first; null if there is none. */
    @SuppressWarnings("unchecked")
    public T first() {
        return size == 0 ? null : (T) things[0];
    }

    /** Takes out the first; null if there is none. */
    public T poll() {
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

    /** Gives the first another time; it keeps its place among those of the same time. */
    public void postpone(long time) {
        sink(time, arrivals[0], things[0]);
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
