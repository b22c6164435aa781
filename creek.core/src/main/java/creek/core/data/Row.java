package creek.core.data;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The row that everything passes on: typed access by column, nulls, and a {@link RowKind}.
 *
 * <p>Rows are reused: one that arrives is valid until the call returns, and its strings may point into an input buffer. Whoever
 * keeps a row keeps a {@link #copy()}. Values inside ARRAY, MAP and ROW columns own their bytes and never change.
 *
 * <p>The class is final and the same for all schemas, so that calls on it stay direct however many jobs run in one process. Fixed-width
 * values lie in one {@code long} array (floating point by its bits), the others in one object array; nothing is boxed. Setters make a
 * column not null. Reading a null column gives whatever was there before: ask {@link #isNullAt} first. Not thread-safe.
 */
public final class Row {
    /** Of decimals that a long holds, in place of the object: the value is then the unscaled one. */
    private record Scale(int digits) {
        private static final Scale[] ALL = IntStream.rangeClosed(0, MAX_SCALE).mapToObj(Scale::new).toArray(Scale[]::new);
    }

    private static final int MAX_SCALE = 38;

    private final long[] values;
    private final Object[] objects;
    private final boolean[] nulls;
    private RowKind kind = RowKind.INSERT;

    /** A row of that many columns, all null. */
    public Row(int arity) {
        values = new long[arity];
        objects = new Object[arity];
        nulls = new boolean[arity];
        Arrays.fill(nulls, true);
    }

    public int arity() {
        return nulls.length;
    }

    public RowKind kind() {
        return kind;
    }

    public void setKind(RowKind newKind) {
        this.kind = newKind;
    }

    public boolean isNullAt(int i) {
        return nulls[i];
    }

    public void setNull(int i) {
        nulls[i] = true;
    }

    /** Makes all columns null. */
    public void clear() {
        Arrays.fill(nulls, true);
    }

    public boolean getBoolean(int i) {
        return values[i] != 0;
    }

    public void setBoolean(int i, boolean value) {
        setLong(i, value ? 1 : 0);
    }

    public byte getByte(int i) {
        return (byte) values[i];
    }

    public short getShort(int i) {
        return (short) values[i];
    }

    public int getInt(int i) {
        return (int) values[i];
    }

    public long getLong(int i) {
        return values[i];
    }

    /** Sets a value of any of the integer-like internal forms. */
    public void setLong(int i, long value) {
        nulls[i] = false;
        values[i] = value;
    }

    public float getFloat(int i) {
        return Float.intBitsToFloat((int) values[i]);
    }

    public void setFloat(int i, float value) {
        setLong(i, Float.floatToRawIntBits(value));
    }

    public double getDouble(int i) {
        return Double.longBitsToDouble(values[i]);
    }

    public void setDouble(int i, double value) {
        setLong(i, Double.doubleToRawLongBits(value));
    }

    /** The string itself, not a copy: it changes when the row does. */
    public Utf8 getUtf8(int i) {
        return (Utf8) objects[i];
    }

    /** Sets a string; the slice is remembered, neither its bytes nor the object. */
    public void setUtf8(int i, Utf8 value) {
        setUtf8(i, value.bytes(), value.offset(), value.length());
    }

    /** Sets a string to a slice of bytes, which are not copied. */
    public void setUtf8(int i, byte[] bytes, int offset, int length) {
        nulls[i] = false;
        Utf8 own = (Utf8) objects[i];
        if (own == null) {
            objects[i] = new Utf8(bytes, offset, length);
        } else {
            own.set(bytes, offset, length);
        }
    }

    /** A decimal; one that was {@linkplain #setDecimal set as a long} becomes an object now. */
    public BigDecimal getDecimal(int i) {
        if (objects[i] instanceof Scale scale) {
            objects[i] = BigDecimal.valueOf(values[i], scale.digits);
        }
        return (BigDecimal) objects[i];
    }

    /** Sets a decimal to a long times a power of ten, without an object: most are only passed on. The scale is 0 to 38. */
    public void setDecimal(int i, long unscaled, int scale) {
        setLong(i, unscaled);
        objects[i] = Scale.ALL[scale];
    }

    /** The scale of a decimal whose unscaled value {@link #getLong} gives; negative for one that is an object. */
    public int shortScale(int i) {
        return objects[i] instanceof Scale scale ? scale.digits : -1;
    }

    public Timestamp getTimestamp(int i) {
        return (Timestamp) objects[i];
    }

    public byte[] getBytes(int i) {
        return (byte[]) objects[i];
    }

    @SuppressWarnings("unchecked")
    public List<Object> getList(int i) {
        return (List<Object>) objects[i];
    }

    @SuppressWarnings("unchecked")
    public Map<Object, Object> getMap(int i) {
        return (Map<Object, Object>) objects[i];
    }

    public Row getRow(int i) {
        return (Row) objects[i];
    }

    /** Sets a value whose internal form is an immutable object: DECIMAL, BYTES, fine TIMESTAMP, ARRAY, MAP, ROW. Not for strings. */
    public void setObject(int i, Object value) {
        nulls[i] = false;
        objects[i] = value;
    }

    /** As {@link #setObject(int, Object)}, with the number that a decimal may have beside the object. */
    void setObject(int i, Object value, long number) {
        setLong(i, number);
        objects[i] = value;
    }

    /** The object that holds a value, or did before the column was NULL; null where values are numbers. */
    Object objectAt(int i) {
        return objects[i];
    }

    /** A row of its own with the same values, kind included. */
    public Row copy() {
        Row copy = new Row(arity());
        copy.copyFrom(this);
        return copy;
    }

    /** Takes over the values and kind of a row of the same arity, with bytes of its own for strings. */
    public void copyFrom(Row other) {
        System.arraycopy(other.values, 0, values, 0, values.length);
        System.arraycopy(other.nulls, 0, nulls, 0, nulls.length);
        for (int i = 0; i < objects.length; i++) {
            Object object = nulls[i] ? null : other.objects[i];
            objects[i] = object instanceof Utf8 text ? text.copy() : object;
        }
        kind = other.kind;
    }

    /**
     * As {@link #copyFrom}, for columns that nothing but this method fills: their strings' bytes are their own and are written over where the new ones
     * fit. The row may have more columns than the other one; the first are set then.
     */
    public void keepFrom(Row other) {
        System.arraycopy(other.values, 0, values, 0, other.values.length);
        System.arraycopy(other.nulls, 0, nulls, 0, other.nulls.length);
        for (int i = 0; i < other.objects.length; i++) {
            if (nulls[i]) {
                continue;
            }
            if (!(other.objects[i] instanceof Utf8 text)) {
                objects[i] = other.objects[i];
            } else if (objects[i] == null) {
                objects[i] = text.copy();
            } else {
                ((Utf8) objects[i]).overwrite(text);
            }
        }
        kind = other.kind;
    }

    /** Sets column {@code i} to column {@code j} of another row, in the same internal form. String slices are not copied. */
    public void setFrom(int i, Row other, int j) {
        if (other.nulls[j]) {
            nulls[i] = true;
            return;
        }
        Object object = other.objects[j];
        if (object == null) {
            setLong(i, other.values[j]);
            if (objects[i] != null) {
                objects[i] = null;
            }
        } else if (object instanceof Utf8 text) {
            setUtf8(i, text);
        } else {
            setObject(i, object, other.values[j]);
        }
    }

    /** As {@link #setFrom}, of columns whose values have a fixed width and no object. */
    public void setValueFrom(int i, Row other, int j) {
        nulls[i] = other.nulls[j];
        values[i] = other.values[j];
    }

    /**
     * As {@link #setFrom}, of strings, for a column that is set in no other way: both rows have the same object then, which setting the column otherwise
     * would change for the other row as well.
     */
    public void setUtf8From(int i, Row other, int j) {
        nulls[i] = other.nulls[j];
        objects[i] = other.objects[j];
    }

    /** Equal columns; the kind does not count. Both rows must be of one schema. */
    @Override
    public boolean equals(Object object) {
        if (!(object instanceof Row other) || other.arity() != arity()) {
            return false;
        }
        for (int i = 0; i < nulls.length; i++) {
            if (nulls[i] != other.nulls[i] || !nulls[i] && !sameValue(i, other)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameValue(int i, Row other) {
        return objects[i] == null ? values[i] == other.values[i]
                : objects[i] instanceof Scale || other.objects[i] instanceof Scale ? getDecimal(i).equals(other.getDecimal(i))
                : objects[i] instanceof byte[] bytes ? Arrays.equals(bytes, other.getBytes(i)) : objects[i].equals(other.objects[i]);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < nulls.length; i++) {
            int column = nulls[i] ? 0
                    : objects[i] == null ? Long.hashCode(values[i])
                    : objects[i] instanceof Scale ? getDecimal(i).hashCode()
                    : objects[i] instanceof byte[] bytes ? Arrays.hashCode(bytes) : objects[i].hashCode();
            hash = 31 * hash + column;
        }
        return hash;
    }
}
