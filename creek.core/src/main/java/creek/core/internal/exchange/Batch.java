package creek.core.internal.exchange;

import creek.core.data.Row;
import java.util.Arrays;

/**
 * Rows on their way from one subtask to another, each with the watermark that was reached before it, and what comes behind the last of them. It is
 * filled by one subtask, handed over, emptied by the other and given back to be filled again; rows are copied into it, and stay there.
 */
final class Batch {
    private static final int ROWS = 512;
    /** Strings of so many bytes make a batch full. */
    private static final int MOST_BYTES = 64 << 10;

    private Row[] rows = new Row[ROWS];
    private long[] watermarks = new long[ROWS];
    private int size;
    private int bytes;
    private long watermark;
    private boolean idle;
    private boolean last;

    void add(Row row, long reached) {
        if (size == rows.length) {
            // what an operator emits in one step comes although the queue is full
            rows = Arrays.copyOf(rows, 2 * size);
            watermarks = Arrays.copyOf(watermarks, 2 * size);
        }
        Row copy = rows[size];
        if (copy == null || copy.arity() != row.arity()) {
            copy = new Row(row.arity());
            rows[size] = copy;
        }
        bytes += copy.keepFrom(row);
        watermarks[size++] = reached;
    }

    boolean isFull() {
        return size >= ROWS || bytes >= MOST_BYTES;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Says what has been reached behind the last row. */
    void close(long reached, boolean isIdle, boolean isLast) {
        watermark = reached;
        idle = isIdle;
        last = isLast;
    }

    int size() {
        return size;
    }

    Row row(int i) {
        return rows[i];
    }

    /** The watermark that was reached before a row. */
    long watermark(int i) {
        return watermarks[i];
    }

    /** The watermark that was reached behind the last row. */
    long watermark() {
        return watermark;
    }

    boolean isIdle() {
        return idle;
    }

    /** Whether nothing more comes behind it. */
    boolean isLast() {
        return last;
    }

    /** Whether it takes so little memory that it is worth to be filled again. */
    boolean isSmall() {
        return rows.length == ROWS && bytes < 2 * MOST_BYTES;
    }

    void clear() {
        size = 0;
        bytes = 0;
        last = false;
    }
}
