package creek.core.function;

import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Casts of strings to numbers and BOOLEAN, and casts to DECIMAL. Between primitive numbers Java's own casts are Flink's. */
public final class NumberCasts {
    private NumberCasts() {
    }

    /** @throws CastException if it is no number or does not fit */
    public static byte toByte(Utf8 text) {
        return (byte) toInteger(text, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
    }

    /** @throws CastException if it is no number or does not fit */
    public static short toShort(Utf8 text) {
        return (short) toInteger(text, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
    }

    /** @throws CastException if it is no number or does not fit */
    public static int toInt(Utf8 text) {
        return (int) toInteger(text, Integer.MIN_VALUE, Integer.MAX_VALUE, "INT");
    }

    /** @throws CastException if it is no number or does not fit */
    public static long toLong(Utf8 text) {
        return toInteger(text, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
    }

    /** Digits with a sign; fractional digits are cut off; blanks around are skipped. Counted downwards, since there is one more negative number. */
    private static long toInteger(Utf8 text, long min, long max, String type) {
        int i = 0;
        int end = text.length();
        while (i < end && text.byteAt(i) == ' ') {
            i++;
        }
        while (end > i && text.byteAt(end - 1) == ' ') {
            end--;
        }
        boolean negative = i < end && text.byteAt(i) == '-';
        if (negative || i < end && text.byteAt(i) == '+') {
            i++;
        }
        if (i == end) {
            throw new CastException(text, type);
        }
        long result = 0;
        boolean fraction = false;
        for (; i < end; i++) {
            byte b = text.byteAt(i);
            if (b == '.' && !fraction) {
                fraction = true;
                continue;
            }
            int digit = b - '0';
            if (digit < 0 || digit > 9) {
                throw new CastException(text, type);
            }
            if (!fraction) {
                if (result < Long.MIN_VALUE / 10 || result * 10 < Long.MIN_VALUE + digit) {
                    throw new CastException(text, type);
                }
                result = result * 10 - digit;
            }
        }
        if (negative ? result < min : result < -max) {
            throw new CastException(text, type);
        }
        return negative ? result : -result;
    }

    /** @throws CastException if it is no number */
    public static float toFloat(Utf8 text) {
        try {
            return Float.parseFloat(text.toString());
        } catch (NumberFormatException e) {
            throw new CastException(text, "FLOAT");
        }
    }

    /** @throws CastException if it is no number */
    public static double toDouble(Utf8 text) {
        try {
            return Double.parseDouble(text.toString());
        } catch (NumberFormatException e) {
            throw new CastException(text, "DOUBLE");
        }
    }

    /** @throws CastException for other words than t, true, y, yes, 1 and f, false, n, no, 0 */
    public static boolean toBoolean(Utf8 text) {
        if (text.length() <= "false".length()) {
            switch (text.toString().toLowerCase(java.util.Locale.ROOT)) {
                case "t", "true", "y", "yes", "1":
                    return true;
                case "f", "false", "n", "no", "0":
                    return false;
                default:
                    break;
            }
        }
        throw new CastException(text, "BOOLEAN");
    }

    /** @throws CastException if it is no number or has too many digits before the point */
    public static BigDecimal toDecimal(Utf8 text, int precision, int scale) {
        BigDecimal number = precision <= DecimalText.MAX_DIGITS && text.length() <= DecimalText.MAX_DIGITS ? DecimalText.parseShort(text, precision, scale)
                : DecimalText.parseLong(text, precision, scale);
        if (number == null) {
            throw new CastException(text, decimalName(precision, scale));
        }
        return number;
    }

    public static BigDecimal toDecimal(long number, int precision, int scale) {
        return fit(BigDecimal.valueOf(number), precision, scale);
    }

    /** Null if it does not fit. */
    public static BigDecimal toDecimal(double number, int precision, int scale) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new CastException(number, decimalName(precision, scale));
        }
        return fit(BigDecimal.valueOf(number), precision, scale);
    }

    /** Null if it does not fit. */
    public static BigDecimal toDecimal(boolean truth, int precision, int scale) {
        return fit(truth ? BigDecimal.ONE : BigDecimal.ZERO, precision, scale);
    }

    /** Null if it does not fit. */
    public static BigDecimal toDecimal(BigDecimal number, int precision, int scale) {
        return fit(number, precision, scale);
    }

    /** Rounds half up to the scale; null if it has too many digits then. */
    static BigDecimal fit(BigDecimal number, int precision, int scale) {
        // a number like 1E+999999999 must not be written out before it is refused
        if (number.signum() != 0 && (long) number.precision() - number.scale() > precision - scale) {
            return null;
        }
        BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
        return rounded.precision() > precision ? null : rounded;
    }

    private static String decimalName(int precision, int scale) {
        return "DECIMAL(" + precision + ", " + scale + ")";
    }
}
