package creek.core.aggregate;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;

/** The first or the last value that is not null, of a type whose values are objects: for FIRST_VALUE and LAST_VALUE. */
public final class HeldValue {
    private final boolean last;
    private final ValueList value;

    /** @param last whether the last value is wanted, rather than the first */
    public HeldValue(DataType type, boolean last) {
        this.last = last;
        value = new ValueList(type);
    }

    public void clear() {
        value.clear();
    }

    /** Offers a column's value. */
    public void add(Row row, int column) {
        if (!row.isNullAt(column) && (last || value.size() == 0)) {
            value.clear();
            value.add(row, column);
        }
    }

    /** Offers the value of another, whose rows came later. */
    public void addAll(HeldValue other) {
        if (other.value.size() > 0 && (last || value.size() == 0)) {
            value.clear();
            value.addAll(other.value);
        }
    }

    /** Sets a row's column to the value, NULL if there is none. */
    public void emit(Row row, int column) {
        value.emit(0, row, column);
    }

    /** Writes the content, for state. */
    public void write(BinaryWriter output) {
        value.write(output);
    }

    /** Replaces the content by what {@link #write} wrote. */
    public void read(BinaryReader input) {
        value.read(input);
    }
}
