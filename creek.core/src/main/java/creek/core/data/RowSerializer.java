package creek.core.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of one schema to bytes and back. Equal values have equal bytes, so serialized rows serve as keys. A value is one byte that says
 * whether it is null (0) or not (1), and the value. Not thread-safe.
 */
public final class RowSerializer {
    /** Forms of values, told apart quicker than types are. */
    private static final byte OTHER = 0;
    private static final byte TEXT = 1;
    private static final byte BYTE = 2;
    private static final byte INT = 3;
    private static final byte LONG = 4;

    private final Schema schema;
    private final DataType[] types;
    /** Of each column's values. */
    private final byte[] forms;
    private final Utf8 text = new Utf8();

    public RowSerializer(Schema schema) {
        this.schema = schema;
        types = schema.columns().stream().map(Column::type).toArray(DataType[]::new);
        forms = new byte[types.length];
        for (int i = 0; i < types.length; i++) {
            forms[i] = form(types[i]);
        }
    }

    private static byte form(DataType type) {
        return switch (type.root()) {
            case CHAR, VARCHAR, VARIANT -> TEXT;
            case BOOLEAN, TINYINT -> BYTE;
            case SMALLINT, INTEGER, FLOAT, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH -> INT;
            case BIGINT, DOUBLE, INTERVAL_DAY_TIME -> LONG;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> type.isMillis() ? LONG : OTHER;
            default -> OTHER;
        };
    }

    /** The columns. */
    public Schema schema() {
        return schema;
    }

    /** What the bytes mean, as text: the columns' names and types. Bytes of one form can be read in that form only. */
    public String form() {
        return schema.toString();
    }

    /** Appends all columns; the kind is not part of it. */
    public void write(Row row, BinaryWriter output) {
        for (int i = 0; i < types.length; i++) {
            writeColumn(i, row, i, output);
        }
    }

    /** Sets all columns; strings point into the reader's bytes. */
    public void read(BinaryReader input, Row row) {
        for (int i = 0; i < types.length; i++) {
            readColumn(i, input, row, i);
        }
    }

    /** Appends the value of the row's column {@code column}, which has the type of the schema's column {@code index}. */
    public void writeColumn(int index, Row row, int column, BinaryWriter output) {
        if (row.isNullAt(column)) {
            output.writeByte(0);
            return;
        }
        output.writeByte(1);
        switch (forms[index]) {
            case TEXT -> output.writeUtf8(row.getUtf8(column));
            case BYTE -> output.writeByte(row.getByte(column));
            case INT -> output.writeInt(row.getInt(column));
            case LONG -> output.writeLong(row.getLong(column));
            default -> writeOther(types[index], row, column, output);
        }
    }

    /** Apart from the others, so that what most keys are is small enough for the compiler to put it where it is called. */
    private static void writeOther(DataType type, Row row, int column, BinaryWriter output) {
        switch (type.root()) {
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> writeObject(type, row.getTimestamp(column), output);
            case BINARY, VARBINARY -> writeObject(type, row.getBytes(column), output);
            case DECIMAL -> writeDecimal(type, row, column, output);
            case ARRAY -> writeObject(type, row.getList(column), output);
            case MAP, MULTISET -> writeObject(type, row.getMap(column), output);
            case ROW, STRUCTURED_TYPE -> writeObject(type, row.getRow(column), output);
            default -> throw new IllegalStateException("a value of type " + type);
        }
    }

    /** The bytes of the unscaled value, highest first, as few as it has. */
    private static void writeDecimal(DataType type, Row row, int column, BinaryWriter output) {
        if (row.shortScale(column) != type.scale()) {
            writeObject(type, row.getDecimal(column), output);
            return;
        }
        long unscaled = row.getLong(column);
        int bits = Long.SIZE + 1 - Long.numberOfLeadingZeros(unscaled < 0 ? ~unscaled : unscaled);
        int bytes = (bits + Byte.SIZE - 1) / Byte.SIZE;
        output.writeVarInt(bytes);
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            output.writeByte((int) (unscaled >> shift));
        }
    }

    private static void readDecimal(DataType type, BinaryReader input, Row row, int column) {
        int bytes = input.readVarInt();
        if (bytes == 0 || bytes >= Long.BYTES) {
            row.setObject(column, new BigDecimal(new BigInteger(input.readRaw(bytes)), type.scale()));
            return;
        }
        long unscaled = input.readByte();
        for (int i = 1; i < bytes; i++) {
            unscaled = unscaled << Byte.SIZE | input.readByte() & 0xFF;
        }
        row.setDecimal(column, unscaled, type.scale());
    }

    /** Sets the row's column {@code column} to a value of the type of the schema's column {@code index}. */
    public void readColumn(int index, BinaryReader input, Row row, int column) {
        if (input.readByte() == 0) {
            row.setNull(column);
            return;
        }
        switch (forms[index]) {
            case TEXT -> {
                input.readUtf8(text);
                row.setUtf8(column, text);
            }
            case BYTE -> row.setLong(column, input.readByte());
            case INT -> row.setLong(column, input.readInt());
            case LONG -> row.setLong(column, input.readLong());
            default -> readOther(types[index], input, row, column);
        }
    }

    private static void readOther(DataType type, BinaryReader input, Row row, int column) {
        if (type.root() == TypeRoot.DECIMAL) {
            readDecimal(type, input, row, column);
        } else {
            row.setObject(column, readObject(type, input));
        }
    }

    /** Appends a boxed value without its null mark. */
    private static void writeObject(DataType type, Object value, BinaryWriter output) {
        switch (type.root()) {
            case CHAR, VARCHAR, VARIANT -> output.writeUtf8((Utf8) value);
            case BOOLEAN -> output.writeBoolean((Boolean) value);
            case TINYINT, SMALLINT, INTEGER, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH ->
                    output.writeInt(((Number) value).intValue());
            case FLOAT -> output.writeFloat((Float) value);
            case DOUBLE -> output.writeDouble((Double) value);
            case BIGINT, INTERVAL_DAY_TIME -> output.writeLong((Long) value);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                if (value instanceof Timestamp timestamp) {
                    output.writeLong(timestamp.millis());
                    output.writeInt(timestamp.nanos());
                } else {
                    output.writeLong((Long) value);
                }
            }
            case BINARY, VARBINARY -> output.writeBytes((byte[]) value, 0, ((byte[]) value).length);
            case DECIMAL -> {
                byte[] unscaled = ((BigDecimal) value).unscaledValue().toByteArray();
                output.writeBytes(unscaled, 0, unscaled.length);
            }
            case ARRAY -> {
                List<?> elements = (List<?>) value;
                output.writeVarInt(elements.size());
                elements.forEach(element -> writeNullable(type.children().get(0), element, output));
            }
            case MAP, MULTISET -> {
                Map<?, ?> entries = (Map<?, ?>) value;
                output.writeVarInt(entries.size());
                entries.forEach((key, each) -> {
                    writeNullable(type.children().get(0), key, output);
                    writeNullable(valueType(type), each, output);
                });
            }
            case ROW, STRUCTURED_TYPE -> new RowSerializer(type.schema()).write((Row) value, output);
            case NULL -> throw new IllegalStateException("a NULL that is not null");
        }
    }

    private static Object readObject(DataType type, BinaryReader input) {
        return switch (type.root()) {
            case CHAR, VARCHAR, VARIANT -> Utf8.of(input.readBytes());
            case BOOLEAN -> input.readBoolean();
            case TINYINT -> (byte) input.readInt();
            case SMALLINT -> (short) input.readInt();
            case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH -> input.readInt();
            case FLOAT -> input.readFloat();
            case DOUBLE -> input.readDouble();
            case BIGINT, INTERVAL_DAY_TIME -> input.readLong();
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    type.isMillis() ? (Object) input.readLong() : new Timestamp(input.readLong(), input.readInt());
            case BINARY, VARBINARY -> input.readBytes();
            case DECIMAL -> new BigDecimal(new BigInteger(input.readBytes()), type.scale());
            case ARRAY -> {
                int size = input.readVarInt();
                List<Object> elements = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    elements.add(readNullable(type.children().get(0), input));
                }
                yield Collections.unmodifiableList(elements);
            }
            case MAP, MULTISET -> {
                int size = input.readVarInt();
                Map<Object, Object> entries = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    Object key = readNullable(type.children().get(0), input);
                    entries.put(key, readNullable(valueType(type), input));
                }
                yield Collections.unmodifiableMap(entries);
            }
            case ROW, STRUCTURED_TYPE -> {
                Row row = new Row(type.fields().size());
                new RowSerializer(type.schema()).read(input, row);
                yield row.copy();
            }
            case NULL -> throw new IllegalStateException("a NULL that is not null");
        };
    }

    private static DataType valueType(DataType type) {
        return type.root() == TypeRoot.MAP ? type.children().get(1) : DataType.integer();
    }

    private static void writeNullable(DataType type, Object value, BinaryWriter output) {
        output.writeBoolean(value != null);
        if (value != null) {
            writeObject(type, value, output);
        }
    }

    private static Object readNullable(DataType type, BinaryReader input) {
        return input.readBoolean() ? readObject(type, input) : null;
    }
}
