package creek.core.internal.format.cdc;

import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.format.DecodeException;
import creek.core.format.RowDecoder;
import java.util.ArrayDeque;

/** Decodes records that hold changes of rows, each of which may be two rows: before and after. Not thread-safe. */
abstract class ChangeDecoder implements RowDecoder {
    private final RowDecoder envelopes;
    private final Row envelope;
    private final boolean lenient;
    private final ArrayDeque<Row> further = new ArrayDeque<>();
    private long ignored;

    /**
     * @param envelopes decodes the record itself
     * @param columns   number of columns that it has for that
     * @param lenient   whether records that are no changes are left out
     */
    ChangeDecoder(RowDecoder envelopes, int columns, boolean lenient) {
        this.envelopes = envelopes;
        this.envelope = new Row(columns);
        this.lenient = lenient;
    }

    /**
     * Sets the row to what the record says first; {@linkplain #add further rows} are added.
     *
     * @return whether there is one
     */
    abstract boolean take(Row record, Row row) throws DecodeException;

    @Override
    public final boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException {
        further.clear();
        if (from == to || !envelopes.decode(bytes, from, to, envelope)) {
            return false;
        }
        try {
            return take(envelope, row);
        } catch (DecodeException e) {
            if (!lenient) {
                throw e;
            }
            ignored++;
            return false;
        }
    }

    /** Adds a row to those that come after the first, with bytes of its own. */
    final void add(Row row, RowKind kind) {
        row.setKind(kind);
        further.add(row);
    }

    @Override
    public final boolean givesSeveralRows() {
        return true;
    }

    @Override
    public final boolean next(Row row) {
        Row next = further.poll();
        if (next == null) {
            return false;
        }
        for (int i = 0; i < next.arity(); i++) {
            row.setFrom(i, next, i);
        }
        row.setKind(next.kind());
        return true;
    }

    @Override
    public final long ignored() {
        return ignored + envelopes.ignored();
    }
}
