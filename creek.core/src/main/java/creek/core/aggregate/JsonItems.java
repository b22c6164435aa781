package creek.core.aggregate;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;

/** The items of a JSON array, for JSON_ARRAYAGG: JSON texts in the order they came. */
public final class JsonItems {
    private final boolean absentOnNull;
    private final ValueList items = new ValueList(DataType.string());

    /** @param absentOnNull whether NULL is left out, rather than null */
    public JsonItems(boolean absentOnNull) {
        this.absentOnNull = absentOnNull;
    }

    public void clear() {
        items.clear();
    }

    /** Adds a column of JSON text. */
    public void add(Row row, int column) {
        if (!absentOnNull || !row.isNullAt(column)) {
            items.add(row, column);
        }
    }

    /** Takes back the oldest item with a column's text. */
    public void remove(Row row, int column) {
        items.remove(row, column);
    }

    public void addAll(JsonItems other) {
        items.addAll(other.items);
    }

    /** Sets a row's column to the text of the array. */
    public void emit(Row row, int column) {
        items.emitJsonArray(row, column);
    }

    /** Writes the content, for state. */
    public void write(BinaryWriter output) {
        items.write(output);
    }

    /** Replaces the content by what {@link #write} wrote. */
    public void read(BinaryReader input) {
        items.read(input);
    }
}
