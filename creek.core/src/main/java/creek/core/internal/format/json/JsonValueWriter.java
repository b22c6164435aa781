package creek.core.internal.format.json;

import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Timestamp;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import creek.core.internal.format.Boxing;
import creek.core.internal.format.Digits;
import creek.core.internal.format.TextWriter;
import creek.core.option.Options;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes values of one type as JSON. Not thread-safe. */
final class JsonValueWriter {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final DataType type;
    private final TextWriter text = new TextWriter();
    private final char timestampSeparator;
    private final boolean plainDecimals;
    private final JsonFormat.NullKeyMode nullKeyMode;
    private final Utf8 nullKey;
    /** Writes elements of an ARRAY, values of a MAP. */
    private final JsonValueWriter element;
    private final JsonFieldWriter fields;
    private final Row scratch = new Row(1);

    /** @throws IllegalArgumentException for a type that JSON can't carry */
    JsonValueWriter(DataType type, Options options) {
        this.type = type;
        timestampSeparator = options.get(JsonFormat.TIMESTAMP_STANDARD) == JsonFormat.TimestampStandard.ISO_8601 ? 'T' : ' ';
        plainDecimals = options.get(JsonFormat.PLAIN_DECIMALS);
        nullKeyMode = options.get(JsonFormat.NULL_KEY_MODE);
        nullKey = Utf8.of(options.get(JsonFormat.NULL_KEY_LITERAL));
        element = switch (type.root()) {
            case ARRAY -> new JsonValueWriter(type.children().get(0), options);
            case MAP -> new JsonValueWriter(type.children().get(1), options);
            case MULTISET -> new JsonValueWriter(DataType.integer(), options);
            default -> null;
        };
        fields = switch (type.root()) {
            case ROW -> new JsonFieldWriter(type.fields(), IntStream.range(0, type.fields().size()).toArray(), options);
            case MAP, MULTISET -> {
                if (!type.children().get(0).isString()) {
                    throw new IllegalArgumentException("JSON can only carry maps whose keys are strings, not " + type);
                }
                yield null;
            }
            case STRUCTURED_TYPE, VARIANT -> throw new IllegalArgumentException("JSON can't carry " + type);
            default -> null;
        };
    }

    void write(Row row, int column, BinaryWriter output) {
        if (row.isNullAt(column)) {
            output.writeRaw(NULL, 0, NULL.length);
            return;
        }
        switch (type.root()) {
            case CHAR, VARCHAR -> {
                Utf8 value = row.getUtf8(column);
                writeString(value.bytes(), value.offset(), value.length(), output);
            }
            case BOOLEAN -> {
                byte[] value = row.getBoolean(column) ? TRUE : FALSE;
                output.writeRaw(value, 0, value.length);
            }
            case TINYINT, SMALLINT, INTEGER, INTERVAL_YEAR_MONTH -> text.writeLong(row.getInt(column), output);
            case BIGINT, INTERVAL_DAY_TIME -> text.writeLong(row.getLong(column), output);
            case FLOAT -> writeFloat(row.getFloat(column), output);
            case DOUBLE -> writeDouble(row.getDouble(column), output);
            case DECIMAL -> text.writeDecimal(row, column, plainDecimals, output);
            case ARRAY -> writeArray(row.getList(column), output);
            case MAP, MULTISET -> writeMap(row.getMap(column), output);
            case ROW -> fields.write(row.getRow(column), output);
            case NULL -> output.writeRaw(NULL, 0, NULL.length);
            default -> {
                output.writeByte('"');
                writeQuoted(row, column, output);
                output.writeByte('"');
            }
        }
    }

    private void writeQuoted(Row row, int column, BinaryWriter output) {
        switch (type.root()) {
            case DATE -> text.writeDate(row.getInt(column), output);
            case TIME_WITHOUT_TIME_ZONE -> text.writeTime(row.getInt(column), 0, output);
            case BINARY, VARBINARY -> {
                byte[] base64 = Base64.getEncoder().encode(row.getBytes(column));
                output.writeRaw(base64, 0, base64.length);
            }
            default -> {
                if (type.isMillis()) {
                    text.writeTimestamp(row.getLong(column), 0, timestampSeparator, output);
                } else {
                    Timestamp timestamp = row.getTimestamp(column);
                    text.writeTimestamp(timestamp.millis(), timestamp.nanos(), timestampSeparator, output);
                }
                if (type.root() == TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
                    output.writeByte('Z');
                }
            }
        }
    }

    private void writeFloat(float value, BinaryWriter output) {
        boolean number = Float.isFinite(value);
        quoteUnless(number, output);
        text.writeFloat(value, output);
        quoteUnless(number, output);
    }

    private void writeDouble(double value, BinaryWriter output) {
        boolean number = Double.isFinite(value);
        quoteUnless(number, output);
        text.writeDouble(value, output);
        quoteUnless(number, output);
    }

    /** JSON has no numbers for NaN and the infinities: they are strings. */
    private static void quoteUnless(boolean number, BinaryWriter output) {
        if (!number) {
            output.writeByte('"');
        }
    }

    private void writeArray(List<Object> elements, BinaryWriter output) {
        output.writeByte('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                output.writeByte(',');
            }
            writeElement(elements.get(i), output);
        }
        output.writeByte(']');
    }

    private void writeMap(Map<Object, Object> entries, BinaryWriter output) {
        int before = '{';
        for (Map.Entry<Object, Object> entry : entries.entrySet()) {
            Utf8 key = (Utf8) entry.getKey();
            if (key == null) {
                if (nullKeyMode == JsonFormat.NullKeyMode.DROP) {
                    continue;
                }
                if (nullKeyMode == JsonFormat.NullKeyMode.FAIL) {
                    throw new IllegalArgumentException("a map has a NULL key; 'json.map-null-key.mode' can be 'DROP' or 'LITERAL'");
                }
                key = nullKey;
            }
            output.writeByte(before);
            writeString(key.bytes(), key.offset(), key.length(), output);
            output.writeByte(':');
            writeElement(entry.getValue(), output);
            before = ',';
        }
        if (before == '{') {
            output.writeByte('{');
        }
        output.writeByte('}');
    }

    private void writeElement(Object value, BinaryWriter output) {
        Boxing.unbox(element.type, value, scratch, 0);
        element.write(scratch, 0, output);
    }

    static void writeString(byte[] bytes, int offset, int length, BinaryWriter output) {
        output.writeByte('"');
        int copied = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            while (i <= end - Long.BYTES && JsonEscapes.areNotNeeded(Digits.word(bytes, i))) {
                i += Long.BYTES;
            }
            if (i == end) {
                break;
            }
            byte each = bytes[i];
            byte[] escape = each >= 0 ? JsonEscapes.OF[each] : null;
            if (escape != null) {
                output.writeRaw(bytes, copied, i - copied);
                output.writeRaw(escape, 0, escape.length);
                copied = i + 1;
            }
        }
        output.writeRaw(bytes, copied, end - copied);
        output.writeByte('"');
    }
}
