package creek.core.internal.over;

import creek.core.data.Row;
import creek.core.operator.Accumulator;

/** A frame whose aggregates take rows back as they leave. */
final class RetractingFrame extends Frame {
    private final Accumulator accumulator;
    private final KeptRows rows;

    RetractingFrame(Accumulator accumulator, KeptRows rows) {
        this.accumulator = accumulator;
        this.rows = rows;
    }

    @Override
    void add(long time, Row row) throws Exception {
        accumulator.accumulate(row);
        rows.add(time, row);
    }

    @Override
    void removeFirst() throws Exception {
        accumulator.retract(rows.removeFirst());
    }

    @Override
    int size() {
        return rows.size();
    }

    @Override
    long firstTime() {
        return rows.firstTime();
    }

    @Override
    void emit(Row out, int column) throws Exception {
        accumulator.emit(out, column);
    }
}
