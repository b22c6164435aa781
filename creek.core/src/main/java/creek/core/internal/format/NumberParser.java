package creek.core.internal.format;

import creek.core.data.DataType;
import creek.core.data.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Numbers from slices of ASCII text, with the results of {@link Long#parseLong}, {@link Double#parseDouble} and {@link BigDecimal}, without
 * objects on the common path. All throw {@link NumberFormatException} for what is not a number.
 */
public final class NumberParser {
    /** Longer texts of numbers are refused: the time to convert one grows faster than its length. */
    public static final int MAX_LENGTH = 1000;
    private static final int MAX_SHORT_DIGITS = 18;

    private static final NumberFormatException NOT_A_NUMBER = new NumberFormatException() {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    };
    private static final double[] DOUBLE_POWERS = new double[23];
    private static final float[] FLOAT_POWERS = new float[11];

    static {
        for (int i = 0; i < DOUBLE_POWERS.length; i++) {
            DOUBLE_POWERS[i] = Double.parseDouble("1e" + i);
        }
        for (int i = 0; i < FLOAT_POWERS.length; i++) {
            FLOAT_POWERS[i] = Float.parseFloat("1e" + i);
        }
    }

    private NumberParser() {
    }

    /** Parses {@code [+-]digits}. */
    public static long parseLong(byte[] text, int from, int to) {
        long plain = plainLong(text, from, to);
        return plain >= 0 ? plain : parseAnyLong(text, from, to);
    }

    /** The number that a text of one to sixteen digits is, or a negative one for others. */
    public static long plainLong(byte[] text, int from, int to) {
        int length = to - from;
        if (length > 0 && length <= 2 * Long.BYTES && from <= text.length - 2 * Long.BYTES) {
            long first = Digits.word(text, from);
            if (length <= Long.BYTES) {
                if (Digits.count(first) >= length) {
                    return Digits.value(first, length);
                }
            } else {
                long second = Digits.word(text, from + Long.BYTES);
                int more = length - Long.BYTES;
                if (Digits.count(first) == Long.BYTES && Digits.count(second) >= more) {
                    return Digits.value(first, Long.BYTES) * Digits.powerOfTen(more) + Digits.value(second, more);
                }
            }
        }
        return -1;
    }

    private static long parseAnyLong(byte[] text, int from, int to) {
        int p = from;
        boolean negative = p < to && text[p] == '-';
        if (negative || p < to && text[p] == '+') {
            p++;
        }
        if (p == to) {
            throw NOT_A_NUMBER;
        }
        // Accumulates downwards: the smallest long has no positive counterpart.
        long value = 0;
        for (; p < to; p++) {
            int digit = text[p] - '0';
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                throw NOT_A_NUMBER;
            }
            value = value * 10 - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            throw NOT_A_NUMBER;
        }
        return negative ? value : -value;
    }

    /** Parses what {@link Double#parseDouble} parses. */
    public static double parseDouble(byte[] text, int from, int to) {
        double plain = plainDouble(text, from, to);
        return plain >= 0 ? plain : parseFloating(text, from, to, false);
    }

    /** The number that a text of one to eight digits is, one of which may be a point; a negative one for others. */
    public static double plainDouble(byte[] text, int from, int to) {
        int length = to - from;
        if (length > 0 && length <= Long.BYTES && from <= text.length - Long.BYTES) {
            // All of it is in one word: the digits without their point are one number.
            long word = Digits.word(text, from);
            int count = Digits.count(word);
            if (count >= length) {
                return Digits.value(word, length);
            }
            int scale = length - count - 1;
            if (count > 0 && scale > 0 && text[from + count] == '.' && Digits.count(word >>> (count + 1) * Byte.SIZE) >= scale) {
                return exactDouble(Digits.value(Digits.without(word, count), count + scale), -scale);
            }
        }
        return -1;
    }

    /** Parses what {@link Float#parseFloat} parses. */
    public static float parseFloat(byte[] text, int from, int to) {
        return (float) parseFloating(text, from, to, true);
    }

    /** The number that {@code [-]digits[.digits][e[+-]digits]} is, without objects where it has up to eighteen digits. */
    private static double parseFloating(byte[] text, int from, int to, boolean single) {
        boolean negative = from < to && text[from] == '-';
        int p = negative ? from + 1 : from;
        long mantissa = 0;
        int digits = 0;
        int point = -1;
        for (; p < to && mantissa < 100_000_000_000_000_000L; p++) {
            int digit = text[p] - '0';
            if (digit >= 0 && digit <= 9) {
                mantissa = mantissa * 10 + digit;
                digits++;
            } else if (text[p] == '.' && point < 0) {
                point = digits;
            } else {
                break;
            }
        }
        int exponent = point < 0 ? 0 : point - digits;
        if (p < to - 1 && (text[p] | 0x20) == 'e' && to - p < 6) {
            boolean negativeExponent = text[p + 1] == '-';
            int written = 0;
            for (p += negativeExponent || text[p + 1] == '+' ? 2 : 1; p < to && text[p] >= '0' && text[p] <= '9'; p++) {
                written = written * 10 + text[p] - '0';
            }
            exponent += negativeExponent ? -written : written;
            // What ends with the sign is no number.
            p = text[to - 1] > '9' || text[to - 1] < '0' ? from : p;
        }
        if (p == to && digits > 0) {
            if (single && isExactFloat(mantissa, exponent)) {
                float value = exactFloat(mantissa, exponent);
                return negative ? -value : value;
            }
            double value = single ? Double.NaN : toDouble(mantissa, exponent);
            if (!Double.isNaN(value)) {
                return negative ? -value : value;
            }
        }
        String string = string(text, from, to);
        return single ? Float.parseFloat(string) : Double.parseDouble(string);
    }

    /**
     * Sets a column to what {@link BigDecimal} parses, rounded half up to the type's scale; to null if it has too many digits for the type. No object
     * is made of eighteen digits or fewer.
     */
    public static void readDecimal(byte[] text, int from, int to, DataType type, Row row, int column) {
        boolean isShort = readShortDecimal(text, from, to, row, column);
        if (isShort && widen(type, row, column)) {
            return;
        }
        BigDecimal fitting = fit(isShort ? row.getDecimal(column) : new BigDecimal(string(text, from, to)), type);
        if (fitting == null) {
            row.setNull(column);
        } else {
            row.setObject(column, fitting);
        }
    }

    /** Gives a decimal that is no object the type's scale, if it is and stays such and fits. */
    private static boolean widen(DataType type, Row row, int column) {
        long unscaled = row.getLong(column);
        int zeros = type.scale() - row.shortScale(column);
        int room = Math.min(type.precision(), MAX_SHORT_DIGITS) - zeros;
        if (zeros < 0 || room < 0 || Math.abs(unscaled) >= Digits.powerOfTen(room)) {
            return false;
        }
        row.setDecimal(column, unscaled * Digits.powerOfTen(zeros), type.scale());
        return true;
    }

    /** Sets a column to a decimal of at most 18 digits without exponent; false for others. */
    private static boolean readShortDecimal(byte[] text, int from, int to, Row row, int column) {
        int p = from;
        boolean negative = p < to && text[p] == '-';
        if (negative) {
            p++;
        }
        if (to - p > MAX_SHORT_DIGITS + 1 || p == to) {
            return false;
        }
        long unscaled = 0;
        int digits = 0;
        int point = -1;
        for (; p < to; p++) {
            int digit = text[p] - '0';
            if (digit >= 0 && digit <= 9) {
                unscaled = unscaled * 10 + digit;
                digits++;
            } else if (text[p] == '.' && point < 0) {
                point = digits;
            } else {
                return false;
            }
        }
        if (digits == 0 || digits > MAX_SHORT_DIGITS) {
            return false;
        }
        row.setDecimal(column, negative ? -unscaled : unscaled, point < 0 ? 0 : digits - point);
        return true;
    }

    /** Rounds half up to the type's scale; null if the number then has too many digits for the type. */
    public static BigDecimal fit(BigDecimal number, DataType type) {
        if (number.scale() != type.scale()) {
            // Ask how large it is before rounding: to write 1e999999999 out would fill the memory.
            long integerDigits = (long) number.precision() - number.scale();
            if (number.signum() == 0 || integerDigits < -type.scale()) {
                return BigDecimal.ZERO.setScale(type.scale());
            }
            if (integerDigits > type.precision() - type.scale()) {
                return null;
            }
        }
        BigDecimal rounded = number.setScale(type.scale(), RoundingMode.HALF_UP);
        return rounded.precision() > type.precision() ? null : rounded;
    }

    /** The double closest to {@code mantissa * 10^exponent}, or NaN where only the long way can tell. The mantissa is not negative. */
    public static double toDouble(long mantissa, int exponent) {
        return isExactDouble(mantissa, exponent) ? exactDouble(mantissa, exponent) : DecimalRounding.toDouble(mantissa, exponent);
    }

    /** Whether mantissa and power of ten are both doubles, so that one operation on them rounds once and correctly. */
    private static boolean isExactDouble(long mantissa, int exponent) {
        return mantissa >>> 53 == 0 && exponent >= -22 && exponent <= 22;
    }

    /** The double closest to {@code mantissa * 10^exponent}, for a mantissa of up to fifteen digits and an exponent of -22 to 22. */
    public static double exactDouble(long mantissa, int exponent) {
        return exponent < 0 ? mantissa / DOUBLE_POWERS[-exponent] : mantissa * DOUBLE_POWERS[exponent];
    }

    private static boolean isExactFloat(long mantissa, int exponent) {
        return mantissa >>> 24 == 0 && exponent >= -10 && exponent <= 10;
    }

    static float exactFloat(long mantissa, int exponent) {
        return exponent < 0 ? mantissa / FLOAT_POWERS[-exponent] : mantissa * FLOAT_POWERS[exponent];
    }

    private static String string(byte[] text, int from, int to) {
        if (to - from > MAX_LENGTH) {
            throw NOT_A_NUMBER;
        }
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }
}
