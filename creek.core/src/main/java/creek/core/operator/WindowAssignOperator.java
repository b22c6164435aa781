package creek.core.operator;

import creek.core.data.Row;
import java.util.Objects;

/**
 * Appends {@code window_start}, {@code window_end} and {@code window_time} to each row, once for each window that it belongs to, the last one first: a window
 * table-valued function without aggregation. Rows without a time are dropped and counted as late.
 */
public final class WindowAssignOperator extends Operator {
    private final Windows windows;
    private final ZoneShift zone;
    private final int arity;
    private final Row out;

    /** @param arity number of columns of the rows that come */
    public WindowAssignOperator(Windows windows, int arity) {
        this.windows = Objects.requireNonNull(windows, "windows");
        this.zone = new ZoneShift(windows.zone());
        this.arity = arity;
        this.out = new Row(arity + 3);
    }

    @Override
    public void process(Row row) throws Exception {
        if (windows.isEventTime() && row.isNullAt(windows.timeColumn())) {
            context.countLate();
            return;
        }
        long time = windows.isEventTime() ? row.getLong(windows.timeColumn()) : context.clock().millis();
        for (int i = 0; i < arity; i++) {
            out.setFrom(i, row, i);
        }
        out.setKind(row.kind());
        long local = zone.toLocal(time);
        for (long end = windows.lastWindowEndOf(local); end > local; end -= windows.interval()) {
            out.setLong(arity, windows.windowStart(end));
            out.setLong(arity + 1, end);
            out.setLong(arity + 2, zone.toEpoch(end - 1));
            output.process(out);
        }
    }

    @Override
    public String toString() {
        return windows + " assign";
    }
}
