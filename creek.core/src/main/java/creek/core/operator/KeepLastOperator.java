package creek.core.operator;

import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.internal.state.LastRow;

/** Keeps the last row of each key, by a time column or by arrival: each later row updates the one before. */
public final class KeepLastOperator extends LastRowsOperator {
    private final int timeColumn;
    private final boolean eventTime;
    private final boolean updateBefore;

    /**
     * @param schema       the columns of the rows
     * @param timeColumn   the time attribute that decides
     * @param eventTime    whether it is one of event time, a later arrival winning among equals; otherwise the order of arrival decides, and a
     *                     row that is as the one before gives nothing
     * @param updateBefore whether {@code -U} rows are wanted
     */
    public KeepLastOperator(Schema schema, KeySelector keys, int timeColumn, boolean eventTime, boolean updateBefore) {
        super(schema, keys, eventTime);
        this.timeColumn = timeColumn;
        this.eventTime = eventTime;
        this.updateBefore = updateBefore;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        kept.keep(newContext, "last", form(eventTime ? "time" : "last"));
    }

    @Override
    public void process(Row row) throws Exception {
        long time = eventTime ? eventTime(row, timeColumn) : 0;
        LastRow last = find(row);
        if (last == null) {
            keep(row, time, null);
            pass(row, RowKind.INSERT);
        } else if (time >= last.time() && (limited || eventTime || !isSame(row, last))) {
            if (updateBefore) {
                emit(last, RowKind.UPDATE_BEFORE);
            }
            keep(row, time, last);
            pass(row, RowKind.UPDATE_AFTER);
        }
    }

    /** Whether a row is as the one before, but for when it came. */
    private boolean isSame(Row row, LastRow last) {
        read(last).setFrom(timeColumn, row, timeColumn);
        return out.equals(row);
    }

    private void keep(Row row, long time, LastRow last) {
        kept.pack(row, time);
        kept.put(key, last);
    }

    @Override
    public String toString() {
        return "keep last";
    }
}
