package creek.core.internal.format.csv;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.TypeRoot;
import creek.core.format.DecodeException;
import creek.core.format.Framing;
import creek.core.internal.format.Boxing;
import creek.core.internal.format.DateTimeParser;
import creek.core.internal.format.NumberParser;
import creek.core.internal.format.Utf8Validator;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** Converts the text of fields to values of one type, as Flink does. Not thread-safe. */
final class CsvValue {
    /** Forms of values whose usual texts are looked for first; a plain number is quicker to tell apart than the type. */
    private static final int OTHER = 0;
    private static final int TEXT = 1;
    private static final int INTEGER = 2;
    private static final int DOUBLE = 3;

    private final DataType type;
    private final int form;
    /** The highest INTEGER of this type. */
    private final long max;
    private final CsvDialect dialect;
    private final byte[] nullLiteral;
    private final boolean lenient;
    private final DateTimeParser dateTimes = new DateTimeParser(false);
    /** For ARRAY its elements, for ROW its fields. */
    private final CsvValue[] children;
    /** The field of a ROW that is wanted alone, or -1. */
    private final int only;
    private final Row scratch;

    /**
     * @param path the field of a ROW that is wanted alone, or empty
     * @throws IllegalArgumentException for a type that CSV can't carry
     */
    CsvValue(DataType type, List<String> path, CsvDialect dialect, boolean lenient) {
        this.type = type;
        this.dialect = dialect;
        nullLiteral = dialect.nullLiteral();
        form = switch (type.root()) {
            case CHAR, VARCHAR -> TEXT;
            case TINYINT, SMALLINT, INTEGER, INTERVAL_YEAR_MONTH, BIGINT, INTERVAL_DAY_TIME -> INTEGER;
            case DOUBLE -> DOUBLE;
            default -> OTHER;
        };
        max = switch (type.root()) {
            case TINYINT -> Byte.MAX_VALUE;
            case SMALLINT -> Short.MAX_VALUE;
            case INTEGER, INTERVAL_YEAR_MONTH -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
        this.lenient = lenient;
        children = switch (type.root()) {
            case ARRAY, ROW -> type.children().stream().map(child -> element(type, child)).toArray(CsvValue[]::new);
            case MAP, MULTISET, STRUCTURED_TYPE, VARIANT -> throw new IllegalArgumentException("CSV can't carry " + type);
            default -> new CsvValue[0];
        };
        only = path.isEmpty() ? -1 : type.schema().indexOf(path.get(0));
        scratch = new Row(children.length);
        if (type.root() == TypeRoot.TIME_WITHOUT_TIME_ZONE && type.precision() > 3) {
            throw new IllegalArgumentException("CSV can't carry " + type + ", only TIME(0) to TIME(3)");
        }
    }

    private CsvValue element(DataType outer, DataType child) {
        if (child.root() == TypeRoot.ARRAY || child.root() == TypeRoot.ROW) {
            throw new IllegalArgumentException("CSV can't carry " + child + " within " + outer);
        }
        return new CsvValue(child, List.of(), dialect, lenient);
    }

    /** Sets the column to the value of the text; {@code place} is where the field stands, for messages. */
    void read(byte[] text, int from, int to, int place, Row row, int column) throws DecodeException {
        if (nullLiteral != null && Arrays.equals(nullLiteral, 0, nullLiteral.length, text, from, to)) {
            row.setNull(column);
        } else if (!readPlain(text, from, to, row, column)) {
            readAny(text, from, to, place, row, column);
        }
    }

    /** Sets the column if the text has the most usual form of the type. */
    private boolean readPlain(byte[] text, int from, int to, Row row, int column) {
        switch (form) {
            case TEXT -> {
                if (Utf8Validator.isValid(text, from, to)) {
                    row.setUtf8(column, text, from, to - from);
                    return true;
                }
            }
            case INTEGER -> {
                long value = NumberParser.plainLong(text, from, to);
                if (value >= 0 && value <= max) {
                    row.setLong(column, value);
                    return true;
                }
            }
            case DOUBLE -> {
                double value = NumberParser.plainDouble(text, from, to);
                if (value >= 0) {
                    row.setDouble(column, value);
                    return true;
                }
            }
            default -> {
            }
        }
        return false;
    }

    private void readAny(byte[] text, int from, int to, int place, Row row, int column) throws DecodeException {
        try {
            convert(text, from, to, place, row, column);
        } catch (DateTimeException | IllegalArgumentException e) {
            if (!lenient) {
                String shown = new String(text, from, Math.min(to - from, 40), StandardCharsets.UTF_8);
                throw new DecodeException("'" + shown + "' is not a value of type " + type, place);
            }
            row.setNull(column);
        }
    }

    private void convert(byte[] text, int from, int to, int place, Row row, int column) throws DecodeException {
        switch (type.root()) {
            case CHAR, VARCHAR -> throw new DecodeException("a field is not UTF-8", place);
            case TINYINT, SMALLINT, INTEGER, INTERVAL_YEAR_MONTH, BIGINT, INTERVAL_DAY_TIME -> row.setLong(column, integer(text, from, to));
            case DOUBLE -> row.setDouble(column, NumberParser.parseDouble(text, trimStart(text, from, to), trimEnd(text, from, to)));
            case FLOAT -> row.setFloat(column, NumberParser.parseFloat(text, trimStart(text, from, to), trimEnd(text, from, to)));
            case BOOLEAN -> row.setBoolean(column, isTrue(text, trimStart(text, from, to), trimEnd(text, from, to)));
            case DECIMAL -> NumberParser.readDecimal(text, from, to, type, row, column);
            case DATE -> row.setLong(column, dateTimes.parseJdbcDate(text, from, to));
            case TIME_WITHOUT_TIME_ZONE -> {
                int unit = type.precision() == 0 ? 1000 : type.precision() == 1 ? 100 : type.precision() == 2 ? 10 : 1;
                row.setLong(column, dateTimes.parseIsoTime(text, from, to) / unit * unit);
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> readTimestamp(text, from, to, row, column);
            case BINARY, VARBINARY -> row.setObject(column, Base64.getDecoder().decode(Arrays.copyOfRange(text, from, to)));
            case ARRAY -> readArray(text, from, to, place, row, column);
            case ROW -> readRow(text, from, to, place, row, column);
            default -> row.setNull(column);
        }
    }

    private long integer(byte[] text, int from, int to) {
        long value = NumberParser.parseLong(text, trimStart(text, from, to), trimEnd(text, from, to));
        if (value > max || value < -max - 1) {
            throw new NumberFormatException();
        }
        return value;
    }

    /** Whether the text is {@code true} in any case; anything else is false. */
    private static boolean isTrue(byte[] text, int from, int to) {
        return to - from == 4 && (text[from] | 0x20) == 't' && (text[from + 1] | 0x20) == 'r' && (text[from + 2] | 0x20) == 'u'
                && (text[from + 3] | 0x20) == 'e';
    }

    private void readTimestamp(byte[] text, int from, int to, Row row, int column) {
        boolean zoned = type.root() == TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
        dateTimes.parseTimestamp(text, trimStart(text, from, to), trimEnd(text, from, to), zoned);
        if (type.isMillis()) {
            row.setLong(column, dateTimes.millis());
        } else {
            row.setObject(column, dateTimes.timestamp());
        }
    }

    private void readArray(byte[] text, int from, int to, int place, Row row, int column) throws DecodeException {
        List<Object> elements = new ArrayList<>();
        if (trimStart(text, from, to) < to) {
            for (int p = from, end; p <= to; p = end + 1) {
                end = elementEnd(text, p, to);
                children[0].read(text, p, end, place, scratch, 0);
                elements.add(Boxing.box(children[0].type, scratch, 0));
            }
        }
        row.setObject(column, Collections.unmodifiableList(elements));
    }

    private void readRow(byte[] text, int from, int to, int place, Row row, int column) throws DecodeException {
        if (trimStart(text, from, to) == to) {
            row.setNull(column);
            return;
        }
        scratch.clear();
        int count = 0;
        for (int p = from, end; p <= to; p = end + 1) {
            end = elementEnd(text, p, to);
            if (count < children.length) {
                children[count].read(text, p, end, place, scratch, count);
            }
            count++;
        }
        if (count != children.length && !lenient) {
            throw new DecodeException("expected " + children.length + " values in a ROW but found " + count, place);
        }
        if (only < 0) {
            row.setObject(column, scratch.copy());
        } else {
            row.setFrom(column, scratch, only);
        }
    }

    private int elementEnd(byte[] text, int from, int to) {
        int p = from;
        while (p < to && text[p] != dialect.arrayDelimiter()) {
            p++;
        }
        return p;
    }

    private static int trimStart(byte[] text, int from, int to) {
        int p = from;
        while (p < to && text[p] >= 0 && text[p] <= ' ') {
            p++;
        }
        return p;
    }

    private static int trimEnd(byte[] text, int from, int to) {
        int p = to;
        while (p > from && text[p - 1] >= 0 && text[p - 1] <= ' ') {
            p--;
        }
        // All blank: the start was trimmed up to the end.
        return p == from ? to : p;
    }
}
