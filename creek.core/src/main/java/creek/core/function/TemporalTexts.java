package creek.core.function;

import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The texts of dates, times, timestamps and intervals, as CAST to STRING gives them. */
public final class TemporalTexts {
    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_LENGTH = 19;
    private static final int NANOS_DIGITS = 9;

    private TemporalTexts() {
    }

    /** {@code yyyy-MM-dd}. */
    public static Utf8 date(int days) {
        byte[] text = new byte[DATE_LENGTH];
        putDate(text, days);
        return Utf8.of(text);
    }

    /** {@code HH:mm:ss}, and for TIME(1) to TIME(3) the fraction without zeros at its end, but one digit at least. */
    public static Utf8 time(int millis, int precision) {
        int left = Math.floorMod(millis, (int) CivilDate.MILLIS_PER_DAY);
        int fraction = left % 1000;
        int digits = 0;
        if (precision > 0) {
            digits = fraction % 100 == 0 ? 1 : fraction % 10 == 0 ? 2 : 3;
            digits = Math.min(digits, precision);
        }
        byte[] text = new byte[8 + (digits > 0 ? digits + 1 : 0)];
        putTime(text, 0, left / 1000);
        putFraction(text, 8, fraction * 1_000_000, digits);
        return Utf8.of(text);
    }

    /** {@code yyyy-MM-dd HH:mm:ss} and as many digits of the second's fraction as the precision says. */
    public static Utf8 timestamp(long millis, int precision) {
        return timestamp(millis, 0, precision);
    }

    public static Utf8 timestamp(Timestamp timestamp, int precision) {
        return timestamp(timestamp.millis(), timestamp.nanos(), precision);
    }

    /** As java.time writes it: {@code 2020-01-02T03:04}, with seconds and their fraction only where there are some. */
    public static Utf8 iso(long millis) {
        return iso(new Timestamp(millis, 0));
    }

    public static Utf8 iso(Timestamp timestamp) {
        long seconds = Math.floorDiv(timestamp.millis(), 1000L);
        int nanos = (int) (timestamp.millis() - seconds * 1000) * 1_000_000 + timestamp.nanos();
        return Utf8.of(LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC).toString());
    }

    /** A TIMESTAMP_LTZ, shown in that zone. */
    public static Utf8 timestampLtz(long millis, int precision, ZoneId zone) {
        return timestamp(Zones.toLocal(millis, zone), 0, precision);
    }

    /** A TIMESTAMP_LTZ, shown in that zone. */
    public static Utf8 timestampLtz(Timestamp timestamp, int precision, ZoneId zone) {
        return timestamp(Zones.toLocal(timestamp.millis(), zone), timestamp.nanos(), precision);
    }

    private static Utf8 timestamp(long millis, int nanos, int precision) {
        byte[] text = new byte[SECONDS_LENGTH + (precision > 0 ? precision + 1 : 0)];
        long days = Math.floorDiv(millis, CivilDate.MILLIS_PER_DAY);
        int ofDay = (int) (millis - days * CivilDate.MILLIS_PER_DAY);
        putDate(text, days);
        text[DATE_LENGTH] = ' ';
        putTime(text, DATE_LENGTH + 1, ofDay / 1000);
        putFraction(text, SECONDS_LENGTH, ofDay % 1000 * 1_000_000 + nanos, precision);
        return Utf8.of(text);
    }

    /** {@code +years-months}. */
    public static Utf8 intervalYearMonth(int months) {
        long positive = Math.abs((long) months);
        return Utf8.of((months < 0 ? "-" : "+") + positive / 12 + (positive % 12 < 10 ? "-0" : "-") + positive % 12);
    }

    /** {@code +days HH:mm:ss.SSS}. */
    public static Utf8 intervalDayTime(long millis) {
        long positive = Math.abs(millis);
        byte[] time = new byte[12];
        putTime(time, 0, (int) (positive / 1000 % 86_400));
        putFraction(time, 8, (int) (positive % 1000) * 1_000_000, 3);
        return Utf8.of((millis < 0 ? "-" : "+") + (int) (positive / CivilDate.MILLIS_PER_DAY) + ' ' + Utf8.of(time));
    }

    private static void putDate(byte[] text, long days) {
        long civil = CivilDate.of(days);
        int year = CivilDate.year(civil);
        putTwo(text, 0, year / 100 % 100);
        putTwo(text, 2, year % 100);
        text[4] = '-';
        putTwo(text, 5, CivilDate.month(civil));
        text[7] = '-';
        putTwo(text, 8, CivilDate.day(civil));
    }

    private static void putTime(byte[] text, int at, int secondOfDay) {
        putTwo(text, at, secondOfDay / 3600);
        text[at + 2] = ':';
        putTwo(text, at + 3, secondOfDay / 60 % 60);
        text[at + 5] = ':';
        putTwo(text, at + 6, secondOfDay % 60);
    }

    private static void putFraction(byte[] text, int at, int nanos, int digits) {
        if (digits == 0) {
            return;
        }
        text[at] = '.';
        int left = nanos;
        for (int i = NANOS_DIGITS; i > 0; i--) {
            if (i <= digits) {
                text[at + i] = (byte) ('0' + left % 10);
            }
            left /= 10;
        }
    }

    private static void putTwo(byte[] text, int at, int number) {
        text[at] = (byte) ('0' + number / 10);
        text[at + 1] = (byte) ('0' + number % 10);
    }
}
