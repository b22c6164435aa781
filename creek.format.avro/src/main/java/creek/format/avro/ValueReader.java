package creek.format.avro;

import creek.core.data.Row;
import creek.core.format.DecodeException;

/** Reads one value, of one Avro schema, as one SQL type. */
abstract class ValueReader {
    /** Reads into a column, which is null before; a null leaves it so. */
    abstract void read(AvroInput in, Row row, int column) throws DecodeException;

    /** Reads into boxed internal form, which owns its bytes; or null. */
    abstract Object read(AvroInput in) throws DecodeException;

    /** Reads a value whose internal form is an object in rows, too. */
    abstract static class OfObject extends ValueReader {
        @Override
        final void read(AvroInput in, Row row, int column) throws DecodeException {
            Object value = read(in);
            if (value != null) {
                row.setObject(column, value);
            }
        }
    }

    /** Reads a value whose internal form is a whole number. */
    abstract static class OfLong extends ValueReader {
        abstract long readLong(AvroInput in) throws DecodeException;

        abstract Object box(long value);

        @Override
        final void read(AvroInput in, Row row, int column) throws DecodeException {
            row.setLong(column, readLong(in));
        }

        @Override
        final Object read(AvroInput in) throws DecodeException {
            return box(readLong(in));
        }
    }

    /** Reads the null schema. */
    static final class OfNull extends ValueReader {
        @Override
        void read(AvroInput in, Row row, int column) {
            // columns are null before
        }

        @Override
        Object read(AvroInput in) {
            return null;
        }
    }

    /** Reads any of a union's branches. */
    static final class OfUnion extends ValueReader {
        private final ValueReader[] branches;

        OfUnion(ValueReader[] branches) {
            this.branches = branches;
        }

        @Override
        void read(AvroInput in, Row row, int column) throws DecodeException {
            branches[in.readBranch(branches.length)].read(in, row, column);
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            return branches[in.readBranch(branches.length)].read(in);
        }
    }

    /** Stands for a branch of a union that can't be read as the wanted type. */
    static final class Refusing extends ValueReader {
        private final String reason;

        Refusing(String reason) {
            this.reason = reason;
        }

        @Override
        void read(AvroInput in, Row row, int column) throws DecodeException {
            throw in.error(reason);
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            throw in.error(reason);
        }
    }
}
