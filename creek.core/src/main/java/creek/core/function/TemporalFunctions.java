package creek.core.function;

import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TimeZone;

/** Strings and numbers to timestamps and back, and the current time. */
public final class TemporalFunctions {
    private static final ThreadLocal<DatePattern> TIMESTAMP = ThreadLocal.withInitial(() -> DatePattern.compile(Utf8.of("yyyy-MM-dd HH:mm:ss")));
    /** The years that TIMESTAMP_LTZ goes over: 0001-01-01 to 9999-12-31. */
    private static final long MIN_MILLIS = -62_135_596_800_000L;
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private static final long SECONDS_PER_DAY = 86_400;
    /** 1582-10-16: older dates are those of the Julian calendar to {@link java.text.SimpleDateFormat}. */
    private static final long GREGORIAN_SECONDS = -12_219_206_400L;

    private TemporalFunctions() {
    }

    /** Null for what is no timestamp. */
    public static Long toTimestamp(Utf8 text) {
        Timestamp timestamp = TemporalParser.parseTimestamp(text);
        return timestamp == null ? null : Long.valueOf(timestamp.millis());
    }

    /** Null for what is not of the pattern. */
    public static Long toTimestamp(Utf8 text, DatePattern pattern) {
        return pattern.parse(text.toString());
    }

    /** Seconds (precision 0) or milliseconds (3); null for years beyond 9999. */
    public static Long toTimestampLtz(long epoch, int precision) {
        if (precision == 3) {
            return inRange(epoch);
        }
        if (precision != 0) {
            throw new IllegalArgumentException("the precision of TO_TIMESTAMP_LTZ must be 0 (seconds) or 3 (milliseconds), not " + precision);
        }
        return inRange(secondsToMillis(epoch));
    }

    /** Milliseconds. */
    public static Long toTimestampLtz(long epoch) {
        return inRange(epoch);
    }

    /** Seconds keep their fraction, milliseconds do not. */
    public static Long toTimestampLtz(double epoch, int precision) {
        return precision == 0 ? inRange((long) (epoch * 1000)) : toTimestampLtz((long) epoch, precision);
    }

    public static Long toTimestampLtz(BigDecimal epoch, int precision) {
        return toTimestampLtz(epoch.setScale(0, RoundingMode.DOWN).longValue(), precision);
    }

    private static Long inRange(long millis) {
        return isTimestampLtz(millis) ? Long.valueOf(millis) : null;
    }

    /** Whether the year is within 1 to 9999. */
    public static boolean isTimestampLtz(long millis) {
        return millis >= MIN_MILLIS && millis <= MAX_MILLIS;
    }

    /** What overflows stays out of the range of TIMESTAMP_LTZ. */
    public static long secondsToMillis(long seconds) {
        return Math.abs(seconds) > MAX_MILLIS / 1000 ? Long.MAX_VALUE : seconds * 1000;
    }

    /** A string that shows the clock of UTC. @throws IllegalArgumentException for what is no timestamp, since Flink fails too */
    public static Long toTimestampLtz(Utf8 text) {
        Long millis = toTimestamp(text);
        if (millis == null) {
            throw new IllegalArgumentException("TO_TIMESTAMP_LTZ: '" + text + "' is not of the form yyyy-MM-dd HH:mm:ss.SSS; give the pattern "
                    + "that it has, TO_TIMESTAMP_LTZ(string, pattern), which makes NULL of other strings");
        }
        return millis;
    }

    public static Long toTimestampLtz(Utf8 text, DatePattern pattern) {
        return pattern.parse(text.toString());
    }

    /** A string that shows the clock of a zone; null where no zone has that name. */
    public static Long toTimestampLtz(Utf8 text, DatePattern pattern, Utf8 zone) {
        Long local = pattern.parse(text.toString());
        ZoneId known = local == null ? null : zone(zone);
        return known == null ? null : Long.valueOf(Zones.toInstant(local, known));
    }

    private static ZoneId zone(Utf8 name) {
        try {
            return ZoneId.of(name.toString());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Null for what is no date. */
    public static Integer toDate(Utf8 text) {
        return TemporalParser.parseDate(text.toString());
    }

    /** What is not of the pattern is the day that Flink makes of it, which shows as 5471-09-27. */
    public static Integer toDate(Utf8 text, DatePattern pattern) {
        long millis = pattern.parseSimply(text.toString(), ZoneOffset.UTC);
        return (int) (millis == Long.MIN_VALUE ? millis / CivilDate.MILLIS_PER_DAY : Math.floorDiv(millis, CivilDate.MILLIS_PER_DAY));
    }

    public static Utf8 dateFormat(long millis, DatePattern pattern) {
        return pattern.format(millis, 0);
    }

    public static Utf8 dateFormat(Timestamp timestamp, DatePattern pattern) {
        return pattern.format(timestamp.millis(), timestamp.nanos());
    }

    /** The string must be {@code yyyy-MM-dd HH:mm:ss}; null for others. */
    public static Utf8 dateFormat(Utf8 text, DatePattern pattern) {
        long millis = TIMESTAMP.get().parseSimply(text.toString(), ZoneOffset.UTC);
        return millis == Long.MIN_VALUE ? null : pattern.formatSimply(millis, ZoneOffset.UTC);
    }

    /** Seconds since the epoch as {@code yyyy-MM-dd HH:mm:ss}. */
    public static Utf8 fromUnixtime(long seconds, ZoneId zone) {
        return seconds < GREGORIAN_SECONDS ? TIMESTAMP.get().formatSimply(seconds * 1000, zone)
                : TemporalTexts.timestampLtz(seconds * 1000, 0, zone);
    }

    public static Utf8 fromUnixtime(long seconds, DatePattern pattern, ZoneId zone) {
        return pattern.formatSimply(seconds * 1000, zone);
    }

    /** Seconds since the epoch, now. */
    public static long unixTimestamp(Clock clock) {
        return clock.millis() / 1000;
    }

    /** Seconds since the epoch of {@code yyyy-MM-dd HH:mm:ss}; the least BIGINT for what is none. */
    public static long unixTimestamp(Utf8 text, ZoneId zone) {
        long local = PlainTimestamp.seconds(text);
        if (local != Long.MIN_VALUE) {
            int before = zone.getRules().getOffset(Instant.ofEpochSecond(local - SECONDS_PER_DAY)).getTotalSeconds();
            // where clocks are changed within a day, the slow way knows what java.util.Calendar makes of it
            if (before == zone.getRules().getOffset(Instant.ofEpochSecond(local + SECONDS_PER_DAY)).getTotalSeconds()) {
                return local - before;
            }
        }
        return unixTimestamp(text, TIMESTAMP.get(), zone);
    }

    public static long unixTimestamp(Utf8 text, DatePattern pattern, ZoneId zone) {
        long millis = pattern.parseSimply(text.toString(), zone);
        return millis == Long.MIN_VALUE ? millis : millis / 1000;
    }

    /**
     * {@code yyyy-MM-dd HH:mm:ss} on the clock of one zone to that of another; null for what is none. Zones may be old abbreviations such as
     * PST, and unknown ones are GMT, as in {@link TimeZone}.
     */
    public static Utf8 convertTz(Utf8 text, Utf8 from, Utf8 to) {
        DatePattern pattern = TIMESTAMP.get();
        long millis = pattern.parseSimply(text.toString(), TimeZone.getTimeZone(from.toString()));
        return millis == Long.MIN_VALUE ? null : pattern.formatSimply(millis, TimeZone.getTimeZone(to.toString()));
    }

    /** The last day of the month. */
    public static int lastDay(int days) {
        return Intervals.plusMonthsOfDate(TemporalRounding.floorMonths(days, 1), 1) - 1;
    }

    public static long now(Clock clock) {
        return clock.millis();
    }

    /** What clocks of the session's zone show now. */
    public static long localNow(ZoneId zone, Clock clock) {
        return Zones.toLocal(clock.millis(), zone);
    }

    public static int localTime(ZoneId zone, Clock clock) {
        return TemporalCasts.toLocalTime(Zones.toLocal(clock.millis(), zone));
    }

    public static int currentDate(ZoneId zone, Clock clock) {
        return TemporalCasts.toLocalDate(Zones.toLocal(clock.millis(), zone));
    }
}
