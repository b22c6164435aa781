package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import java.util.ArrayList;
import java.util.List;

/** The rows of a session, changes included, in order of their arrival, also after sessions have become one. */
final class SessionRows extends Accumulator {
    private record Numbered(long number, Row row) {
    }

    private final Schema schema;
    private final SessionRows first;
    private List<Numbered> rows = new ArrayList<>(1);
    /** Of the prototype alone, which numbers the rows of all. */
    private long arrived;

    SessionRows(Schema schema) {
        this.schema = schema;
        this.first = this;
    }

    private SessionRows(SessionRows first) {
        this.schema = first.schema;
        this.first = first;
    }

    @Override
    public Accumulator newInstance() {
        return new SessionRows(first);
    }

    int size() {
        return rows.size();
    }

    Row get(int place) {
        return rows.get(place).row;
    }

    @Override
    public void accumulate(Row row) {
        rows.add(new Numbered(first.arrived++, row.copy()));
    }

    /** The session keeps what happened, as its rows come out as they came in. */
    @Override
    public void retract(Row row) {
        accumulate(row);
    }

    @Override
    public void merge(Accumulator other) {
        List<Numbered> others = ((SessionRows) other).rows;
        List<Numbered> all = new ArrayList<>(rows.size() + others.size());
        int mine = 0;
        for (Numbered each : others) {
            while (mine < rows.size() && rows.get(mine).number < each.number) {
                all.add(rows.get(mine++));
            }
            all.add(each);
        }
        all.addAll(rows.subList(mine, rows.size()));
        rows = all;
    }

    /** Not used: rows are read one by one. */
    @Override
    public void emit(Row row, int column) {
        throw new UnsupportedOperationException("a session's rows have no columns of their own");
    }

    @Override
    public void write(BinaryWriter output) {
        RowSerializer serializer = new RowSerializer(schema);
        output.writeInt(rows.size());
        for (Numbered each : rows) {
            output.writeLong(each.number);
            output.writeByte((byte) each.row.kind().ordinal());
            serializer.write(each.row, output);
        }
    }

    @Override
    public void read(BinaryReader input) {
        RowSerializer serializer = new RowSerializer(schema);
        rows.clear();
        for (int left = input.readInt(); left > 0; left--) {
            long number = input.readLong();
            Row row = new Row(schema.size());
            row.setKind(RowKind.values()[input.readByte()]);
            serializer.read(input, row);
            rows.add(new Numbered(number, row));
            first.arrived = Math.max(first.arrived, number + 1);
        }
    }
}
