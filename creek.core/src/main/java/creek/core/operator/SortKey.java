package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Timestamp;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An ORDER BY: compares rows, and turns the columns of a row that it is by into bytes whose unsigned order is the same. Equal bytes mean equal
 * rank, and no row's bytes are the beginning of another's. Built step by step, the most important column first.
 */
public final class SortKey implements Comparator<Row> {
    private record Part(int column, DataType type, boolean ascending, boolean nullsFirst) {
    }

    private final Schema schema;
    private final List<Part> parts = new ArrayList<>();

    /** An order in which all rows of that schema are equal, to which {@link #by} adds columns. */
    public SortKey(Schema schema) {
        this.schema = schema;
    }

    /**
     * Adds a column to the order, for rows that are equal in those before.
     *
     * @param nullsFirst whether NULL comes before all values, whatever the direction
     */
    public SortKey by(int column, boolean ascending, boolean nullsFirst) {
        DataType type = schema.type(column);
        if (type.root() == TypeRoot.ARRAY || type.root() == TypeRoot.MAP || type.root() == TypeRoot.MULTISET || type.isRow()
                || type.root() == TypeRoot.VARIANT) {
            throw new IllegalArgumentException("values of type " + type + " have no order");
        }
        parts.add(new Part(column, type, ascending, nullsFirst));
        return this;
    }

    @Override
    public int compare(Row left, Row right) {
        for (int i = 0; i < parts.size(); i++) {
            int compared = compare(parts.get(i), left, right);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private static int compare(Part part, Row left, Row right) {
        int i = part.column;
        boolean leftNull = left.isNullAt(i);
        boolean rightNull = right.isNullAt(i);
        if (leftNull || rightNull) {
            return leftNull == rightNull ? 0 : leftNull == part.nullsFirst ? -1 : 1;
        }
        int compared = switch (part.type.root()) {
            case CHAR, VARCHAR -> left.getUtf8(i).compareTo(right.getUtf8(i));
            case BINARY, VARBINARY -> Arrays.compareUnsigned(left.getBytes(i), right.getBytes(i));
            case DECIMAL -> left.getDecimal(i).compareTo(right.getDecimal(i));
            case FLOAT -> Float.compare(left.getFloat(i), right.getFloat(i));
            case DOUBLE -> Double.compare(left.getDouble(i), right.getDouble(i));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> part.type.isMillis()
                    ? Long.compare(left.getLong(i), right.getLong(i)) : left.getTimestamp(i).compareTo(right.getTimestamp(i));
            default -> Long.compare(left.getLong(i), right.getLong(i));
        };
        return part.ascending ? compared : -compared;
    }

    /** Appends a row's bytes. */
    void write(Row row, BinaryWriter output) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (row.isNullAt(part.column)) {
                output.writeByte(part.nullsFirst ? 0 : 2);
            } else {
                output.writeByte(1);
                int from = output.size();
                writeValue(row, part.column, part.type, output);
                if (!part.ascending) {
                    byte[] bytes = output.bytes();
                    for (int at = from; at < output.size(); at++) {
                        bytes[at] = (byte) ~bytes[at];
                    }
                }
            }
        }
    }

    private static void writeValue(Row row, int column, DataType type, BinaryWriter output) {
        switch (type.root()) {
            case CHAR, VARCHAR -> {
                Utf8 text = row.getUtf8(column);
                writeBytes(text.bytes(), text.offset(), text.length(), output);
            }
            case BINARY, VARBINARY -> writeBytes(row.getBytes(column), 0, row.getBytes(column).length, output);
            case FLOAT -> writeDouble(row.getFloat(column), output);
            case DOUBLE -> writeDouble(row.getDouble(column), output);
            case DECIMAL -> {
                // same scale for all: longer means further from zero
                byte[] unscaled = row.getDecimal(column).unscaledValue().toByteArray();
                output.writeByte(unscaled[0] < 0 ? 0x7F - unscaled.length : 0x80 + unscaled.length);
                output.writeRaw(unscaled, 0, unscaled.length);
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                if (type.isMillis()) {
                    writeLong(row.getLong(column), output);
                } else {
                    Timestamp time = row.getTimestamp(column);
                    writeLong(time.millis(), output);
                    writeLong(time.nanos(), output);
                }
            }
            default -> writeLong(row.getLong(column), output);
        }
    }

    private static void writeLong(long value, BinaryWriter output) {
        output.writeLong(Long.reverseBytes(value ^ Long.MIN_VALUE));
    }

    /** NaN comes last, as in {@link Double#compare}. */
    private static void writeDouble(double value, BinaryWriter output) {
        long bits = Double.doubleToLongBits(value);
        writeLong(bits < 0 ? bits ^ Long.MAX_VALUE : bits, output);
    }

    /** A zero byte in the value is followed by 0xFF, the end is two zero bytes. */
    private static void writeBytes(byte[] bytes, int offset, int length, BinaryWriter output) {
        for (int i = offset; i < offset + length; i++) {
            output.writeByte(bytes[i]);
            if (bytes[i] == 0) {
                output.writeByte(0xFF);
            }
        }
        output.writeByte(0);
        output.writeByte(0);
    }
}
