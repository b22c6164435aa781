package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.NumberedTable;
import creek.core.internal.state.ValueForm;
import java.io.IOException;
import java.time.ZoneId;

/**
 * Appends {@code window_start}, {@code window_end} and {@code window_time} of its session to each row: SESSION without aggregation. The rows of
 * a session come when it has ended, in the order in which they came. Rows without a time are dropped and counted as late.
 */
public final class SessionWindowAssignOperator extends SessionOperator {
    private final int arity;
    private final NumberedTable<SessionRows.Kept> kept;
    private final Row out;

    // emission in progress
    private int nextRow;

    /**
     * @param timeColumn place of the time attribute in the rows, or {@link Windows#PROCESSING_TIME}
     * @param zone       the session's zone for a TIMESTAMP_LTZ attribute and for processing time; null for a TIMESTAMP
     * @param gap        milliseconds without a row that end a session
     * @param partition  the columns that sessions are partitioned by, none for sessions of all rows
     * @param schema     the columns of the rows
     */
    public SessionWindowAssignOperator(int timeColumn, ZoneId zone, long gap, KeySelector partition, Schema schema) {
        super(timeColumn, zone, gap, partition, new SessionRows());
        this.arity = schema.size();
        this.kept = new NumberedTable<>(new KeptForm(schema), this::restore);
        this.out = new Row(arity + 3);
    }

    @Override
    void processWithoutTime() {
        context.countLate();
    }

    /** The rows are the state: they bring the sessions back. */
    @Override
    void keep(SessionTable table) throws IOException {
        kept.keep(context, "rows");
    }

    private void restore(SessionRows.Kept row) throws Exception {
        ((SessionRows) sessionOf(row.row, row.start).accumulator).add(row);
    }

    @Override
    void add(Session session, Row row, long start) {
        SessionRows.Kept added = new SessionRows.Kept(start, row.copy());
        kept.add(added, hash(session));
        ((SessionRows) session.accumulator).add(added);
    }

    private static final class KeptForm implements ValueForm<SessionRows.Kept> {
        private final RowSerializer serializer;
        private final int arity;

        KeptForm(Schema schema) {
            serializer = new RowSerializer(schema);
            arity = schema.size();
        }

        @Override
        public String text() {
            return "time, kind";
        }

        @Override
        public EntryRows entryRows() {
            return EntryRows.behind(Long.BYTES + 1, serializer.schema());
        }

        @Override
        public void write(SessionRows.Kept value, BinaryWriter to) {
            to.writeLong(value.start);
            to.writeByte(value.row.kind().ordinal());
            serializer.write(value.row, to);
        }

        @Override
        public SessionRows.Kept read(BinaryReader from) {
            long start = from.readLong();
            Row row = new Row(arity);
            row.setKind(RowKind.values()[from.readByte()]);
            serializer.read(from, row);
            return new SessionRows.Kept(start, row.copy());
        }
    }

    @Override
    boolean emit(Session session) throws Exception {
        SessionRows rows = (SessionRows) session.accumulator;
        for (; nextRow < rows.size(); nextRow++) {
            if (!step()) {
                return false;
            }
            Row row = rows.get(nextRow);
            for (int i = 0; i < arity; i++) {
                out.setFrom(i, row, i);
            }
            out.setKind(row.kind());
            setWindowColumns(session, out, arity);
            output.process(out);
        }
        kept.removeAll(rows.all());
        nextRow = 0;
        return true;
    }

    @Override
    public String toString() {
        return windows() + " assign";
    }
}
