package creek.core.internal.state;

import java.util.Arrays;

/** Serialized rows in the order of their times, equal times in the order of arrival; cheap where rows come nearly in order. */
public final class TimedRows {
    private long[] times = new long[2];
    private byte[][] rows = new byte[2][];
    private boolean[] marks = new boolean[2];
    private int from;
    private int to;

    public int size() {
        return to - from;
    }

    public long time(int i) {
        return times[from + i];
    }

    /** The row, as it was added. */
    public byte[] row(int i) {
        return rows[from + i];
    }

    /** Whether the row was {@linkplain #mark marked}. */
    public boolean isMarked(int i) {
        return marks[from + i];
    }

    public void mark(int i) {
        marks[from + i] = true;
    }

    /** The number of rows whose times lie before that one. */
    public int before(long time) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = low + high >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - from;
    }

    public void add(long time, byte[] row, boolean marked) {
        if (to == times.length) {
            makeRoom();
        }
        int place = to++;
        for (; place > from && times[place - 1] > time; place--) {
            times[place] = times[place - 1];
            rows[place] = rows[place - 1];
            marks[place] = marks[place - 1];
        }
        times[place] = time;
        rows[place] = row;
        marks[place] = marked;
    }

    /** Removes the first rows. */
    public void removeFirst(int count) {
        Arrays.fill(rows, from, from + count, null);
        from += count;
        if (from == to) {
            from = 0;
            to = 0;
        }
    }

    private void makeRoom() {
        int size = size();
        int capacity = 2 * size > times.length ? 2 * times.length : times.length;
        long[] newTimes = new long[capacity];
        byte[][] newRows = new byte[capacity][];
        boolean[] newMarks = new boolean[capacity];
        System.arraycopy(times, from, newTimes, 0, size);
        System.arraycopy(rows, from, newRows, 0, size);
        System.arraycopy(marks, from, newMarks, 0, size);
        times = newTimes;
        rows = newRows;
        marks = newMarks;
        from = 0;
        to = size;
    }
}
