package creek.core.function;

import creek.core.data.Timestamp;
import creek.core.data.Utf8;

/** Reads dates, times and timestamps out of strings as leniently as Flink does. Null stands for what is none. */
final class TemporalParser {
    private static final int MAX_YEAR = 9999;

    private TemporalParser() {
    }

    /** {@code y-M-d}, {@code y-M} or {@code y}; what comes after a blank is ignored. */
    static Integer parseDate(String whole) {
        int blank = whole.indexOf(' ');
        String text = blank > 0 ? whole.substring(0, blank) : whole;
        int first = text.indexOf('-');
        int second = first < 0 ? -1 : text.indexOf('-', first + 1);
        int year = number(first < 0 ? text : text.substring(0, first));
        int month = first < 0 ? 1 : number(second < 0 ? text.substring(first + 1) : text.substring(first + 1, second));
        int day = second < 0 ? 1 : number(text.substring(second + 1));
        boolean valid = year >= 0 && year <= MAX_YEAR && month >= 1 && month <= 12
                && day >= 1 && day <= CivilDate.lengthOfMonth(year, month);
        return valid ? CivilDate.toDays(year, month, day) : null;
    }

    /** {@code H}, {@code H:m}, {@code H:m:s} or {@code H:m:s.SSS}, possibly with an offset {@code +H:m} that is added. */
    static Integer parseTime(String text) {
        int zone = text.indexOf('-');
        int sign = -1;
        if (zone < 0) {
            zone = text.indexOf('+');
            sign = 1;
        }
        int offset = 0;
        String clock = text;
        if (zone >= 0) {
            clock = text.substring(0, zone);
            String[] parts = text.substring(zone + 1).split(":", 2);
            int hours = number(parts[0]);
            int minutes = parts.length < 2 ? 0 : number(parts[1]);
            if (hours < 0 || minutes < 0) {
                return null;
            }
            offset = sign * (hours * 60 + minutes);
        }
        String[] parts = clock.split(":", 3);
        int hour = number(parts[0]);
        int minute = parts.length < 2 ? 0 : number(parts[1]);
        int second = 0;
        int milli = 0;
        if (parts.length == 3) {
            int dot = parts[2].indexOf('.');
            second = number(dot < 0 ? parts[2] : parts[2].substring(0, dot));
            milli = dot < 0 ? 0 : fraction(parts[2].substring(dot + 1).trim());
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return null;
        }
        return ((hour * 60 + minute + offset) * 60 + second) * 1000 + milli;
    }

    private static int fraction(String digits) {
        int millis = 0;
        for (int i = 0; i < 3; i++) {
            char c = i < digits.length() ? digits.charAt(i) : '0';
            millis = millis * 10 + (c < '0' || c > '9' ? 0 : c - '0');
        }
        return millis + (digits.length() > 3 && digits.charAt(3) >= '5' ? 1 : 0);
    }

    /** Digits only, with blanks around; else -1. */
    private static int number(String padded) {
        String text = padded.trim();
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 8) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return text.isEmpty() ? -1 : number;
    }

    /** {@code yyyy-M-d} or {@code yyyy-M-d H:m:s[.n]}; a day beyond the month's last one, up to 31, is the last one. */
    static Timestamp parseTimestamp(Utf8 text) {
        int year = digits(text, 0, 4, 4);
        int at = 4;
        if (year < 1 || !is(text, at, '-')) {
            return null;
        }
        int monthLength = digitCount(text, at + 1);
        int month = digits(text, at + 1, 1, 2);
        at += 1 + monthLength;
        if (month < 1 || month > 12 || !is(text, at, '-')) {
            return null;
        }
        int dayLength = digitCount(text, at + 1);
        int day = digits(text, at + 1, 1, 2);
        at += 1 + dayLength;
        if (day < 1 || day > 31) {
            return null;
        }
        long date = CivilDate.toDays(year, month, Math.min(day, CivilDate.lengthOfMonth(year, month))) * CivilDate.MILLIS_PER_DAY;
        if (at == text.length()) {
            return Timestamp.ofMillis(date);
        }
        return is(text, at, ' ') ? parseClock(text, at + 1, date) : null;
    }

    private static Timestamp parseClock(Utf8 text, int start, long date) {
        int[] fields = new int[3];
        int at = start;
        for (int i = 0; i < fields.length; i++) {
            int length = digitCount(text, at);
            fields[i] = digits(text, at, 1, 2);
            at += length;
            if (fields[i] < 0 || i < 2 && !is(text, at++, ':')) {
                return null;
            }
        }
        int nanos = 0;
        if (is(text, at, '.')) {
            int length = digitCount(text, at + 1);
            if (length > 9) {
                return null;
            }
            for (int i = 1; i <= 9; i++) {
                nanos = nanos * 10 + (i <= length ? text.byteAt(at + i) - '0' : 0);
            }
            at += 1 + length;
        }
        boolean endOfDay = fields[0] == 24 && fields[1] == 0 && fields[2] == 0 && nanos == 0;
        if (at != text.length() || fields[0] > 23 && !endOfDay || fields[1] > 59 || fields[2] > 59) {
            return null;
        }
        return new Timestamp(date + ((fields[0] * 60 + fields[1]) * 60 + fields[2]) * 1000L + nanos / 1_000_000, nanos % 1_000_000);
    }

    private static boolean is(Utf8 text, int at, char wanted) {
        return at < text.length() && text.byteAt(at) == wanted;
    }

    private static int digitCount(Utf8 text, int from) {
        int at = from;
        while (at < text.length() && text.byteAt(at) >= '0' && text.byteAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    /** The number of all digits from there on, or -1 if there are fewer or more than wanted. */
    private static int digits(Utf8 text, int from, int min, int max) {
        int count = digitCount(text, from);
        if (count < min || count > max) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < count; i++) {
            number = number * 10 + text.byteAt(from + i) - '0';
        }
        return number;
    }
}
