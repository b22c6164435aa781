package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.LongSupplier;

/**
 * Rows of one schema as they lie in memory: fewer bytes than {@link RowSerializer} makes of them, but good only for whoever made them. A number is kept as
 * what it is more or less than the first one of its column, in as few bytes as that has. Equal rows have equal bytes, unless texts have
 * {@linkplain #withDictionaries dictionaries}. Not thread-safe.
 */
public final class PackedRows {
    /** How a column's values are packed. */
    private enum Packing { NUMBER, TEXT, SERIALIZED }

    private static final int NULL = 0;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final RowSerializer serializer;
    private final Packing[] packings;
    /** Of columns of numbers, once there is one. */
    private final long[] first;
    private final boolean[] hasFirst;
    /** Null for a column whose texts are all kept as they are. */
    private final TextDictionary[] dictionaries;
    private final BinaryReader reader = new BinaryReader();
    /** A row on its way to or from {@link RowSerializer}'s form. */
    private final Row passing;
    private final BinaryWriter unpacked = new BinaryWriter();

    PackedRows(Schema schema) {
        serializer = new RowSerializer(schema);
        int size = schema.size();
        packings = new Packing[size];
        first = new long[size];
        hasFirst = new boolean[size];
        dictionaries = new TextDictionary[size];
        passing = new Row(size);
        for (int i = 0; i < size; i++) {
            packings[i] = packing(schema.type(i));
        }
    }

    /**
     * Has a long text that comes again and again be kept once only.
     *
     * @param rows how many rows are kept now
     */
    PackedRows withDictionaries(LongSupplier rows) {
        for (int i = 0; i < packings.length; i++) {
            dictionaries[i] = packings[i] == Packing.TEXT ? new TextDictionary(rows) : null;
        }
        return this;
    }

    private static Packing packing(DataType type) {
        return switch (type.root()) {
            case CHAR, VARCHAR, VARIANT -> Packing.TEXT;
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> Packing.NUMBER;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> type.isMillis() ? Packing.NUMBER : Packing.SERIALIZED;
            default -> Packing.SERIALIZED;
        };
    }

    /** Appends a row's columns; the kind is not part of it. */
    void write(Row row, BinaryWriter output) {
        for (int i = 0; i < packings.length; i++) {
            if (packings[i] == Packing.SERIALIZED) {
                serializer.writeColumn(i, row, i, output);
            } else if (row.isNullAt(i)) {
                output.writeByte(NULL);
            } else if (packings[i] == Packing.NUMBER) {
                writeNumber(i, row.getLong(i), output);
            } else {
                writeText(i, row.getUtf8(i), output);
            }
        }
    }

    /** How many bytes there are, this one included; the difference, lowest byte first, twice as large and one more if it is less than zero. */
    private void writeNumber(int column, long value, BinaryWriter output) {
        if (!hasFirst[column]) {
            hasFirst[column] = true;
            first[column] = value;
        }
        long difference = value - first[column];
        long unsigned = difference << 1 ^ difference >> Long.SIZE - 1;
        int bytes = (Long.SIZE - Long.numberOfLeadingZeros(unsigned) + Byte.SIZE - 1) / Byte.SIZE;
        if (bytes < Long.BYTES) {
            output.writeLong(unsigned << Byte.SIZE | 1 + bytes);
            output.truncate(output.size() - Long.BYTES + 1 + bytes);
        } else {
            output.writeByte(1 + bytes);
            output.writeLong(unsigned);
        }
    }

    /** An even number, not 0, is that of the text in the dictionary, doubled; an odd one tells the length. */
    private void writeText(int column, Utf8 text, BinaryWriter output) {
        int number = dictionaries[column] == null ? TextDictionary.NONE : dictionaries[column].number(text);
        if (number == TextDictionary.NONE) {
            output.writeVarInt(text.length() << 1 | 1);
            output.writeRaw(text.bytes(), text.offset(), text.length());
        } else {
            output.writeVarInt(number << 1);
        }
    }

    /** Sets columns of a row, from {@code column} on, to a packed row's; strings point into its bytes. */
    public void read(byte[] bytes, int from, int length, Row row, int column) {
        int at = from;
        for (int i = 0; i < packings.length; i++) {
            if (packings[i] == Packing.SERIALIZED) {
                reader.reset(bytes, at, from + length - at);
                serializer.readColumn(i, reader, row, column + i);
                at = from + length - reader.remaining();
            } else if (bytes[at] == NULL) {
                row.setNull(column + i);
                at++;
            } else if (packings[i] == Packing.NUMBER) {
                row.setLong(column + i, first[i] + difference(bytes, at));
                at += bytes[at];
            } else {
                at = readText(i, bytes, at, row, column + i);
            }
        }
    }

    private static long difference(byte[] bytes, int from) {
        int end = from + bytes[from];
        long unsigned = 0;
        if (end - from < Long.BYTES && from <= bytes.length - Long.BYTES) {
            unsigned = ((long) LONG.get(bytes, from) & (1L << (end - from) * Byte.SIZE) - 1) >>> Byte.SIZE;
        } else {
            for (int i = end - 1; i > from; i--) {
                unsigned = unsigned << Byte.SIZE | bytes[i] & 0xFF;
            }
        }
        return unsigned >>> 1 ^ -(unsigned & 1);
    }

    /** Where the next column begins. */
    private int readText(int column, byte[] bytes, int from, Row row, int target) {
        int at = from;
        int code = bytes[at] & 0x7F;
        for (int shift = 7; bytes[at++] < 0; shift += 7) {
            code |= (bytes[at] & 0x7F) << shift;
        }
        if ((code & 1) == 0) {
            dictionaries[column].read(code >> 1, row, target);
            return at;
        }
        row.setUtf8(target, bytes, at, code >> 1);
        return at + (code >> 1);
    }

    /** Appends a packed row as {@link RowSerializer} writes it. */
    void unpack(byte[] bytes, int from, int length, BinaryWriter output) {
        read(bytes, from, length, passing, 0);
        serializer.write(passing, output);
    }

    /** As {@link #unpack}, with the length before the row. */
    void unpackSized(byte[] bytes, int from, int length, BinaryWriter output) {
        unpacked.reset();
        unpack(bytes, from, length, unpacked);
        output.writeBytes(unpacked.bytes(), 0, unpacked.size());
    }

    /** Packs a row that {@link RowSerializer} wrote. */
    void pack(BinaryReader input, BinaryWriter output) {
        readStored(input, passing);
        write(passing, output);
    }

    /** Sets a row to one that {@link RowSerializer} wrote. */
    void readStored(BinaryReader input, Row target) {
        serializer.read(input, target);
    }
}
