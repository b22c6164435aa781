package creek.core.operator;

import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.internal.state.LastRow;
import creek.core.internal.state.LastRows;

/** What operators have in common that keep the last row of each key. */
abstract class LastRowsOperator extends KeyedRowsOperator<LastRow, LastRows> {
    /** @param timed whether rows are kept with their event times */
    LastRowsOperator(Schema schema, KeySelector keys, boolean timed) {
        super(schema, keys, new LastRows(schema, timed));
    }

    /** The last row, in {@link #out}. */
    final Row read(LastRow last) {
        kept.read(last, out);
        return out;
    }

    final void emit(LastRow last, RowKind kind) throws Exception {
        read(last).setKind(kind);
        output.process(out);
    }

    /** Emits the row at hand, which is given back as it came. */
    final void pass(Row row, RowKind kind) throws Exception {
        RowKind own = row.kind();
        row.setKind(kind);
        output.process(row);
        row.setKind(own);
    }
}
