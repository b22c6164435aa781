package creek.connector.file;

import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import creek.core.function.Variants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Rows as Flink's {@code Row.toString()} shows them, {@code +I[a, 1, null]}: each value as the Java object that Flink turns it into prints
 * itself. That is not what a CAST to STRING gives: {@code true}, {@code 2024-01-01T00:00}.
 */
final class RowText {
    private static final byte[][] KINDS = Arrays.stream(RowKind.values())
            .map(kind -> kind.shortString().getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);

    private RowText() {
    }

    /** Appends a row with its kind. */
    static void append(Schema schema, Row row, BinaryWriter out) {
        byte[] kind = KINDS[row.kind().ordinal()];
        out.writeRaw(kind, 0, kind.length);
        out.writeByte('[');
        for (int i = 0; i < schema.size(); i++) {
            separate(i, out);
            append(schema.type(i), row, i, out);
        }
        out.writeByte(']');
    }

    /** Appends a column's value. */
    static void append(DataType type, Row row, int column, BinaryWriter out) {
        if (row.isNullAt(column)) {
            ascii("null", out);
            return;
        }
        switch (type.root()) {
            case CHAR, VARCHAR, VARIANT -> appendObject(type, row.getUtf8(column), out);
            case BOOLEAN -> appendObject(type, row.getBoolean(column), out);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> ascii(Long.toString(row.getLong(column)), out);
            case FLOAT -> appendObject(type, row.getFloat(column), out);
            case DOUBLE -> appendObject(type, row.getDouble(column), out);
            case DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH -> appendObject(type, row.getInt(column), out);
            case INTERVAL_DAY_TIME -> appendObject(type, row.getLong(column), out);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                appendObject(type, type.isMillis() ? (Object) row.getLong(column) : row.getTimestamp(column), out);
            case BINARY, VARBINARY -> appendObject(type, row.getBytes(column), out);
            case DECIMAL -> appendObject(type, row.getDecimal(column), out);
            case ARRAY -> appendObject(type, row.getList(column), out);
            case MAP, MULTISET -> appendObject(type, row.getMap(column), out);
            case ROW, STRUCTURED_TYPE -> appendObject(type, row.getRow(column), out);
            case NULL -> ascii("null", out);
        }
    }

    /** Appends a value in its internal form, boxed, or null. */
    private static void appendObject(DataType type, Object value, BinaryWriter out) {
        if (value == null) {
            ascii("null", out);
            return;
        }
        switch (type.root()) {
            case CHAR, VARCHAR -> {
                Utf8 text = (Utf8) value;
                out.writeRaw(text.bytes(), text.offset(), text.length());
            }
            case VARIANT -> {
                Utf8 text = Variants.toText((Utf8) value);
                out.writeRaw(text.bytes(), text.offset(), text.length());
            }
            case BINARY, VARBINARY -> ascii(Arrays.toString((byte[]) value), out);
            case DATE -> ascii(LocalDate.ofEpochDay((Integer) value).toString(), out);
            case TIME_WITHOUT_TIME_ZONE ->
                ascii(LocalTime.ofNanoOfDay(TimeUnit.MILLISECONDS.toNanos((Integer) value)).toString(), out);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> ascii(LocalDateTime.ofInstant(instant(value), ZoneOffset.UTC).toString(), out);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ascii(instant(value).toString(), out);
            case INTERVAL_YEAR_MONTH -> ascii(Period.ofMonths((Integer) value).normalized().toString(), out);
            case INTERVAL_DAY_TIME -> ascii(Duration.ofMillis((Long) value).toString(), out);
            case ARRAY -> appendList(type.children().get(0), (List<?>) value, out);
            case MAP -> appendMap(type.children().get(0), type.children().get(1), (Map<?, ?>) value, out);
            case MULTISET -> appendMap(type.children().get(0), DataType.integer(), (Map<?, ?>) value, out);
            case ROW, STRUCTURED_TYPE -> append(type.schema(), (Row) value, out);
            default -> ascii(value.toString(), out);
        }
    }

    private static Instant instant(Object value) {
        if (value instanceof Timestamp fine) {
            return Instant.ofEpochMilli(fine.millis()).plusNanos(fine.nanos());
        }
        return Instant.ofEpochMilli((Long) value);
    }

    private static void appendList(DataType element, List<?> values, BinaryWriter out) {
        out.writeByte('[');
        for (int i = 0; i < values.size(); i++) {
            separate(i, out);
            appendObject(element, values.get(i), out);
        }
        out.writeByte(']');
    }

    private static void appendMap(DataType key, DataType value, Map<?, ?> entries, BinaryWriter out) {
        out.writeByte('{');
        int i = 0;
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            separate(i++, out);
            appendObject(key, entry.getKey(), out);
            out.writeByte('=');
            appendObject(value, entry.getValue(), out);
        }
        out.writeByte('}');
    }

    private static void separate(int index, BinaryWriter out) {
        if (index > 0) {
            out.writeByte(',');
            out.writeByte(' ');
        }
    }

    private static void ascii(String text, BinaryWriter out) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.writeRaw(bytes, 0, bytes.length);
    }
}
