package creek.core.internal.exchange;

import creek.core.data.Row;
import creek.core.data.RowBuffer;
import java.util.Arrays;

/**
 * Copies of rows on their way from one subtask to another, each with the watermark that was reached before it, and what comes behind the last of them. It is
 * filled by one subtask, handed over, emptied by the other and given back to be filled again.
 */
final class Batch {
    /** What stands at the end of a batch. */
    enum Mark {
        NONE,
        /** The sender stops here until all subtasks have taken a checkpoint. */
        BARRIER,
        /** Nothing more comes. */
        END
    }

    private static final int ROWS = 256;
    /** Strings of so many bytes make a batch full. */
    private static final int MOST_BYTES = 64 << 10;

    private final RowBuffer rows = new RowBuffer();
    private long[] watermarks = new long[ROWS];
    private long watermark;
    private boolean idle;
    private Mark mark = Mark.NONE;

    void add(Row row, long reached) {
        int size = rows.size();
        if (size == watermarks.length) {
            // what an operator emits in one step comes although the queue is full
            watermarks = Arrays.copyOf(watermarks, 2 * size);
        }
        rows.add(row);
        watermarks[size] = reached;
    }

    boolean isFull() {
        return rows.size() >= ROWS || rows.textSize() >= MOST_BYTES;
    }

    boolean isEmpty() {
        return rows.size() == 0;
    }

    /** Says what has been reached behind the last row. */
    void close(long reached, boolean isIdle, Mark end) {
        watermark = reached;
        idle = isIdle;
        mark = end;
    }

    int size() {
        return rows.size();
    }

    /** A row that {@link #get} can set; null if there are none. */
    Row newRow() {
        return rows.size() == 0 ? null : new Row(rows.arity());
    }

    /** Sets a row to one of these; its strings point into the batch. */
    void get(int i, Row row) {
        rows.get(i, row);
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

    Mark mark() {
        return mark;
    }

    /** Whether it takes so little memory that it is worth to be filled again. */
    boolean isSmall() {
        return watermarks.length == ROWS && rows.textSize() < 2 * MOST_BYTES;
    }

    void clear() {
        rows.clear();
        mark = Mark.NONE;
    }
}
