package creek.core.internal.over;

import creek.core.data.Row;
import java.util.Arrays;

/** Rows that wait for their time, the earliest first, those of one time in order of arrival: a binary heap. Not thread-safe. */
final class TimeOrderedRows {
    private static final int FIRST_CAPACITY = 64;

    private long[] times = new long[FIRST_CAPACITY];
    private long[] arrivals = new long[FIRST_CAPACITY];
    private Row[] rows = new Row[FIRST_CAPACITY];
    private int size;
    private long arrived;

    int size() {
        return size;
    }

    /** Adds a row, which is kept as it is. */
    void add(long time, Row row) {
        if (size == rows.length) {
            times = Arrays.copyOf(times, 2 * size);
            arrivals = Arrays.copyOf(arrivals, 2 * size);
            rows = Arrays.copyOf(rows, 2 * size);
        }
        long arrival = arrived++;
        int hole = size++;
        while (hole > 0 && isBefore(time, arrival, hole - 1 >>> 1)) {
            move(hole - 1 >>> 1, hole);
            hole = hole - 1 >>> 1;
        }
        set(hole, time, arrival, row);
    }

    /** The time of the first row, or {@link Long#MAX_VALUE} if there is none. */
    long firstTime() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** Takes out the first row; null if there is none. */
    Row poll() {
        if (size == 0) {
            return null;
        }
        Row first = rows[0];
        int last = --size;
        long time = times[last];
        long arrival = arrivals[last];
        Row row = rows[last];
        rows[last] = null;
        if (last > 0) {
            int hole = 0;
            for (int child = 1; child < last; child = 2 * hole + 1) {
                if (child + 1 < last && isBefore(times[child + 1], arrivals[child + 1], child)) {
                    child++;
                }
                if (isBefore(time, arrival, child)) {
                    break;
                }
                move(child, hole);
                hole = child;
            }
            set(hole, time, arrival, row);
        }
        return first;
    }

    private boolean isBefore(long time, long arrival, int other) {
        return time < times[other] || time == times[other] && arrival < arrivals[other];
    }

    private void move(int from, int to) {
        set(to, times[from], arrivals[from], rows[from]);
    }

    private void set(int place, long time, long arrival, Row row) {
        times[place] = time;
        arrivals[place] = arrival;
        rows[place] = row;
    }
}
