package creek.format.avro;

import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Timestamp;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writers of single values by their type. */
final class ValueWriters {
    private ValueWriters() {
    }

    /** A writer for values of that type, which has a schema. */
    static ValueWriter of(DataType type) {
        return switch (type.root()) {
            case BOOLEAN -> new ValueWriter.OfBoolean();
            case TINYINT, SMALLINT, INTEGER, BIGINT, DATE, TIME_WITHOUT_TIME_ZONE -> new ValueWriter.OfLong();
            case FLOAT -> new ValueWriter.OfFloat();
            case DOUBLE -> new ValueWriter.OfDouble();
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    type.isMillis() ? new ValueWriter.OfLong() : new TimestampWriter(type.precision() <= 6 ? 1_000 : 1);
            case CHAR, VARCHAR -> new StringWriter();
            case BINARY, VARBINARY -> new BytesWriter();
            case DECIMAL -> new DecimalWriter();
            case ARRAY -> new ArrayWriter(new NullableWriter(type.children().get(0)));
            case MAP -> new MapWriter(new NullableWriter(type.children().get(1)));
            case MULTISET -> new MapWriter(new NullableWriter(DataType.integer().notNull()));
            case ROW -> new RowWriter(RecordWriter.of(type.schema(), IntStream.range(0, type.fields().size()).boxed().toList()));
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, STRUCTURED_TYPE, VARIANT -> throw new IllegalArgumentException("format 'avro' can't carry " + type);
            case NULL -> null;
        };
    }

    /** Writes what may be null, as the union of null and the value if the type says so. */
    static final class NullableWriter {
        private static final int NULL_BRANCH = 0;
        private static final int VALUE_BRANCH = 2;

        private final DataType type;
        private final ValueWriter writer;

        NullableWriter(DataType type) {
            this.type = type;
            this.writer = of(type);
        }

        void write(Row row, int column, BinaryWriter output) {
            if (row.isNullAt(column)) {
                writeNull(output);
            } else {
                beginValue(output);
                writer.write(row, column, output);
            }
        }

        void write(Object value, BinaryWriter output) {
            if (value == null) {
                writeNull(output);
            } else {
                beginValue(output);
                writer.write(value, output);
            }
        }

        private void writeNull(BinaryWriter output) {
            if (!type.isNullable()) {
                throw new IllegalArgumentException("there is no value, and the type is " + type);
            }
            if (type.root() != TypeRoot.NULL) {
                output.writeByte(NULL_BRANCH);
            }
        }

        private void beginValue(BinaryWriter output) {
            if (type.isNullable()) {
                output.writeByte(VALUE_BRANCH);
            }
        }
    }

    private static final class TimestampWriter extends ValueWriter.OfObject {
        private final int nanosPerUnit;

        TimestampWriter(int nanosPerUnit) {
            this.nanosPerUnit = nanosPerUnit;
        }

        @Override
        Object get(Row row, int column) {
            return row.getTimestamp(column);
        }

        @Override
        void write(Object value, BinaryWriter output) {
            Timestamp timestamp = (Timestamp) value;
            writeLong(timestamp.millis() * (1_000_000 / nanosPerUnit) + timestamp.nanos() / nanosPerUnit, output);
        }
    }

    private static final class StringWriter extends ValueWriter.OfObject {
        @Override
        Object get(Row row, int column) {
            return row.getUtf8(column);
        }

        @Override
        void write(Object value, BinaryWriter output) {
            Utf8 text = (Utf8) value;
            writeBytes(text.bytes(), text.offset(), text.length(), output);
        }
    }

    private static final class BytesWriter extends ValueWriter.OfObject {
        @Override
        Object get(Row row, int column) {
            return row.getBytes(column);
        }

        @Override
        void write(Object value, BinaryWriter output) {
            byte[] bytes = (byte[]) value;
            writeBytes(bytes, 0, bytes.length, output);
        }
    }

    private static final class DecimalWriter extends ValueWriter.OfObject {
        @Override
        Object get(Row row, int column) {
            return row.getDecimal(column);
        }

        @Override
        void write(Object value, BinaryWriter output) {
            byte[] unscaled = ((BigDecimal) value).unscaledValue().toByteArray();
            writeBytes(unscaled, 0, unscaled.length, output);
        }
    }

    private static final class ArrayWriter extends ValueWriter.OfObject {
        private final NullableWriter element;

        ArrayWriter(NullableWriter element) {
            this.element = element;
        }

        @Override
        Object get(Row row, int column) {
            return row.getList(column);
        }

        @Override
        void write(Object value, BinaryWriter output) {
            List<?> list = (List<?>) value;
            if (!list.isEmpty()) {
                writeLong(list.size(), output);
                for (Object each : list) {
                    element.write(each, output);
                }
            }
            writeLong(0, output);
        }
    }

    private static final class MapWriter extends ValueWriter.OfObject {
        private final NullableWriter values;

        MapWriter(NullableWriter values) {
            this.values = values;
        }

        @Override
        Object get(Row row, int column) {
            return row.getMap(column);
        }

        @Override
        void write(Object value, BinaryWriter output) {
            Map<?, ?> map = (Map<?, ?>) value;
            if (!map.isEmpty()) {
                writeLong(map.size(), output);
                map.forEach((key, each) -> {
                    if (key == null) {
                        throw new IllegalArgumentException("a map has the key NULL, which Avro can't carry");
                    }
                    Utf8 text = (Utf8) key;
                    writeBytes(text.bytes(), text.offset(), text.length(), output);
                    values.write(each, output);
                });
            }
            writeLong(0, output);
        }
    }

    private static final class RowWriter extends ValueWriter.OfObject {
        private final RecordWriter record;

        RowWriter(RecordWriter record) {
            this.record = record;
        }

        @Override
        Object get(Row row, int column) {
            return row.getRow(column);
        }

        @Override
        void write(Object value, BinaryWriter output) {
            record.write((Row) value, output);
        }
    }
}
