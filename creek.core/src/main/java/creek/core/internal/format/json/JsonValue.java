package creek.core.internal.format.json;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.TypeRoot;
import creek.core.format.DecodeException;
import creek.core.internal.format.DateTimeParser;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Base64;

/** Decodes values of one type into a column. Not thread-safe. */
final class JsonValue {
    /** Forms of values that are looked for first; a plain number is quicker to tell apart than the type. */
    private static final int OTHER = 0;
    private static final int TEXT = 1;
    private static final int LONG = 2;
    private static final int INTEGER = 3;
    private static final int DOUBLE = 4;
    private static final int TIMESTAMP = 5;

    private final DataType type;
    private final int form;
    /** Of timestamps: whether they end with a zone, and whether they are a number of milliseconds. */
    private final boolean zoned;
    private final boolean millis;
    private final boolean lenient;
    private final JsonReadOptions options;
    private final JsonText text;
    private final DateTimeParser dateTimes;
    private final JsonContainer container;

    /** @throws IllegalArgumentException for a type that JSON can't carry */
    JsonValue(DataType type, JsonReadOptions options) {
        this.type = type;
        this.options = options;
        lenient = options.lenient();
        text = options.text();
        dateTimes = new DateTimeParser(options.iso());
        zoned = type.root() == TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
        millis = type.isTimestamp() && type.isMillis();
        form = switch (type.root()) {
            case CHAR, VARCHAR -> TEXT;
            case BIGINT, INTERVAL_DAY_TIME -> LONG;
            case INTEGER, INTERVAL_YEAR_MONTH, SMALLINT, TINYINT -> INTEGER;
            case DOUBLE -> DOUBLE;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TIMESTAMP;
            default -> OTHER;
        };
        container = switch (type.root()) {
            case ARRAY, MAP, MULTISET, ROW -> new JsonContainer(type, options);
            case STRUCTURED_TYPE, VARIANT -> throw new IllegalArgumentException("JSON can't carry " + type);
            default -> null;
        };
    }

    DataType type() {
        return type;
    }

    /** Decodes the value at {@code p}, sets the column, and returns the place after the value. */
    int decode(byte[] b, int p, int to, Row row, int column) throws DecodeException {
        if (p >= to) {
            throw JsonScanner.truncated(to);
        }
        return lenient ? readLeniently(b, p, to, row, column) : read(b, p, to, row, column);
    }

    private int readLeniently(byte[] b, int p, int to, Row row, int column) throws DecodeException {
        try {
            return read(b, p, to, row, column);
        } catch (ValueException e) {
            row.setNull(column);
            return JsonScanner.skipValue(b, p, options.end().of(b, p, to));
        }
    }

    private int read(byte[] b, int p, int to, Row row, int column) throws DecodeException {
        return switch (form) {
            case TEXT -> readString(b, p, to, row, column);
            case DOUBLE -> JsonNumber.readDouble(b, p, to, row, column, this);
            case LONG -> JsonNumber.readLong(b, p, to, row, column, this);
            case INTEGER -> JsonNumber.readInteger(b, p, to, row, column, this);
            case TIMESTAMP -> b[p] == '"' ? readTimestamp(b, p, to, row, column) : readOther(b, p, to, row, column);
            default -> readOther(b, p, to, row, column);
        };
    }

    private int readString(byte[] b, int p, int to, Row row, int column) throws DecodeException {
        if (b[p] == '"') {
            int end = text.read(b, p, to);
            row.setUtf8(column, text.bytes, text.from, text.to - text.from);
            return end;
        }
        return readOddString(b, p, options.end().of(b, p, to), row, column);
    }

    /** Reads anything as a string that is none, or comes after white space. */
    private int readOddString(byte[] b, int p, int to, Row row, int column) throws DecodeException {
        int start = JsonScanner.skipSpace(b, p, to);
        if (start > p && start < to && b[start] == '"') {
            return readString(b, start, to, row, column);
        }
        int end = JsonScanner.skipValue(b, start, to);
        if (JsonScanner.isNull(b, start)) {
            row.setNull(column);
        } else if (b[start] == '{' || b[start] == '[') {
            int begin = text.begin();
            JsonCompactor.append(b, start, end, text, options.exactNumbers());
            text.end(begin);
            row.setUtf8(column, text.bytes, text.from, text.to - text.from);
        } else {
            row.setUtf8(column, b, start, end - start);
        }
        return end;
    }

    /** Types whose values start with none of JSON's simple forms, or are rare. */
    private int readOther(byte[] b, int from, int limit, Row row, int column) throws DecodeException {
        int to = options.end().of(b, from, limit);
        int p = JsonScanner.skipSpace(b, from, to);
        if (p < to && JsonScanner.isNull(b, p)) {
            row.setNull(column);
            return p + 4;
        }
        return switch (type.root()) {
            case BOOLEAN -> readBoolean(b, p, to, row, column);
            case FLOAT -> JsonNumber.readFloating(b, p, to, row, column, this);
            case DECIMAL -> JsonNumber.readDecimal(b, p, to, row, column, this);
            case NULL -> {
                row.setNull(column);
                yield JsonScanner.skipValue(b, p, to);
            }
            case ARRAY, MAP, MULTISET, ROW -> container.read(b, p, to, row, column);
            default -> readFromText(b, p, to, row, column);
        };
    }

    private int readBoolean(byte[] b, int p, int to, Row row, int column) throws DecodeException {
        if (JsonScanner.isTrue(b, p) || JsonScanner.isFalse(b, p)) {
            boolean value = b[p] == 't';
            row.setBoolean(column, value);
            return p + (value ? 4 : 5);
        }
        int end = scalar(b, p, to);
        row.setBoolean(column, "true".equalsIgnoreCase(shown().trim()));
        return end;
    }

    private int readFromText(byte[] b, int p, int to, Row row, int column) throws DecodeException {
        int end = scalar(b, p, to);
        byte[] bytes = text.bytes;
        try {
            switch (type.root()) {
                case DATE -> row.setLong(column, dateTimes.parseDate(bytes, text.from, text.to));
                case TIME_WITHOUT_TIME_ZONE -> row.setLong(column, dateTimes.parseTime(bytes, text.from, text.to));
                case BINARY, VARBINARY -> row.setObject(column, base64(b, p));
                default -> setTimestamp(row, column);
            }
        } catch (DateTimeException e) {
            throw mismatch(p);
        }
        return end;
    }

    /** Reads the timestamp in the string at {@code p}. */
    private int readTimestamp(byte[] b, int p, int to, Row row, int column) throws DecodeException {
        int end = text.read(b, p, to);
        try {
            setTimestamp(row, column);
        } catch (DateTimeException e) {
            throw mismatch(p);
        }
        return end;
    }

    private void setTimestamp(Row row, int column) {
        dateTimes.parseTimestamp(text.bytes, text.from, text.to, zoned);
        if (millis) {
            row.setLong(column, dateTimes.millis());
        } else {
            row.setObject(column, dateTimes.timestamp());
        }
    }

    private byte[] base64(byte[] b, int p) throws DecodeException {
        if (b[p] == '"' && (text.to - text.from) % 4 == 0) {
            try {
                return Base64.getDecoder().decode(Arrays.copyOfRange(text.bytes, text.from, text.to));
            } catch (IllegalArgumentException e) {
                // said below, in words of the column
            }
        }
        throw mismatch(p);
    }

    /** Takes the text of the string, number or literal at {@code p} and returns the place after it. */
    int scalar(byte[] b, int p, int to) throws DecodeException {
        if (p < to && b[p] == '"') {
            return text.read(b, p, to);
        }
        int end = JsonScanner.skipValue(b, p, to);
        text.bytes = b;
        text.from = p;
        text.to = end;
        if (b[p] == '{' || b[p] == '[') {
            throw mismatch(p);
        }
        return end;
    }

    JsonText text() {
        return text;
    }

    /** {@link JsonEnd#of}. */
    int recordEnd(byte[] b, int p, int to) throws DecodeException {
        return options.end().of(b, p, to);
    }

    private String shown() {
        int length = Math.min(text.to - text.from, 40);
        return new String(text.bytes, text.from, length, StandardCharsets.UTF_8);
    }

    /** Says that the value at {@code p}, whose text was taken, is not of this type. */
    ValueException mismatch(int p) {
        String hint = switch (type.root()) {
            case DATE -> " (such as 2024-02-29)";
            case TIME_WITHOUT_TIME_ZONE -> " (such as 23:59:59)";
            case TIMESTAMP_WITHOUT_TIME_ZONE -> options.iso() ? " (such as 2024-02-29T23:59:59.123)" : " (such as 2024-02-29 23:59:59.123)";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    options.iso() ? " (such as 2024-02-29T23:59:59.123Z)" : " (such as 2024-02-29 23:59:59.123Z)";
            case BINARY, VARBINARY -> " (in base64)";
            default -> "";
        };
        return new ValueException("'" + shown() + "' is not a value of type " + type + hint, p);
    }
}
