package creek.core.aggregate;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.format.Boxing;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Values that are not null, with how often they came: for COLLECT, and, in order, for MIN and MAX where rows are taken back. */
public final class ValueCounts {
    private final DataType type;
    private final RowSerializer serializer;
    private final Map<Object, Integer> counts;

    private ValueCounts(DataType type, Map<Object, Integer> counts) {
        this.type = type;
        this.counts = counts;
        serializer = new RowSerializer(Schema.empty().with("counts", DataType.multiset(type)));
    }

    /** Values in the order in which they came first. */
    public static ValueCounts collected(DataType type) {
        return new ValueCounts(type, new LinkedHashMap<>());
    }

    /** Values from the smallest to the greatest. */
    public static ValueCounts sorted(DataType type) {
        return new ValueCounts(type, new TreeMap<>());
    }

    public void clear() {
        counts.clear();
    }

    /** Adds a column's value; leaves NULL out. */
    public void add(Row row, int column) {
        if (!row.isNullAt(column)) {
            counts.merge(Boxing.box(type, row, column), 1, Integer::sum);
        }
    }

    /** Takes a column's value back; a value that is not there, and NULL, are left out. */
    public void remove(Row row, int column) {
        if (!row.isNullAt(column)) {
            counts.computeIfPresent(Boxing.box(type, row, column), (value, count) -> count == 1 ? null : count - 1);
        }
    }

    public void addAll(ValueCounts other) {
        other.counts.forEach((value, count) -> counts.merge(value, count, Integer::sum));
    }

    /** Sets a row's column to the smallest of {@linkplain #sorted sorted} values, NULL if there are none. */
    public void emitMin(Row row, int column) {
        Boxing.unbox(type, counts.isEmpty() ? null : ((TreeMap<Object, Integer>) counts).firstKey(), row, column);
    }

    /** Sets a row's column to the greatest of {@linkplain #sorted sorted} values, NULL if there are none. */
    public void emitMax(Row row, int column) {
        Boxing.unbox(type, counts.isEmpty() ? null : ((TreeMap<Object, Integer>) counts).lastKey(), row, column);
    }

    /** Sets a row's column to a MULTISET of all values. */
    public void emitMultiset(Row row, int column) {
        row.setObject(column, Collections.unmodifiableMap(new LinkedHashMap<>(counts)));
    }

    /** Writes the content, for state. */
    public void write(BinaryWriter output) {
        Row row = new Row(1);
        row.setObject(0, counts);
        serializer.write(row, output);
    }

    /** Replaces the content by what {@link #write} wrote. */
    public void read(BinaryReader input) {
        Row row = new Row(1);
        serializer.read(input, row);
        counts.clear();
        row.getMap(0).forEach((value, count) -> counts.put(value, (Integer) count));
    }
}
