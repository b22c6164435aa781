package creek.core.internal.over;

import creek.core.data.Row;
import creek.core.operator.Accumulator;

/** A frame that rows never leave: keeps none of them. */
final class RunningFrame extends Frame {
    private final Accumulator accumulator;

    RunningFrame(Accumulator accumulator) {
        this.accumulator = accumulator;
    }

    @Override
    void add(long time, Row row) throws Exception {
        accumulator.accumulate(row);
    }

    @Override
    void removeFirst() {
        throw new IllegalStateException("rows never leave this frame");
    }

    @Override
    int size() {
        return 0;
    }

    @Override
    long firstTime() {
        throw new IllegalStateException("rows never leave this frame");
    }

    @Override
    void emit(Row out, int column) throws Exception {
        accumulator.emit(out, column);
    }
}
