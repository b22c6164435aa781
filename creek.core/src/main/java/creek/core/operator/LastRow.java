package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Schema;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.ValueForm;

/** The last row of a key. */
final class LastRow {
    byte[] row;
    /** Its event time, where that matters. */
    long time;

    /** A row, behind its time if that is kept. */
    record Form(String text, Schema schema, boolean timed) implements ValueForm<LastRow> {
        @Override
        public EntryRows entryRows() {
            return EntryRows.sizedBehind(timed ? Long.BYTES : 0, schema);
        }

        @Override
        public void write(LastRow last, BinaryWriter output) {
            if (timed) {
                output.writeLong(last.time);
            }
            output.writeBytes(last.row, 0, last.row.length);
        }

        @Override
        public LastRow read(BinaryReader input) {
            LastRow last = new LastRow();
            if (timed) {
                last.time = input.readLong();
            }
            last.row = input.readBytes();
            return last;
        }
    }
}
