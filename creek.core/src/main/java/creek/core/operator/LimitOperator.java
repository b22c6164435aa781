package creek.core.operator;

import creek.core.data.Row;
import creek.core.internal.state.StateCell;

/** LIMIT and OFFSET without an order, on rows that are only inserted: leaves out the first rows and lets a number of them pass. */
public final class LimitOperator extends Operator {
    private final long offset;
    private final long end;
    private long seen;

    /** @param fetch how many rows pass; {@link Long#MAX_VALUE} for all */
    public LimitOperator(long offset, long fetch) {
        if (offset < 0 || fetch < 0) {
            throw new IllegalArgumentException("OFFSET and FETCH can't be negative: " + offset + ", " + fetch);
        }
        this.offset = offset;
        this.end = fetch > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + fetch;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        StateCell.keep(newContext, "rows", "number of rows", to -> to.writeLong(seen), from -> seen = from.readLong());
    }

    @Override
    public void process(Row row) throws Exception {
        if (seen < end) {
            seen++;
            if (seen > offset) {
                output.process(row);
            }
        }
    }

    @Override
    public String toString() {
        return "limit";
    }
}
