package creek.core.internal.over;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.operator.Accumulator;
import creek.core.operator.OverWindow;

/** A frame whose aggregates take rows back as they leave. */
final class RetractingFrame extends BoundedFrame {
    private final Accumulator accumulator;

    RetractingFrame(OverWindow window, Accumulator accumulator, KeptRows rows) {
        super(window, rows);
        this.accumulator = accumulator;
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
    void emit(Row out, int column) throws Exception {
        accumulator.emit(out, column);
    }

    @Override
    void writeResults(BinaryWriter output) {
        accumulator.write(output);
    }

    @Override
    void readResults(BinaryReader input) {
        accumulator.read(input);
    }
}
