package creek.core.internal.format.json;

import creek.core.data.Row;
import creek.core.data.TypeRoot;
import creek.core.format.DecodeException;
import creek.core.internal.format.Digits;
import creek.core.internal.format.EachByte;
import creek.core.internal.format.NumberParser;

/**
 * Reads numbers into columns. The usual forms ({@code 21.37}, {@code 1700000000000}) are read in place, up to eight digits a step; numbers in
 * quotes, with many digits, and null take the long way, which also finds errors.
 */
final class JsonNumber {
    /** Eight digits more still fit into a long. */
    private static final long MAX_DIGITS_BEFORE_LAST_EIGHT = 90_000_000_000L;

    private JsonNumber() {
    }

    static int readLong(byte[] b, int p, int to, Row row, int column, JsonValue value) throws DecodeException {
        boolean negative = b[p] == '-';
        int q = negative ? p + 1 : p;
        long word = Digits.word(b, q);
        int count = Digits.count(word);
        if (count == 0 || count > 1 && (byte) word == '0') {
            return readLongSlowly(b, p, to, row, column, value);
        }
        long number;
        if (count < Long.BYTES) {
            number = Digits.value(word, count);
        } else if (q + Long.BYTES > to) {
            return readLongSlowly(b, p, to, row, column, value);
        } else {
            number = Digits.value(word, Long.BYTES);
            q += Long.BYTES;
            word = Digits.word(b, q);
            count = Digits.count(word);
            if (count == Long.BYTES) {
                return readLongSlowly(b, p, to, row, column, value);
            }
            if (count > 0) {
                number = number * Digits.powerOfTen(count) + Digits.value(word, count);
            }
        }
        q += count;
        byte next = Digits.character(word, count);
        if (q >= to || next == '.' || (next | 0x20) == 'e') {
            return readLongSlowly(b, p, to, row, column, value);
        }
        row.setLong(column, negative ? -number : number);
        return q;
    }

    static int readInteger(byte[] b, int p, int to, Row row, int column, JsonValue value) throws DecodeException {
        int end = readLong(b, p, to, row, column, value);
        if (!row.isNullAt(column)) {
            long number = row.getLong(column);
            boolean fits = switch (value.type().root()) {
                case TINYINT -> number == (byte) number;
                case SMALLINT -> number == (short) number;
                default -> number == (int) number;
            };
            if (!fits) {
                value.scalar(b, JsonScanner.skipSpace(b, p, to), to);
                throw value.mismatch(p);
            }
        }
        return end;
    }

    private static int readLongSlowly(byte[] b, int from, int limit, Row row, int column, JsonValue value) throws DecodeException {
        int to = value.recordEnd(b, from, limit);
        int p = JsonScanner.skipSpace(b, from, to);
        if (p < to && JsonScanner.isNull(b, p)) {
            row.setNull(column);
            return p + 4;
        }
        int end = value.scalar(b, p, to);
        trim(value.text());
        JsonText text = value.text();
        try {
            if (b[p] != '"' && hasFraction(text)) {
                row.setLong(column, truncated(text, p, value));
            } else {
                row.setLong(column, NumberParser.parseLong(text.bytes, text.from, text.to));
            }
        } catch (NumberFormatException e) {
            throw value.mismatch(p);
        }
        return end;
    }

    /** A number with fraction or exponent as an integer: BIGINT and INT cut the fraction off, smaller types refuse it, as Flink does. */
    private static long truncated(JsonText text, int p, JsonValue value) throws DecodeException {
        double number = NumberParser.parseDouble(text.bytes, text.from, text.to);
        boolean fits = switch (value.type().root()) {
            case TINYINT, SMALLINT -> false;
            case INTEGER, INTERVAL_YEAR_MONTH -> number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE;
            default -> number >= Long.MIN_VALUE && number <= Long.MAX_VALUE;
        };
        if (!fits) {
            throw value.mismatch(p);
        }
        return (long) number;
    }

    private static boolean hasFraction(JsonText text) {
        for (int i = text.from; i < text.to; i++) {
            byte each = text.bytes[i];
            if (each == '.' || (each | 0x20) == 'e' && text.bytes[text.from] <= '9') {
                return true;
            }
        }
        return false;
    }

    static int readDouble(byte[] b, int p, int to, Row row, int column, JsonValue value) throws DecodeException {
        boolean negative = b[p] == '-';
        int q = negative ? p + 1 : p;
        long word = Digits.word(b, q);
        long others = Digits.others(word);
        int count = EachByte.first(others);
        if (count == 0 || count == Long.BYTES || count > 1 && (byte) word == '0') {
            return readFloating(b, p, to, row, column, value);
        }
        int length = Digits.character(word, count) == '.' ? EachByte.first(others & others - 1) : 0;
        if (length > count + 1 && length < Long.BYTES && q + length < to && (Digits.character(word, length) | 0x20) != 'e') {
            // All of it, and what follows, is in one word: the digits without their point are one number.
            double number = NumberParser.exactDouble(Digits.value(Digits.without(word, count), length - 1), count + 1 - length);
            row.setDouble(column, negative ? -number : number);
            return q + length;
        }
        return readLongDouble(b, p, q, count, to, row, column, value);
    }

    /** Reads a double whose {@code count} first digits, at {@code from}, were seen. */
    private static int readLongDouble(byte[] b, int p, int from, int count, int to, Row row, int column, JsonValue value) throws DecodeException {
        boolean negative = from > p;
        long word = Digits.word(b, from);
        long mantissa = Digits.value(word, count);
        int q = from + count;
        if (q >= to) {
            throw JsonScanner.truncated(to);
        }
        int scale = 0;
        if (b[q] == '.') {
            q++;
            word = Digits.word(b, q);
            scale = Digits.count(word);
            if (scale == 0) {
                return readFloating(b, p, to, row, column, value);
            }
            mantissa = mantissa * Digits.powerOfTen(scale) + Digits.value(word, scale);
            q += scale;
            if (scale == Long.BYTES) {
                return readLongFraction(b, p, q, to, mantissa, row, column, value);
            }
        }
        double number = NumberParser.toDouble(mantissa, -scale);
        if ((b[q] | 0x20) == 'e' || Double.isNaN(number)) {
            return readFloating(b, p, to, row, column, value);
        }
        row.setDouble(column, negative ? -number : number);
        return q;
    }

    /** Goes on after the first eight digits of a double's fraction, at {@code from}. */
    private static int readLongFraction(byte[] b, int p, int from, int to, long digits, Row row, int column, JsonValue value)
            throws DecodeException {
        if (from >= to || digits >= MAX_DIGITS_BEFORE_LAST_EIGHT) {
            return readFloating(b, p, to, row, column, value);
        }
        long word = Digits.word(b, from);
        int more = Digits.count(word);
        long mantissa = more == 0 ? digits : digits * Digits.powerOfTen(more) + Digits.value(word, more);
        int q = from + more;
        double number = NumberParser.toDouble(mantissa, -Long.BYTES - more);
        if (more == Long.BYTES && Digits.count(b[q] & 0xFFL) > 0 || (b[q] | 0x20) == 'e' || Double.isNaN(number)) {
            return readFloating(b, p, to, row, column, value);
        }
        row.setDouble(column, b[p] == '-' ? -number : number);
        return q;
    }

    /** Reads a FLOAT or DOUBLE in any form. */
    static int readFloating(byte[] b, int from, int limit, Row row, int column, JsonValue value) throws DecodeException {
        int to = value.recordEnd(b, from, limit);
        int p = JsonScanner.skipSpace(b, from, to);
        if (p < to && JsonScanner.isNull(b, p)) {
            row.setNull(column);
            return p + 4;
        }
        int end = value.scalar(b, p, to);
        JsonText text = value.text();
        trim(text);
        try {
            if (value.type().root() == TypeRoot.FLOAT) {
                row.setFloat(column, NumberParser.parseFloat(text.bytes, text.from, text.to));
            } else {
                row.setDouble(column, NumberParser.parseDouble(text.bytes, text.from, text.to));
            }
        } catch (NumberFormatException e) {
            throw value.mismatch(p);
        }
        return end;
    }

    static int readDecimal(byte[] b, int p, int to, Row row, int column, JsonValue value) throws DecodeException {
        int end = value.scalar(b, p, to);
        JsonText text = value.text();
        trim(text);
        try {
            NumberParser.readDecimal(text.bytes, text.from, text.to, value.type(), row, column);
        } catch (NumberFormatException e) {
            throw value.mismatch(p);
        }
        return end;
    }

    /** Leaves out what {@link String#trim} does at both ends. */
    private static void trim(JsonText text) {
        while (text.from < text.to && isBlank(text.bytes[text.from])) {
            text.from++;
        }
        while (text.from < text.to && isBlank(text.bytes[text.to - 1])) {
            text.to--;
        }
    }

    private static boolean isBlank(byte b) {
        return b >= 0 && b <= ' ';
    }
}
