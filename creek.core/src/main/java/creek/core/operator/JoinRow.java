package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.RowBag;
import creek.core.internal.state.RowBags;

/** The row that a join puts together, reused: the left side's columns, then the right side's, from rows at hand or from state. */
final class JoinRow {
    private static final Row NO_COLUMNS = new Row(0);

    private final RowSerializer[] serializers;
    private final int[] first;
    private final int[] sizes;
    private final Row row;
    private final Calc condition;
    private final BinaryReader reader = new BinaryReader();

    /** @param condition what a joined row must pass; null for none */
    JoinRow(Schema left, Schema right, Calc condition) {
        serializers = new RowSerializer[] {new RowSerializer(left), new RowSerializer(right)};
        first = new int[] {0, left.size()};
        sizes = new int[] {left.size(), right.size()};
        row = new Row(left.size() + right.size());
        this.condition = condition;
    }

    void open(OperatorContext context) throws Exception {
        if (condition != null) {
            condition.open(context);
        }
    }

    /** Serializer of a side's rows. */
    RowSerializer serializer(int side) {
        return serializers[side];
    }

    /** Sets a side's columns to a row's. */
    void set(int side, Row source) {
        for (int i = 0; i < sizes[side]; i++) {
            row.setFrom(first[side] + i, source, i);
        }
    }

    /** Sets a side's columns to those of a row in a bag. */
    void set(int side, RowBags rows, RowBag bag, int entry) {
        rows.read(bag, entry, row, first[side]);
    }

    /** Sets a side's columns to a serialized row's. */
    void set(int side, byte[] source) {
        reader.reset(source, 0, source.length);
        for (int i = 0; i < sizes[side]; i++) {
            serializers[side].readColumn(i, reader, row, first[side] + i);
        }
    }

    /** Makes a side's columns null. */
    void setNull(int side) {
        for (int i = 0; i < sizes[side]; i++) {
            row.setNull(first[side] + i);
        }
    }

    /** Whether the condition holds for the two rows that were set. */
    boolean matches() throws Exception {
        return condition == null || condition.project(row, NO_COLUMNS);
    }

    /** The row, as that kind of change. */
    Row as(RowKind kind) {
        row.setKind(kind);
        return row;
    }
}
