package creek.core.function;

import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;

/**
 * A pattern of dates and times, made ready. Some of Flink's functions take it in the sense of {@link DateTimeFormatter}, older ones in that of
 * {@link SimpleDateFormat}, which is more lenient. Not thread-safe.
 */
public final class DatePattern {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private final String pattern;
    private DateTimeFormatter formatter;
    /** For how many milliseconds texts stay the same: a second, a minute, an hour or a day; 0 if that is not known. */
    private final long period;
    /** The text of the times from one on and before another, as rows that follow each other have much the same time. */
    private Utf8 last;
    private long lastFrom;
    private long lastTo;
    private SimpleDateFormat simple;
    private ZoneId zone;
    private boolean bad;
    private TimeZone timeZone;

    private DatePattern(String pattern) {
        this.pattern = pattern;
        period = period(pattern);
    }

    public static DatePattern compile(Utf8 pattern) {
        return new DatePattern(pattern.toString());
    }

    private static long period(String pattern) {
        long shortest = DAY;
        boolean quoted = false;
        for (char c : pattern.toCharArray()) {
            quoted ^= c == '\'';
            if (!quoted && Character.isLetter(c)) {
                shortest = Math.min(shortest, switch (c) {
                    case 'u', 'y', 'M', 'L', 'd', 'D', 'E', 'Q', 'q', 'Y', 'w' -> DAY;
                    case 'H', 'h', 'k', 'K', 'a' -> HOUR;
                    case 'm' -> MINUTE;
                    case 's' -> SECOND;
                    default -> 0;
                });
            }
        }
        return shortest;
    }

    private DateTimeFormatter formatter() {
        if (formatter == null) {
            formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        }
        return formatter;
    }

    /** Bad patterns match nothing. */
    private boolean isPattern() {
        if (formatter == null && !bad) {
            try {
                formatter();
            } catch (IllegalArgumentException e) {
                bad = true;
            }
        }
        return !bad;
    }

    private SimpleDateFormat simple(TimeZone zone) {
        if (simple == null) {
            simple = new SimpleDateFormat(pattern, Locale.ENGLISH);
        }
        simple.setTimeZone(zone);
        return simple;
    }

    private TimeZone timeZone(ZoneId wanted) {
        if (!wanted.equals(zone)) {
            timeZone = TimeZone.getTimeZone(wanted);
            zone = wanted;
        }
        return timeZone;
    }

    /** A timestamp of the zone-less calendar in this pattern. */
    Utf8 format(long millis, int nanos) {
        if (period == 0) {
            return formatEach(millis, nanos);
        }
        if (last == null || millis < lastFrom || millis >= lastTo) {
            last = formatEach(millis, nanos);
            lastFrom = Math.floorDiv(millis, period) * period;
            lastTo = lastFrom + period;
        }
        return last;
    }

    private Utf8 formatEach(long millis, int nanos) {
        long seconds = Math.floorDiv(millis, 1000L);
        int nanoOfSecond = (int) (millis - seconds * 1000) * 1_000_000 + nanos;
        return Utf8.of(formatter().format(LocalDateTime.ofEpochSecond(seconds, nanoOfSecond, ZoneOffset.UTC)));
    }

    /** An instant in this pattern, as {@link SimpleDateFormat} writes it. */
    Utf8 formatSimply(long millis, ZoneId zone) {
        return formatSimply(millis, timeZone(zone));
    }

    Utf8 formatSimply(long millis, TimeZone zone) {
        return Utf8.of(simple(zone).format(new Date(millis)));
    }

    /** Milliseconds of the zone-less calendar, or null if the text is not of this pattern or the pattern is none. Missing fields are those of 1970-01-01 00:00. */
    Long parse(String text) {
        if (!isPattern()) {
            return null;
        }
        try {
            TemporalAccessor parsed = formatter.parse(text);
            LocalDateTime time = LocalDateTime.of(field(parsed, ChronoField.YEAR, 1970), field(parsed, ChronoField.MONTH_OF_YEAR, 1),
                    field(parsed, ChronoField.DAY_OF_MONTH, 1), field(parsed, ChronoField.HOUR_OF_DAY, 0),
                    field(parsed, ChronoField.MINUTE_OF_HOUR, 0), field(parsed, ChronoField.SECOND_OF_MINUTE, 0),
                    field(parsed, ChronoField.NANO_OF_SECOND, 0));
            return time.toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            return parsePlain(text.trim());
        }
    }

    private static int field(TemporalAccessor parsed, ChronoField field, int otherwise) {
        return parsed.isSupported(field) ? parsed.get(field) : otherwise;
    }

    /** Whatever the pattern: {@code 1999-9-10 05:20:10} or {@code 1999-9-10}. */
    private static Long parsePlain(String text) {
        if (text.indexOf(' ') < 0 && text.chars().filter(c -> c == '-').count() != 2) {
            return null;
        }
        Timestamp parsed = TemporalParser.parseTimestamp(Utf8.of(text));
        return parsed == null ? null : Long.valueOf(parsed.millis());
    }

    /** Milliseconds since the epoch, or {@link Long#MIN_VALUE} if the text is not of this pattern, as {@link SimpleDateFormat} reads it. */
    long parseSimply(String text, ZoneId zone) {
        return parseSimply(text, timeZone(zone));
    }

    long parseSimply(String text, TimeZone zone) {
        ParsePosition place = new ParsePosition(0);
        Date date = simple(zone).parse(text, place);
        return date == null || place.getIndex() == 0 ? Long.MIN_VALUE : date.getTime();
    }
}
