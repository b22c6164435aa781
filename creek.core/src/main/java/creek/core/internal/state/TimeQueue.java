package creek.core.internal.state;

import java.util.Arrays;

/**
 * Things that wait for their time, the earliest first, those of one time in order of arrival. Those that come in that order cost next to nothing, and little
 * if they come from several places, each in order, as from the subtasks of a parallel job; the others go to a binary heap. Not thread-safe.
 */
public final class TimeQueue<T> {
    private static final int FIRST_CAPACITY = 64;
    private static final int MOST_RUNS = 4;

    private long[] times = new long[FIRST_CAPACITY];
    private long[] arrivals = new long[FIRST_CAPACITY];
    private Object[] things = new Object[FIRST_CAPACITY];
    private int size;
    /** One more whenever something fits into none, up to a few. */
    private Run[] runs = {new Run()};
    /** The run that begins with the earliest; an empty one if all are. */
    private Run first = runs[0];
    private int inOrder;
    private long arrived;

    /** Things in order, in a ring. */
    private static final class Run {
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

        /** Of two that are not empty. */
        boolean beginsBefore(Run other) {
            long time = times[head];
            long otherTime = other.times[other.head];
            return time < otherTime || time == otherTime && arrivals[head] < other.arrivals[other.head];
        }

        Object poll() {
            Object thing = things[head];
            things[head] = null;
            head = slot(1);
            size--;
            return thing;
        }
    }

    public int size() {
        return size + inOrder;
    }

    /** One of them, by its place, from 0, in no order. */
    @SuppressWarnings("unchecked")
    public T get(int place) {
        if (place < size) {
            return (T) things[place];
        }
        int left = place - size;
        int i = 0;
        while (left >= runs[i].size) {
            left -= runs[i++].size;
        }
        return (T) runs[i].things[runs[i].slot(left)];
    }

    /** Adds something, which is kept as it is. */
    public void add(long time, T thing) {
        add(time, arrived++, thing);
    }

    private void add(long time, long arrival, Object thing) {
        for (Run run : runs) {
            if (run.takes(time, arrival)) {
                addInOrder(run, time, arrival, thing);
                return;
            }
        }
        if (runs.length < MOST_RUNS) {
            runs = Arrays.copyOf(runs, runs.length + 1);
            runs[runs.length - 1] = new Run();
            addInOrder(runs[runs.length - 1], time, arrival, thing);
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

    private void addInOrder(Run run, long time, long arrival, Object thing) {
        run.add(time, arrival, thing);
        inOrder++;
        if (run.size == 1) {
            findFirst();
        }
    }

    private void findFirst() {
        for (Run run : runs) {
            if (first.size == 0 || run.size > 0 && run.beginsBefore(first)) {
                first = run;
            }
        }
    }

    private Object pollInOrder() {
        Object thing = first.poll();
        inOrder--;
        findFirst();
        return thing;
    }

    /** Whether the first is of those in order. */
    private boolean isFirstInOrder() {
        return first.size > 0 && (size == 0 || isBefore(first.times[first.head], first.arrivals[first.head], 0));
    }

    /** The time of the first, or {@link Long#MAX_VALUE} if there is none. */
    public long firstTime() {
        if (isFirstInOrder()) {
            return first.times[first.head];
        }
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** The first; null if there is none. */
    @SuppressWarnings("unchecked")
    public T first() {
        if (isFirstInOrder()) {
            return (T) first.things[first.head];
        }
        return size == 0 ? null : (T) things[0];
    }

    /** Takes out the first; null if there is none. */
    @SuppressWarnings("unchecked")
    public T poll() {
        if (isFirstInOrder()) {
            return (T) pollInOrder();
        }
        T earliest = first();
        if (earliest != null) {
            int last = --size;
            Object thing = things[last];
            things[last] = null;
            if (last > 0) {
                sink(times[last], arrivals[last], thing);
            }
        }
        return earliest;
    }

    /** Gives the first another time, not before the one it has; it keeps its place among those of the same time. */
    public void postpone(long time) {
        if (isFirstInOrder()) {
            long arrival = first.arrivals[first.head];
            add(time, arrival, pollInOrder());
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
