package creek.sql.internal.plan;

import creek.sql.internal.SqlError;
import creek.sql.internal.type.TimeAttributeType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;

/**
 * How a window function cuts time.
 *
 * @param kind       the function
 * @param timeColumn place of the time attribute in the input
 * @param timeType   its type, a {@link TimeAttributeType}
 * @param size       length of a window, of the longest one for CUMULATE, of the gap for SESSION; milliseconds, as all that follows
 * @param step       from one window to the next: HOP's slide, CUMULATE's step; the size for TUMBLE and SESSION
 * @param offset      how far windows are off the full multiples
 * @param partitionBy places of the columns that sessions are partitioned by; else none
 * @param isAttached  whether rows are in one window already, whose end is their time column
 * @param isGrouped   whether it is of the older form, {@code GROUP BY TUMBLE(...)}, which can emit early and late
 */
public record WindowSpec(Kind kind, int timeColumn, RelDataType timeType, long size, long step, long offset, List<Integer> partitionBy,
        boolean isAttached, boolean isGrouped) {
    /** The window functions that the engine has operators for. */
    public enum Kind { TUMBLE, HOP, CUMULATE, SESSION }

    /**
     * Checks what Flink checks.
     *
     * @throws SqlError if the windows can't be made
     */
    public WindowSpec {
        if (!(timeType instanceof TimeAttributeType)) {
            throw SqlError.invalid("The window function requires the timecol is a time attribute type, but is " + timeType
                    + "; give the table a WATERMARK for the column");
        }
        if (size <= 0 || step <= 0) {
            throw SqlError.invalid(kind + " needs intervals longer than zero, but got " + size + " ms" + (size == step ? "" : " and " + step + " ms"));
        }
        if (kind == Kind.CUMULATE && size % step != 0) {
            throw SqlError.invalid("CUMULATE table function based aggregate requires maxSize must be an integral multiple of step, but got maxSize "
                    + size + " ms and step " + step + " ms");
        }
        if (kind == Kind.TUMBLE && Math.abs(offset) >= size) {
            throw SqlError.invalid("TUMBLE table function parameters must satisfy abs(offset) < size, but got size " + size + " ms and offset "
                    + offset + " ms");
        }
    }

    /**
     * Checks that windows can be cut into slices, which their aggregation needs.
     *
     * @throws SqlError if they can't
     */
    void requireSlices() {
        if (!isSliced()) {
            throw SqlError.unsupported("HOP table function based aggregate requires size must be an integral multiple of slide, but got size "
                    + size + " ms and slide " + step + " ms");
        }
    }

    /** Windows that are not partitioned. */
    public WindowSpec(Kind kind, int timeColumn, RelDataType timeType, long size, long step, long offset) {
        this(kind, timeColumn, timeType, size, step, offset, List.of(), false, false);
    }

    /** The same over an input that has the columns elsewhere. */
    public WindowSpec withColumns(int newTimeColumn, List<Integer> newPartitionBy) {
        return new WindowSpec(kind, newTimeColumn, timeType, size, step, offset, newPartitionBy, isAttached, isGrouped);
    }

    /** The same for rows that have their window. */
    public WindowSpec attached() {
        return new WindowSpec(kind, timeColumn, timeType, size, step, offset, partitionBy, true, false);
    }

    /** The same in the older form. */
    public WindowSpec grouped() {
        return new WindowSpec(kind, timeColumn, timeType, size, step, offset, partitionBy, isAttached, true);
    }

    /** Whether each slice of time ends where a window ends. */
    public boolean isSliced() {
        return kind != Kind.HOP || size % step == 0;
    }

    /** Whether windows close by watermarks, rather than by the clock. */
    public boolean isEventTime() {
        return TimeAttributeType.isRowtime(timeType);
    }

    /** The windows in a plan. */
    public String describe(String timeColumnName) {
        return (isAttached ? "attached " : "") + kind + "(" + timeColumnName + (size == step ? "" : ", " + step + " ms") + ", " + size + " ms"
                + (offset == 0 ? "" : ", offset " + offset + " ms") + ")";
    }
}
