package creek.core.function;

import creek.core.data.Timestamp;

/**
 * Fields of dates, times and timestamps, under the names that EXTRACT has for them. TIMESTAMP_LTZ comes here as what clocks of the session's
 * zone show. Before 1970 the parts of a time count back from midnight, the hour and so on, as in Flink: they are negative.
 */
public final class Extracts {
    private static final int JULIAN_EPOCH = 2_440_588;

    private Extracts() {
    }

    public static long year(int days) {
        return CivilDate.year(CivilDate.of(days));
    }

    public static long quarter(int days) {
        return (CivilDate.month(CivilDate.of(days)) + 2) / 3;
    }

    public static long month(int days) {
        return CivilDate.month(CivilDate.of(days));
    }

    public static long day(int days) {
        return CivilDate.day(CivilDate.of(days));
    }

    public static long doy(int days) {
        return days - CivilDate.toDays(CivilDate.year(CivilDate.of(days)), 1, 1) + 1;
    }

    /** Day of the week, from Sunday 1 to Saturday 7. */
    public static long dow(int days) {
        return Math.floorMod(days + 4, 7) + 1;
    }

    /** Day of the week, from Monday 1 to Sunday 7. */
    public static long isodow(int days) {
        return Math.floorMod(days + 3, 7) + 1;
    }

    /** Number of the ISO week. */
    public static long week(int days) {
        int thursday = thursday(days);
        return (thursday - CivilDate.toDays(CivilDate.year(CivilDate.of(thursday)), 1, 1)) / 7 + 1;
    }

    /** The year that the ISO week belongs to. */
    public static long isoyear(int days) {
        return CivilDate.year(CivilDate.of(thursday(days)));
    }

    /** A week belongs to the year of its Thursday. */
    private static int thursday(int days) {
        return days - Math.floorMod(days + 3, 7) + 3;
    }

    public static long decade(int days) {
        return year(days) / 10;
    }

    public static long century(int days) {
        long year = year(days);
        return year > 0 ? (year + 99) / 100 : (year - 99) / 100;
    }

    public static long millennium(int days) {
        long year = year(days);
        return year > 0 ? (year + 999) / 1000 : (year - 999) / 1000;
    }

    public static long julian(int days) {
        return days + (long) JULIAN_EPOCH;
    }

    public static long hour(long millis) {
        return millis % CivilDate.MILLIS_PER_DAY / 3_600_000;
    }

    public static long minute(long millis) {
        return millis % 3_600_000 / 60_000;
    }

    public static long second(long millis) {
        return millis % 60_000 / 1000;
    }

    /** The fraction of the second in milliseconds. */
    public static long millisecond(long millis) {
        return millis % 1000;
    }

    /** The fraction of the second in microseconds. */
    public static long microsecond(Timestamp timestamp) {
        return timestamp.millis() % 1000 * 1000L + timestamp.nanos() / 1000;
    }

    /** The fraction of the second in nanoseconds. */
    public static long nanosecond(Timestamp timestamp) {
        return timestamp.millis() % 1000 * 1_000_000L + timestamp.nanos();
    }

    public static long epoch(long millis) {
        return millis / 1000;
    }
}
