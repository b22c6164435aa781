package creek.core.function;

import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.time.ZoneId;

/** Casts of strings to dates and times, and between dates, times and timestamps. */
public final class TemporalCasts {
    private static final long[] NANOS_OF_DIGIT = {1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

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
        return truncate(toTimestamp(text, precision).millis(), precision);
    }

    /** @throws CastException if it is no timestamp */
    public static Timestamp toTimestamp(Utf8 text, int precision) {
        Timestamp timestamp = TemporalParser.parseTimestamp(text);
        if (timestamp == null) {
            throw new CastException(text, "TIMESTAMP(" + precision + ")");
        }
        return truncate(timestamp, precision);
    }

    /** @throws CastException if it is no timestamp */
    public static long toMillisLtz(Utf8 text, int precision, ZoneId zone) {
        return Zones.toInstant(toMillis(text, precision), zone);
    }

    /** @throws CastException if it is no timestamp */
    public static Timestamp toTimestampLtz(Utf8 text, int precision, ZoneId zone) {
        return Zones.toInstant(toTimestamp(text, precision), zone);
    }

    /** Cuts off digits of the second's fraction, down in time. */
    public static long truncate(long millis, int precision) {
        return switch (precision) {
            case 0 -> millis - Math.floorMod(millis, 1000);
            case 1 -> millis - Math.floorMod(millis, 100);
            case 2 -> millis - Math.floorMod(millis, 10);
            default -> millis;
        };
    }

    /** Cuts off digits of the second's fraction, down in time. */
    public static Timestamp truncate(Timestamp timestamp, int precision) {
        if (precision <= 3) {
            return Timestamp.ofMillis(truncate(timestamp.millis(), precision));
        }
        int unit = (int) NANOS_OF_DIGIT[precision];
        int over = timestamp.nanos() % unit;
        return over == 0 ? timestamp : new Timestamp(timestamp.millis(), timestamp.nanos() - over);
    }

    public static Timestamp toTimestamp(long millis) {
        return Timestamp.ofMillis(millis);
    }

    public static int toDate(long millis) {
        return (int) Math.floorDiv(millis, CivilDate.MILLIS_PER_DAY);
    }

    public static int toTime(long millis) {
        return (int) Math.floorMod(millis, CivilDate.MILLIS_PER_DAY);
    }

    public static long dateToMillis(int days) {
        return days * CivilDate.MILLIS_PER_DAY;
    }
}
