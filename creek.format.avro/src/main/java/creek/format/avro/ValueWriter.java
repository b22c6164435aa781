package creek.format.avro;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;

/** Writes one value, which is not null, of one SQL type with the schema that is derived from it. */
abstract class ValueWriter {
    /** Writes a column. */
    abstract void write(Row row, int column, BinaryWriter output);

    /** Writes a value in boxed internal form. */
    abstract void write(Object value, BinaryWriter output);

    /** Writes a value whose internal form is an object. */
    abstract static class OfObject extends ValueWriter {
        /** The column's object. */
        abstract Object get(Row row, int column);

        @Override
        final void write(Row row, int column, BinaryWriter output) {
            write(get(row, column), output);
        }
    }

    /** Writes whole numbers. */
    static final class OfLong extends ValueWriter {
        @Override
        void write(Row row, int column, BinaryWriter output) {
            writeLong(row.getLong(column), output);
        }

        @Override
        void write(Object value, BinaryWriter output) {
            writeLong(((Number) value).longValue(), output);
        }
    }

    static final class OfBoolean extends ValueWriter {
        @Override
        void write(Row row, int column, BinaryWriter output) {
            output.writeBoolean(row.getBoolean(column));
        }

        @Override
        void write(Object value, BinaryWriter output) {
            output.writeBoolean((Boolean) value);
        }
    }

    static final class OfFloat extends ValueWriter {
        @Override
        void write(Row row, int column, BinaryWriter output) {
            output.writeFloat(row.getFloat(column));
        }

        @Override
        void write(Object value, BinaryWriter output) {
            output.writeFloat((Float) value);
        }
    }

    static final class OfDouble extends ValueWriter {
        @Override
        void write(Row row, int column, BinaryWriter output) {
            output.writeDouble(row.getDouble(column));
        }

        @Override
        void write(Object value, BinaryWriter output) {
            output.writeDouble((Double) value);
        }
    }

    /** Writes a number as Avro does: the sign last, seven bits a byte, lowest first. */
    static void writeLong(long value, BinaryWriter output) {
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            output.writeByte((int) rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        output.writeByte((int) rest);
    }

    static void writeBytes(byte[] bytes, int offset, int length, BinaryWriter output) {
        writeLong(length, output);
        output.writeRaw(bytes, offset, length);
    }
}
