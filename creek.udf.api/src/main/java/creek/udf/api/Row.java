package creek.udf.api;

import java.util.Arrays;

/** The values of a ROW, by place: what functions take and give where a value has fields. Not thread-safe. */
public final class Row {
    private final Object[] fields;

    /** @param arity number of fields, all null at first */
    public Row(int arity) {
        this.fields = new Object[arity];
    }

    /** A row of these values. */
    public static Row of(Object... values) {
        Row row = new Row(values.length);
        System.arraycopy(values, 0, row.fields, 0, values.length);
        return row;
    }

    public int getArity() {
        return fields.length;
    }

    /** The field at that place, from 0. */
    public Object getField(int place) {
        return fields[place];
    }

    public void setField(int place, Object value) {
        fields[place] = value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && Arrays.deepEquals(fields, row.fields);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(fields);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(fields);
    }
}
