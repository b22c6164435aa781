package creek.core.function;

import creek.core.data.Utf8;
import java.math.BigDecimal;

/** Reads DECIMALs out of strings as leniently as Flink does. Null stands for what is none, or does not fit. */
final class DecimalText {
    /** Of so many digits, and out of strings of so many bytes, numbers are computed as {@code long}. */
    static final int MAX_DIGITS = 18;

    /** Any exponent beyond is too large or too small alike. */
    private static final int MAX_EXPONENT = 40;
    /** Longer texts are no numbers: reading them costs the square of their length, and they come from an attack rather than a device. */
    private static final int MAX_LENGTH = 10_000;
    private static final long[] POWERS = new long[MAX_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i <= MAX_DIGITS; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private DecimalText() {
    }

    /** Longer numbers: what {@link BigDecimal} reads, with blanks around. */
    static BigDecimal parseLong(Utf8 text, int precision, int scale) {
        String characters = text.toString();
        int from = 0;
        int to = characters.length();
        while (from < to && isBlank(characters.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(characters.charAt(to - 1))) {
            to--;
        }
        BigDecimal value = parse(characters.substring(from, to));
        return value == null ? null : NumberCasts.fit(value, precision, scale);
    }

    /** What {@link BigDecimal} reads. */
    static BigDecimal parse(String text) {
        try {
            return text.length() > MAX_LENGTH ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * Digits, a point and an exponent. As in Flink the one character that ends them is not looked at, so that {@code 1L} is 1; no digits at all are
     * 0; and digits are counted before rounding, so that 999.995 passes for a DECIMAL(5, 2) and becomes 1000.00.
     */
    static BigDecimal parseShort(Utf8 text, int precision, int scale) {
        int length = text.length();
        int at = 0;
        while (at < length && isBlank(text.byteAt(at))) {
            at++;
        }
        boolean negative = at < length && text.byteAt(at) == '-';
        if (negative || at < length && text.byteAt(at) == '+') {
            at++;
        }
        if (at == length) {
            return null;
        }
        long digits = 0;
        int count = 0;
        int point = -1;
        byte end = 0;
        while (at < length && end == 0) {
            byte b = text.byteAt(at++);
            if (b >= '0' && b <= '9') {
                digits = digits * 10 + b - '0';
                count++;
            } else if (b == '.') {
                if (point >= 0) {
                    return null;
                }
                point = count;
            } else {
                end = b;
            }
        }
        int exponent = 0;
        if ((end == 'e' || end == 'E') && at < length) {
            boolean down = text.byteAt(at) == '-';
            if (down || text.byteAt(at) == '+') {
                at++;
            }
            if (at == length) {
                return null;
            }
            byte b = '0';
            while (at < length && b >= '0' && b <= '9') {
                b = text.byteAt(at++);
                if (b >= '0' && b <= '9' && exponent < MAX_EXPONENT) {
                    exponent = exponent * 10 + b - '0';
                }
            }
            exponent = down ? -exponent : exponent;
        }
        while (at < length) {
            if (!isBlank(text.byteAt(at++))) {
                return null;
            }
        }
        int shift = exponent - (point < 0 ? 0 : count - point) + scale;
        return count + shift > precision || shift < -MAX_DIGITS ? null : BigDecimal.valueOf(shifted(negative ? -digits : digits, shift), scale);
    }

    /** Moved by so many digits, half away from zero. */
    private static long shifted(long digits, int shift) {
        if (shift >= 0) {
            return digits * POWERS[shift];
        }
        return (digits + (digits < 0 ? -5 : 5) * POWERS[-shift - 1]) / POWERS[-shift];
    }

    private static boolean isBlank(int b) {
        return b == ' ' || b == '\n' || b == '\t';
    }
}
