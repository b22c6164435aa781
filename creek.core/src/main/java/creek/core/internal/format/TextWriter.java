package creek.core.internal.format;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;

/**
 * Numbers, dates and times as text, digit by digit into a {@link BinaryWriter}. No allocation but for long decimals.
 * Not thread-safe.
 */
public final class TextWriter {
    private static final int CAPACITY = 32;
    /** Where the point of a double is put: there is room for its eight digits and a sign before, and for its eighteen after. */
    private static final int POINT = 12;
    /** The fraction of what is smaller has more bits than there is room for. */
    private static final double SMALLEST_WRITTEN_HERE = 1.0 / 64;
    /** Decimals with more digits after the point may be written with an exponent, if they are small. */
    private static final int MOST_DIGITS_WITHOUT_EXPONENT = 6;

    private final byte[] text = new byte[CAPACITY];
    /** Takes a double's text without a string being made. */
    private final StringBuilder builder = new StringBuilder(CAPACITY);
    /** The day written last, which is often the next as well. */
    private long lastDay = Long.MIN_VALUE;
    private final BinaryWriter lastDate = new BinaryWriter();
    /** The timestamp written last: the rows of a window have the same. Empty at first. */
    private final BinaryWriter lastTimestamp = new BinaryWriter();
    private long lastMillis;
    private int lastNanos;
    private char lastSeparator;

    public void writeLong(long value, BinaryWriter output) {
        if (value == Long.MIN_VALUE) {
            writeAscii(Long.toString(value), output);
            return;
        }
        int p = digits(Math.abs(value), CAPACITY);
        if (value < 0) {
            text[--p] = '-';
        }
        output.writeRaw(text, p, CAPACITY - p);
    }

    /** Writes what {@link Double#toString} gives, in Java 17. */
    public void writeDouble(double value, BinaryWriter output) {
        double magnitude = Math.abs(value);
        if (magnitude >= SMALLEST_WRITTEN_HERE && magnitude < 1e7) {
            writeShortest(magnitude, value < 0, output);
            return;
        }
        builder.setLength(0);
        writeAscii(builder.append(value), output);
    }

    /**
     * Writes the digits up to the first at which what follows is less than half the distance to the next double, so that they tell which one it
     * is. The fraction is computed exactly: it has at most 58 bits, to which a digit adds four.
     */
    private void writeShortest(double magnitude, boolean negative, BinaryWriter output) {
        long bits = Double.doubleToRawLongBits(magnitude);
        int point = 1075 - (int) (bits >>> 52);
        long mantissa = bits & (1L << 52) - 1 | 1L << 52;
        text[POINT] = '.';
        int start = digits(mantissa >>> point, POINT);
        if (negative) {
            text[--start] = '-';
        }
        // One bit more than the double has, for the half.
        long one = 1L << point + 1;
        long rest = mantissa << 1 & one - 1;
        long half = 1;
        int end = POINT + 1;
        if (magnitude >= 1) {
            // Three digits at once for as long as they are not enough; there is room for ten bits more.
            while (true) {
                long product = rest * 1000;
                long nextRest = product & one - 1;
                long nextHalf = half * 1000;
                if (nextRest < nextHalf || nextRest + nextHalf > one) {
                    break;
                }
                int three = (int) (product >>> point + 1);
                text[end] = (byte) ('0' + three / 100);
                text[end + 1] = (byte) ('0' + three / 10 % 10);
                text[end + 2] = (byte) ('0' + three % 10);
                end += 3;
                rest = nextRest;
                half = nextHalf;
            }
        }
        boolean low;
        boolean high;
        do {
            rest *= 10;
            half *= 10;
            text[end++] = (byte) ('0' + (rest >>> point + 1));
            rest &= one - 1;
            low = rest < half;
            high = rest + half > one;
        } while (!low && !high);
        if (high && (!low || 2 * rest > one || 2 * rest == one && (text[end - 1] & 1) != 0)) {
            // Never a nine: the digits before would have been enough.
            text[end - 1]++;
        }
        output.writeRaw(text, start, end - start);
    }

    /** Writes what {@link Float#toString} gives. */
    public void writeFloat(float value, BinaryWriter output) {
        float magnitude = Math.abs(value);
        if (magnitude >= 1e-3f && magnitude < 1e7f || magnitude == 0) {
            // As for doubles, with six digits.
            for (int scale = 1; scale <= 5; scale++) {
                long unscaled = Math.round((double) magnitude * Digits.powerOfTen(scale));
                if (unscaled < 1_000_000 && NumberParser.exactFloat(unscaled, -scale) == magnitude) {
                    writeDecimal(unscaled, scale, Float.floatToRawIntBits(value) < 0, output);
                    return;
                }
            }
        }
        builder.setLength(0);
        writeAscii(builder.append(value), output);
    }

    /**
     * Writes a column that is a decimal as {@link java.math.BigDecimal} does.
     *
     * @param plain whether never with an exponent
     */
    public void writeDecimal(Row row, int column, boolean plain, BinaryWriter output) {
        int scale = row.shortScale(column);
        if (scale >= 0 && scale <= MOST_DIGITS_WITHOUT_EXPONENT) {
            long unscaled = row.getLong(column);
            writeDecimal(Math.abs(unscaled), scale, unscaled < 0, output);
        } else {
            writeAscii(plain ? row.getDecimal(column).toPlainString() : row.getDecimal(column).toString(), output);
        }
    }

    private void writeDecimal(long unscaled, int scale, boolean negative, BinaryWriter output) {
        long power = Digits.powerOfTen(scale);
        int p = CAPACITY;
        long fraction = unscaled % power;
        for (int i = 0; i < scale; i++) {
            text[--p] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        if (scale > 0) {
            text[--p] = '.';
        }
        p = digits(unscaled / power, p);
        if (negative) {
            text[--p] = '-';
        }
        output.writeRaw(text, p, CAPACITY - p);
    }

    /** Writes {@code yyyy-MM-dd}; years before 0 or after 9999 with their sign, as ISO-8601 wants it. */
    public void writeDate(long epochDay, BinaryWriter output) {
        if (epochDay != lastDay) {
            lastDate.reset();
            computeDate(epochDay, lastDate);
            lastDay = epochDay;
        }
        output.writeRaw(lastDate.bytes(), 0, lastDate.size());
    }

    private void computeDate(long epochDay, BinaryWriter output) {
        // The year starts with March, so that the leap day is its last.
        long shifted = epochDay + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        if (year < 0 || year > 9999) {
            output.writeByte(year < 0 ? '-' : '+');
        }
        padded(Math.abs(year), 4, output);
        output.writeByte('-');
        padded(month, 2, output);
        output.writeByte('-');
        padded(day, 2, output);
    }

    /** Writes {@code HH:mm:ss} and, where it is not zero, the fraction of the second without zeros at its end. */
    public void writeTime(int millisOfDay, int nanosOfMilli, BinaryWriter output) {
        int seconds = millisOfDay / 1000;
        twoDigits(seconds / 3600, 0);
        text[2] = ':';
        twoDigits(seconds / 60 % 60, 3);
        text[5] = ':';
        twoDigits(seconds % 60, 6);
        output.writeRaw(text, 0, 8);
        int fraction = millisOfDay % 1000;
        int width = 3;
        if (nanosOfMilli != 0) {
            fraction = fraction * 1_000_000 + nanosOfMilli;
            width = 9;
        }
        if (fraction != 0) {
            for (; fraction % 10 == 0; fraction /= 10) {
                width--;
            }
            output.writeByte('.');
            padded(fraction, width, output);
        }
    }

    /** Writes date and time with that character between them. */
    public void writeTimestamp(long millis, int nanosOfMilli, char separator, BinaryWriter output) {
        if (millis != lastMillis || nanosOfMilli != lastNanos || separator != lastSeparator || lastTimestamp.size() == 0) {
            lastTimestamp.reset();
            writeDate(Math.floorDiv(millis, 86_400_000L), lastTimestamp);
            lastTimestamp.writeByte(separator);
            writeTime(Math.floorMod(millis, 86_400_000), nanosOfMilli, lastTimestamp);
            lastMillis = millis;
            lastNanos = nanosOfMilli;
            lastSeparator = separator;
        }
        output.writeRaw(lastTimestamp.bytes(), 0, lastTimestamp.size());
    }

    public static void writeAscii(CharSequence ascii, BinaryWriter output) {
        for (int i = 0; i < ascii.length(); i++) {
            output.writeByte(ascii.charAt(i));
        }
    }

    private void twoDigits(int value, int place) {
        text[place] = (byte) ('0' + value / 10);
        text[place + 1] = (byte) ('0' + value % 10);
    }

    private void padded(long value, int width, BinaryWriter output) {
        int p = digits(value, CAPACITY);
        while (CAPACITY - p < width) {
            text[--p] = '0';
        }
        output.writeRaw(text, p, CAPACITY - p);
    }

    /** Puts the digits in front of {@code end} and returns where they start. */
    private int digits(long value, int end) {
        int p = end;
        long rest = value;
        while (rest >= 100) {
            long hundreds = rest / 100;
            p -= 2;
            twoDigits((int) (rest - hundreds * 100), p);
            rest = hundreds;
        }
        if (rest >= 10) {
            p -= 2;
            twoDigits((int) rest, p);
        } else {
            text[--p] = (byte) ('0' + rest);
        }
        return p;
    }
}
