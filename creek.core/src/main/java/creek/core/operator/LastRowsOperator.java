package creek.core.operator;

import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.internal.state.LastRow;
import creek.core.internal.state.LastRows;

/** What operators have in common that keep the last row of each key. */
abstract class LastRowsOperator extends KeyedRowsOperator<LastRow, LastRows> {
    private final boolean timed;

    /** @param timed whether rows are kept with their event times */
    LastRowsOperator(Schema schema, KeySelector keys, boolean timed) {
        super(schema, keys, new LastRows(timed));
        this.timed = timed;
    }

    /** Puts a row, serialized, in the place of the last one, which {@link #find} gave. */
    final void keep(Row row, long time, LastRow last) {
        bytes.reset();
        if (timed) {
            bytes.writeLong(time);
        }
        serializer.write(row, bytes);
        kept.put(key, last, bytes);
    }

    /** The last row, in {@link #out}. */
    final Row read(LastRow last) {
        return read(last.bytes(), last.offset(), last.length());
    }

    final void emit(LastRow last, RowKind kind) throws Exception {
        emit(last.bytes(), last.offset(), last.length(), kind);
    }
}
