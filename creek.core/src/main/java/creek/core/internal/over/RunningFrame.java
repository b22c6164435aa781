package creek.core.internal.over;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.ValueForm;
import creek.core.operator.Accumulator;

/** A frame that rows never leave: keeps none of them. */
final class RunningFrame extends Frame {
    private final Accumulator accumulator;

    RunningFrame(Accumulator accumulator) {
        this.accumulator = accumulator;
    }

    @Override
    void enter(long time, Row row) throws Exception {
        accumulator.accumulate(row);
    }

    @Override
    void emit(Row out, int column) throws Exception {
        accumulator.emit(out, column);
    }

    /** What is accumulated. */
    record Form(String keys, Accumulator prototype) implements ValueForm<Frame> {
        @Override
        public String text() {
            return keys + ", " + prototype.form();
        }

        @Override
        public EntryRows entryRows() {
            return EntryRows.describingThemselves(prototype.functionStates());
        }

        @Override
        public void write(Frame frame, BinaryWriter output) {
            ((RunningFrame) frame).accumulator.write(output);
        }

        @Override
        public Frame read(BinaryReader input) {
            RunningFrame frame = new RunningFrame(prototype.newInstance());
            frame.accumulator.read(input);
            return frame;
        }
    }
}
