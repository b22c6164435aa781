package creek.core.internal.format;

import creek.core.data.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates, times and timestamps from slices of ASCII text, without objects where the text has the usual form ({@code 2024-02-29}, {@code
 * 23:59:59.5}); what has not goes through {@code java.time} and Flink's formats, which also say what is wrong. The result of a timestamp
 * is two numbers: {@link #millis} and {@link #nanos}. Not thread-safe.
 */
public final class DateTimeParser {
    private static final DateTimeFormatter SQL_TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss").appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true).toFormatter();
    private static final DateTimeFormatter SQL_TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE).appendLiteral(' ').append(SQL_TIME).toFormatter();
    private static final DateTimeFormatter SQL_TIMESTAMP_LTZ = new DateTimeFormatterBuilder()
            .append(SQL_TIMESTAMP).appendLiteral('Z').toFormatter();
    private static final DateTimeFormatter ISO_TIMESTAMP_LTZ = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE).appendLiteral('T').append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendLiteral('Z').toFormatter();
    private static final Pattern JDBC_DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
    private static final int MILLIS_PER_DAY = 86_400_000;
    private static final int BAD = -1;
    /** {@code 00:00:00} as a word. */
    private static final long MIDNIGHT = 0x3030_3A30_303A_3030L;
    /** Carries into the high bit of each byte that is more than a time has there: 9, and 0 for the colons. */
    private static final long ABOVE_TIME = 0x7676_7F76_767F_7676L;

    private final boolean iso;
    private long millis;
    private int nanos;
    /** The bytes of the date read last, eight and two, and its day, which is often that of the next as well. */
    private long lastDateStart;
    private int lastDateEnd;
    private int lastDay = Integer.MIN_VALUE;

    /** @param iso whether timestamps are ISO-8601 ({@code 2024-02-29T23:59:59}) or as in SQL ({@code 2024-02-29 23:59:59}) */
    public DateTimeParser(boolean iso) {
        this.iso = iso;
    }

    /** Milliseconds since 1970-01-01 of the last timestamp. */
    public long millis() {
        return millis;
    }

    /** Nanoseconds within the millisecond of the last timestamp. */
    public int nanos() {
        return nanos;
    }

    public Timestamp timestamp() {
        return new Timestamp(millis, nanos);
    }

    /** @return days since 1970-01-01 */
    public int parseDate(byte[] text, int from, int to) {
        if (to - from == 10) {
            int day = usualDate(text, from);
            if (day != Integer.MIN_VALUE) {
                return day;
            }
        }
        return (int) DateTimeFormatter.ISO_LOCAL_DATE.parse(string(text, from, to)).query(TemporalQueries.localDate()).toEpochDay();
    }

    /** @return milliseconds of the day */
    public int parseTime(byte[] text, int from, int to) {
        if (usualTime(text, from, to)) {
            return (int) millis;
        }
        return (int) (SQL_TIME.parse(string(text, from, to)).query(TemporalQueries.localTime()).toNanoOfDay() / 1_000_000);
    }

    /** Parses a date as JDBC does: one digit is enough for month and day, and days beyond the end of the month count on. */
    public int parseJdbcDate(byte[] text, int from, int to) {
        if (to - from == 10) {
            int day = usualDate(text, from);
            if (day != Integer.MIN_VALUE) {
                return day;
            }
        }
        Matcher date = JDBC_DATE.matcher(string(text, from, to).trim());
        if (!date.matches()) {
            throw new DateTimeException("not a date");
        }
        int month = Integer.parseInt(date.group(2));
        int day = Integer.parseInt(date.group(3));
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            throw new DateTimeException("not a date");
        }
        return epochDay(Integer.parseInt(date.group(1)), month, day);
    }

    /** @return milliseconds of the day of a time in ISO-8601 form, whose seconds may be left out */
    public int parseIsoTime(byte[] text, int from, int to) {
        if (usualTime(text, from, to)) {
            return (int) millis;
        }
        return (int) (LocalTime.parse(string(text, from, to)).toNanoOfDay() / 1_000_000);
    }

    /**
     * Parses a timestamp into {@link #millis} and {@link #nanos}.
     *
     * @param zoned whether the text must end with {@code Z}
     * @throws DateTimeException if the text is no timestamp of this form
     */
    public void parseTimestamp(byte[] text, int from, int to, boolean zoned) {
        int end = zoned ? to - 1 : to;
        if (end - from >= 19 && text[from + 10] == (iso ? 'T' : ' ') && (!zoned || text[end] == 'Z')) {
            int day = usualDate(text, from);
            if (day != Integer.MIN_VALUE && usualTime(text, from + 11, end)) {
                millis += (long) day * MILLIS_PER_DAY;
                return;
            }
        }
        DateTimeFormatter format = iso ? zoned ? ISO_TIMESTAMP_LTZ : DateTimeFormatter.ISO_LOCAL_DATE_TIME
                : zoned ? SQL_TIMESTAMP_LTZ : SQL_TIMESTAMP;
        TemporalAccessor parsed = format.parse(string(text, from, to));
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        millis = date.toEpochDay() * MILLIS_PER_DAY + time.toNanoOfDay() / 1_000_000;
        nanos = (int) (time.toNanoOfDay() % 1_000_000);
    }

    /** The day of {@code yyyy-MM-dd} at that place, or Integer.MIN_VALUE where it has another form or is no date. */
    private int usualDate(byte[] text, int p) {
        long start = Digits.word(text, p);
        int end = text[p + 8] << Byte.SIZE | text[p + 9] & 0xFF;
        if (start != lastDateStart || end != lastDateEnd) {
            lastDay = computeDay(text, p);
            lastDateStart = start;
            lastDateEnd = end;
        }
        return lastDay;
    }

    private static int computeDay(byte[] text, int p) {
        int high = two(text, p);
        int low = two(text, p + 2);
        int month = two(text, p + 5);
        int day = two(text, p + 8);
        if ((high | low | month | day) < 0 || text[p + 4] != '-' || text[p + 7] != '-' || month == 0 || month > 12 || day == 0) {
            return Integer.MIN_VALUE;
        }
        int year = high * 100 + low;
        if (day > 28 && day > lengthOfMonth(year, month)) {
            return Integer.MIN_VALUE;
        }
        return epochDay(year, month, day);
    }

    /** Sets millis and nanos to {@code HH:mm:ss} or {@code HH:mm:ss.f} in that slice; false where it has another form. */
    private boolean usualTime(byte[] text, int p, int end) {
        int length = end - p;
        if (length < 8 || length == 9 || length > 18) {
            return false;
        }
        // The numbers of the digits, and zero for each colon.
        long values = Digits.word(text, p) ^ MIDNIGHT;
        long pairs = values * 10 + (values >>> Byte.SIZE);
        int hour = (int) pairs & 0xFF;
        int minute = (int) (pairs >>> 24) & 0xFF;
        int second = (int) (pairs >>> 48) & 0xFF;
        if (((values + ABOVE_TIME | values) & EachByte.HIGH_BITS) != 0 || hour > 23 || minute > 59 || second > 59) {
            return false;
        }
        int fraction = 0;
        if (length > 8) {
            fraction = text[p + 8] == '.' ? fraction(text, p + 9, end) : BAD;
            if (fraction == BAD) {
                return false;
            }
        }
        millis = ((hour * 60 + minute) * 60 + second) * 1000L + fraction / 1_000_000;
        nanos = fraction % 1_000_000;
        return true;
    }

    /** The nanoseconds that one to nine digits behind the point are, or BAD. */
    private static int fraction(byte[] text, int p, int end) {
        int count = end - p;
        if (count <= Long.BYTES && p <= text.length - Long.BYTES) {
            long word = Digits.word(text, p);
            return Digits.count(word) < count ? BAD : (int) (Digits.value(word, count) * Digits.powerOfTen(9 - count));
        }
        int fraction = 0;
        for (int i = p; i < p + 9; i++) {
            int digit = i < end ? text[i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return BAD;
            }
            fraction = fraction * 10 + digit;
        }
        return fraction;
    }

    private static int two(byte[] text, int p) {
        int tens = text[p] - '0';
        int ones = text[p + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? BAD : tens * 10 + ones;
    }

    private static int lengthOfMonth(int year, int month) {
        return month == 2 ? year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 : 30 + (month + (month >> 3) & 1);
    }

    /** Days since 1970-01-01 in the Gregorian calendar, for years from 0 on; days past the month's end count on. */
    public static int epochDay(int year, int month, int day) {
        // The year starts with March, so that the leap day is its last.
        int shifted = month > 2 ? year : year - 1;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    private static String string(byte[] text, int from, int to) {
        if (to - from > 100) {
            throw new DateTimeException("too long");
        }
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }
}
