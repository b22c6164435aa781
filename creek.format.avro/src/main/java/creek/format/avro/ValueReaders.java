package creek.format.avro;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Timestamp;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Readers of single values, by the schema they were written with and the type that is wanted. Avro's promotions of numbers and bytes hold. */
final class ValueReaders {
    /** Any DECIMAL is a quarter as long. */
    private static final int LONGEST_DECIMAL = 64;

    private ValueReaders() {
    }

    /** @throws IllegalArgumentException if such a value can't be read as that type */
    static ValueReader of(Schema schema, DataType type) {
        if (schema.getType() == Schema.Type.UNION) {
            return union(schema, type);
        }
        if (schema.getType() == Schema.Type.NULL && type.isNullable()) {
            return new ValueReader.OfNull();
        }
        Schema.Type written = schema.getType();
        boolean isInt = written == Schema.Type.INT;
        boolean isWhole = isInt || written == Schema.Type.LONG;
        boolean isBytes = written == Schema.Type.BYTES || written == Schema.Type.FIXED || written == Schema.Type.STRING;
        ValueReader reader = switch (type.root()) {
            case BOOLEAN -> written == Schema.Type.BOOLEAN ? new BooleanReader() : null;
            case TINYINT, SMALLINT, INTEGER, DATE, TIME_WITHOUT_TIME_ZONE -> isInt ? new IntReader(type.root()) : null;
            case BIGINT -> isWhole ? new LongReader() : null;
            case FLOAT -> isWhole || written == Schema.Type.FLOAT ? new FloatReader(written) : null;
            case DOUBLE -> isWhole || written == Schema.Type.FLOAT || written == Schema.Type.DOUBLE ? new DoubleReader(written) : null;
            case CHAR, VARCHAR -> written == Schema.Type.STRING || written == Schema.Type.BYTES ? new StringReader()
                    : written == Schema.Type.ENUM ? new EnumReader(schema) : null;
            case BINARY, VARBINARY -> isBytes ? new BytesReader(schema) : null;
            case DECIMAL -> isBytes && written != Schema.Type.STRING ? new DecimalReader(schema, type) : null;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> !isWhole ? null
                    : type.isMillis() ? new MillisReader(unit(schema, type)) : new TimestampReader(unit(schema, type));
            case ARRAY -> written == Schema.Type.ARRAY ? new NestedReaders.OfArray(schema, type) : null;
            case MAP, MULTISET -> written == Schema.Type.MAP ? new NestedReaders.OfMap(schema, type) : null;
            case ROW -> written == Schema.Type.RECORD ? new NestedReaders.OfRow(schema, type) : null;
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, STRUCTURED_TYPE, VARIANT, NULL -> null;
        };
        if (reader == null) {
            throw new IllegalArgumentException("Avro's " + name(schema) + " can't be read as " + type);
        }
        return reader;
    }

    private static String name(Schema schema) {
        return schema.getLogicalType() == null ? schema.getType().getName() : schema.getLogicalType().getName();
    }

    private static ValueReader union(Schema schema, DataType type) {
        ValueReader[] branches = new ValueReader[schema.getTypes().size()];
        IllegalArgumentException refused = null;
        boolean fits = false;
        for (int i = 0; i < branches.length; i++) {
            try {
                branches[i] = of(schema.getTypes().get(i), type);
                fits |= !(branches[i] instanceof ValueReader.OfNull);
            } catch (IllegalArgumentException e) {
                refused = e;
                branches[i] = new ValueReader.Refusing(e.getMessage());
            }
        }
        if (!fits && refused != null) {
            throw refused;
        }
        return new ValueReader.OfUnion(branches);
    }

    /** How many of what was written are a second; where it does not say, what Flink writes for the type. */
    private static long unit(Schema schema, DataType type) {
        String logical = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        int digits = logical.endsWith("-millis") ? 3 : logical.endsWith("-micros") ? 6 : logical.endsWith("-nanos") ? 9 : type.precision();
        return digits <= 3 ? 1_000 : digits <= 6 ? 1_000_000 : 1_000_000_000;
    }

    private static final class BooleanReader extends ValueReader {
        @Override
        void read(AvroInput in, Row row, int column) throws DecodeException {
            row.setBoolean(column, in.readBoolean());
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            return in.readBoolean();
        }
    }

    private static final class IntReader extends ValueReader.OfLong {
        private final TypeRoot root;

        IntReader(TypeRoot root) {
            this.root = root;
        }

        @Override
        long readLong(AvroInput in) throws DecodeException {
            int value = in.readInt();
            return root == TypeRoot.TINYINT ? (byte) value : root == TypeRoot.SMALLINT ? (short) value : value;
        }

        @Override
        Object box(long value) {
            return switch (root) {
                case TINYINT -> (byte) value;
                case SMALLINT -> (short) value;
                default -> (int) value;
            };
        }
    }

    private static final class LongReader extends ValueReader.OfLong {
        @Override
        long readLong(AvroInput in) throws DecodeException {
            return in.readLong();
        }

        @Override
        Object box(long value) {
            return value;
        }
    }

    private static final class MillisReader extends ValueReader.OfLong {
        private final long unitsPerMilli;

        MillisReader(long unit) {
            unitsPerMilli = unit / 1_000;
        }

        @Override
        long readLong(AvroInput in) throws DecodeException {
            long value = in.readLong();
            return unitsPerMilli == 1 ? value : Math.floorDiv(value, unitsPerMilli);
        }

        @Override
        Object box(long value) {
            return value;
        }
    }

    private static final class TimestampReader extends ValueReader.OfObject {
        private final long unitsPerMilli;

        TimestampReader(long unit) {
            unitsPerMilli = unit / 1_000;
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            long value = in.readLong();
            long nanosPerUnit = 1_000_000 / unitsPerMilli;
            return new Timestamp(Math.floorDiv(value, unitsPerMilli), (int) (Math.floorMod(value, unitsPerMilli) * nanosPerUnit));
        }
    }

    private static final class FloatReader extends ValueReader {
        private final boolean whole;

        FloatReader(Schema.Type written) {
            whole = written != Schema.Type.FLOAT;
        }

        private float value(AvroInput in) throws DecodeException {
            return whole ? in.readLong() : in.readFloat();
        }

        @Override
        void read(AvroInput in, Row row, int column) throws DecodeException {
            row.setFloat(column, value(in));
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            return value(in);
        }
    }

    private static final class DoubleReader extends ValueReader {
        private final Schema.Type written;

        DoubleReader(Schema.Type written) {
            this.written = written;
        }

        private double value(AvroInput in) throws DecodeException {
            return written == Schema.Type.DOUBLE ? in.readDouble() : written == Schema.Type.FLOAT ? in.readFloat() : in.readLong();
        }

        @Override
        void read(AvroInput in, Row row, int column) throws DecodeException {
            row.setDouble(column, value(in));
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            return value(in);
        }
    }

    private static final class StringReader extends ValueReader {
        @Override
        void read(AvroInput in, Row row, int column) throws DecodeException {
            int length = in.readStringLength();
            row.setUtf8(column, in.bytes(), in.position(), length);
            in.skip(length);
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            int length = in.readStringLength();
            int from = in.position();
            in.skip(length);
            return Utf8.of(Arrays.copyOfRange(in.bytes(), from, from + length));
        }
    }

    private static final class EnumReader extends ValueReader {
        private final Utf8[] symbols;

        EnumReader(Schema schema) {
            symbols = schema.getEnumSymbols().stream().map(Utf8::of).toArray(Utf8[]::new);
        }

        private Utf8 symbol(AvroInput in) throws DecodeException {
            int index = in.readInt();
            if (index < 0 || index >= symbols.length) {
                throw in.error("symbol " + index + " of an enum of " + symbols.length);
            }
            return symbols[index];
        }

        @Override
        void read(AvroInput in, Row row, int column) throws DecodeException {
            row.setUtf8(column, symbol(in));
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            return symbol(in);
        }
    }

    private static class BytesReader extends ValueReader.OfObject {
        /** Or negative where the length is written. */
        private final int fixedSize;

        BytesReader(Schema schema) {
            fixedSize = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            int length = length(in);
            int from = in.position();
            in.skip(length);
            return Arrays.copyOfRange(in.bytes(), from, from + length);
        }

        final int length(AvroInput in) throws DecodeException {
            return fixedSize < 0 ? in.readLength() : fixedSize;
        }
    }

    private static final class DecimalReader extends BytesReader {
        private final int precision;
        private final int scale;
        private final int writtenScale;

        DecimalReader(Schema schema, DataType type) {
            super(schema);
            precision = type.precision();
            scale = type.scale();
            writtenScale = schema.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal.getScale() : scale;
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            int length = length(in);
            int from = in.position();
            if (length == 0 || length > LONGEST_DECIMAL) {
                throw in.error("a decimal has " + length + " bytes");
            }
            in.skip(length);
            BigDecimal value = new BigDecimal(new BigInteger(in.bytes(), from, length), writtenScale).setScale(scale, RoundingMode.HALF_UP);
            return value.precision() > precision ? null : value;
        }
    }
}
