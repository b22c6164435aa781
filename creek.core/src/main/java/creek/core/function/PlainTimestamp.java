package creek.core.function;

import creek.core.data.Utf8;

/** Timestamps of the form {@code yyyy-MM-dd HH:mm:ss}, read without making objects. */
final class PlainTimestamp {
    private static final int LENGTH = 19;
    /** Before, java.util.TimeZone has other offsets than java.time: those of no local mean time. */
    private static final int FIRST_YEAR = 1902;
    /** Every month has so many days; what is later is left to those that know the months. */
    private static final int SAFE_DAYS = 28;

    private PlainTimestamp() {
    }

    /** Seconds of the zone-less calendar since 1970-01-01; {@link Long#MIN_VALUE} if the text begins otherwise, or with a date that may not be. */
    static long seconds(Utf8 text) {
        if (text.length() != LENGTH || text.byteAt(4) != '-' || text.byteAt(7) != '-' || text.byteAt(10) != ' ' || text.byteAt(13) != ':'
                || text.byteAt(16) != ':') {
            return Long.MIN_VALUE;
        }
        int year = number(text, 0) * 100 + number(text, 2);
        int month = number(text, 5);
        int day = number(text, 8);
        int hour = number(text, 11);
        int minute = number(text, 14);
        int second = number(text, 17);
        boolean fit = year >= FIRST_YEAR && month >= 1 && month <= 12 && day >= 1
                && (day <= SAFE_DAYS || day <= CivilDate.lengthOfMonth(year, month)) && hour >= 0 && hour < 24 && minute >= 0 && minute < 60
                && second >= 0 && second < 60 && number(text, 2) >= 0;
        return fit ? CivilDate.toDays(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second : Long.MIN_VALUE;
    }

    /** Two digits; less than zero if they are none. */
    private static int number(Utf8 text, int at) {
        int tens = text.byteAt(at) - '0';
        int ones = text.byteAt(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }
}
