package creek.core.internal.state;

import creek.core.data.BinaryWriter;
import java.util.Arrays;

/** Serialized rows in the order of their times, equal times in the order of arrival; cheap where rows come nearly in order. */
public final class TimedRows {
    private final TimedGroup owner;
    /** Most keys have one row. */
    private long[] times = new long[1];
    private byte[][] rows = new byte[1][];
    /** Null until a row is marked. */
    private boolean[] marks;
    /** Null if no checkpoint takes the rows. */
    private long[] parts;
    private int[] changed;
    private int from;
    private int to;

    TimedRows(TimedGroup owner) {
        this.owner = owner;
        if (owner.log() != null) {
            parts = new long[1];
            changed = new int[1];
        }
    }

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
        return marks != null && marks[from + i];
    }

    public void mark(int i) {
        if (!isMarked(i)) {
            setMark(from + i);
            if (changed != null) {
                changed[from + i] = owner.epoch();
            }
        }
    }

    private void setMark(int place) {
        if (marks == null) {
            marks = new boolean[times.length];
        }
        marks[place] = true;
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

    void add(long time, byte[] row, boolean marked, long part, int epoch) {
        if (to == times.length) {
            makeRoom();
        }
        int place = to++;
        while (place > from && times[place - 1] > time) {
            place--;
        }
        if (place < to - 1) {
            int behind = to - 1 - place;
            System.arraycopy(times, place, times, place + 1, behind);
            System.arraycopy(rows, place, rows, place + 1, behind);
            if (marks != null) {
                System.arraycopy(marks, place, marks, place + 1, behind);
            }
            if (parts != null) {
                System.arraycopy(parts, place, parts, place + 1, behind);
                System.arraycopy(changed, place, changed, place + 1, behind);
            }
        }
        times[place] = time;
        rows[place] = row;
        if (marked) {
            setMark(place);
        } else if (marks != null) {
            marks[place] = false;
        }
        if (parts != null) {
            parts[place] = part;
            changed[place] = epoch;
        }
    }

    /** Removes the first rows. */
    public void removeFirst(int count) {
        for (int i = from; parts != null && i < from + count; i++) {
            owner.log().remove(parts[i], owner.epoch());
        }
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
        times = moved(times, new long[capacity]);
        rows = moved(rows, new byte[capacity][]);
        marks = marks == null ? null : moved(marks, new boolean[capacity]);
        if (parts != null) {
            parts = moved(parts, new long[capacity]);
            changed = moved(changed, new int[capacity]);
        }
        from = 0;
        to = size;
    }

    private <A> A moved(A old, A target) {
        System.arraycopy(old, from, target, 0, to - from);
        return target;
    }

    /** Writes the rows that changed: the side, whether it is marked, the time, the row. */
    void write(int side, PartWriter output) {
        for (int i = from; i < to; i++) {
            if (output.includes(changed[i])) {
                BinaryWriter value = output.value();
                value.writeByte(side);
                value.writeBoolean(isMarked(i - from));
                value.writeLong(times[i]);
                value.writeRaw(rows[i], 0, rows[i].length);
                output.put(parts[i]);
            }
        }
    }
}
