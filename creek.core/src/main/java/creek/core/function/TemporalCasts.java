package creek.core.function;

import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.time.ZoneId;

/** Casts of strings to dates and times, and between dates, times and timestamps. */
public final class TemporalCasts {
    private static final int[] MILLIS_OF_DIGIT = {1000, 100, 10, 1};
    private static final int[] NANOS_OF_DIGIT = {1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private TemporalCasts() {
    }

    /** @throws CastException if it is no date */
    public static int toDate(Utf8 text) {
        Integer days = TemporalParser.parseDate(text.toString());
        if (days == null) {
            throw new CastException(text, "DATE");
        }
        return days;
    }

    /** @throws CastException if it is no time of day */
    public static int toTime(Utf8 text) {
        Integer millis = TemporalParser.parseTime(text.toString());
        if (millis == null) {
            throw new CastException(text, "TIME");
        }
        return millis;
    }

    /** @throws CastException if it is no timestamp */
    public static long toMillis(Utf8 text, int precision) {
        return toTimestamp(text, precision).millis();
    }

    /** @throws CastException if it is no timestamp */
    public static Timestamp toTimestamp(Utf8 text, int precision) {
        Timestamp timestamp = TemporalParser.parseTimestamp(text);
        if (timestamp == null) {
            throw new CastException(text, "TIMESTAMP(" + precision + ")");
        }
        // unlike a cast of a timestamp, that of a string goes down in time before 1970 too
        return precision <= 3 ? Timestamp.ofMillis(timestamp.millis() - Math.floorMod(timestamp.millis(), MILLIS_OF_DIGIT[precision]))
                : truncate(timestamp, precision);
    }

    /** @throws CastException if it is no timestamp */
    public static long toMillisLtz(Utf8 text, int precision, ZoneId zone) {
        return Zones.toInstant(toMillis(text, precision), zone);
    }

    /** @throws CastException if it is no timestamp */
    public static Timestamp toTimestampLtz(Utf8 text, int precision, ZoneId zone) {
        return Zones.toInstant(toTimestamp(text, precision), zone);
    }

    /** Cuts off digits of the second's fraction: towards 1970, as Flink does. */
    public static long truncate(long millis, int precision) {
        return precision >= 3 ? millis : millis - millis % MILLIS_OF_DIGIT[precision];
    }

    /** Cuts off digits of the second's fraction: down in time within the millisecond, towards 1970 beyond, as Flink does. */
    public static Timestamp truncate(Timestamp timestamp, int precision) {
        if (precision <= 3) {
            return Timestamp.ofMillis(truncate(timestamp.millis(), precision));
        }
        int unit = NANOS_OF_DIGIT[precision];
        int over = timestamp.nanos() % unit;
        return over == 0 ? timestamp : new Timestamp(timestamp.millis(), timestamp.nanos() - over);
    }

    public static Timestamp toTimestamp(long millis) {
        return Timestamp.ofMillis(millis);
    }

    /** The day of a TIMESTAMP: towards 1970, as Flink does. */
    public static int toDate(long millis) {
        return (int) (millis / CivilDate.MILLIS_PER_DAY);
    }

    /** The time of day of a TIMESTAMP: before 1970 negative, as in Flink, for the milliseconds until the day ends. */
    public static int toTime(long millis) {
        return (int) (millis % CivilDate.MILLIS_PER_DAY);
    }

    /** The day that a clock shows. */
    public static int toLocalDate(long localMillis) {
        return (int) Math.floorDiv(localMillis, CivilDate.MILLIS_PER_DAY);
    }

    /** The time of day that a clock shows. */
    public static int toLocalTime(long localMillis) {
        return (int) Math.floorMod(localMillis, CivilDate.MILLIS_PER_DAY);
    }

    public static long dateToMillis(int days) {
        return days * CivilDate.MILLIS_PER_DAY;
    }
}
