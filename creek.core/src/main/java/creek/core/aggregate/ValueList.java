package creek.core.aggregate;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.function.JsonTexts;
import creek.core.internal.format.Boxing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Values in the order they came: for ARRAY_AGG, LISTAGG, LAG, and for FIRST_VALUE and LAST_VALUE where rows are taken back. */
public final class ValueList {
    private final DataType type;
    private final RowSerializer serializer;
    private final List<Object> values = new ArrayList<>();

    /** @param type of the values, nulls among them allowed */
    public ValueList(DataType type) {
        this.type = type;
        serializer = new RowSerializer(Schema.empty().with("values", DataType.array(type)));
    }

    public void clear() {
        values.clear();
    }

    public int size() {
        return values.size();
    }

    /** Adds a column's value, which may be null. */
    public void add(Row row, int column) {
        values.add(Boxing.box(type, row, column));
    }

    /** Takes back the oldest value that equals a column's; does nothing if there is none. */
    public void remove(Row row, int column) {
        values.remove(Boxing.box(type, row, column));
    }

    public void addAll(ValueList other) {
        values.addAll(other.values);
    }

    /**
     * The number of rows that LAG goes back.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static int checkOffset(int offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("LAG: the offset must not be negative, as " + offset + " is");
        }
        return offset;
    }

    /** Drops the oldest, so that no more than so many are left. */
    public void keepLast(int count) {
        if (values.size() > count) {
            values.subList(0, values.size() - count).clear();
        }
    }

    /** Sets a row's column to a value: 0 is the oldest. A place that there is not gives NULL. */
    public void emit(int place, Row row, int column) {
        Boxing.unbox(type, place < 0 || place >= values.size() ? null : values.get(place), row, column);
    }

    /**
     * Sets a row's column to the only value, NULL if there is none.
     *
     * @throws IllegalStateException if there are several
     */
    public void emitSingle(Row row, int column) {
        if (values.size() > 1) {
            throw new IllegalStateException("a subquery in place of a value has more than one row; aggregate it or add conditions");
        }
        emit(0, row, column);
    }

    /** Sets a row's column to an ARRAY of all values, NULL if there are none. */
    public void emitArray(Row row, int column) {
        if (values.isEmpty()) {
            row.setNull(column);
        } else {
            row.setObject(column, Collections.unmodifiableList(new ArrayList<>(values)));
        }
    }

    /** Sets a row's column to all strings in one, NULL if there are none. */
    public void emitJoined(Utf8 separator, Row row, int column) {
        if (values.isEmpty()) {
            row.setNull(column);
            return;
        }
        BinaryWriter text = new BinaryWriter();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.writeRaw(separator.bytes(), separator.offset(), separator.length());
            }
            Utf8 value = (Utf8) values.get(i);
            text.writeRaw(value.bytes(), value.offset(), value.length());
        }
        row.setUtf8(column, text.bytes(), 0, text.size());
    }

    /** Sets a row's column to a JSON array of all values, which are JSON texts. */
    public void emitJsonArray(Row row, int column) {
        row.setUtf8(column, JsonTexts.array(false, values.toArray(new Utf8[0])));
    }

    /** Writes the content, for state. */
    public void write(BinaryWriter output) {
        Row row = new Row(1);
        row.setObject(0, values);
        serializer.write(row, output);
    }

    /** Replaces the content by what {@link #write} wrote. */
    public void read(BinaryReader input) {
        Row row = new Row(1);
        serializer.read(input, row);
        values.clear();
        values.addAll(row.getList(0));
    }
}
