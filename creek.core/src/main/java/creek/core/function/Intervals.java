package creek.core.function;

import creek.core.data.Timestamp;

/** Dates, times and timestamps moved by intervals, and the months between them. */
public final class Intervals {
    private static final int MONTHS_PER_YEAR = 12;

    private Intervals() {
    }

    public static long plusMillis(long timestamp, long interval) {
        return timestamp + interval;
    }

    public static Timestamp plusMillis(Timestamp timestamp, long interval) {
        return new Timestamp(timestamp.millis() + interval, timestamp.nanos());
    }

    /** Whole days of the interval count. */
    public static int plusMillisOfDate(int days, long interval) {
        return days + (int) (interval / CivilDate.MILLIS_PER_DAY);
    }

    public static long plusMillisOfDateToTimestamp(int days, long interval) {
        return days * CivilDate.MILLIS_PER_DAY + interval;
    }

    /** Goes round the clock. */
    public static int plusMillisOfTime(int time, long interval) {
        return (int) Math.floorMod(time + interval, CivilDate.MILLIS_PER_DAY);
    }

    /** Months later, on the same day of the month or, where there is none, the last. */
    public static int plusMonthsOfDate(int days, int months) {
        long civil = CivilDate.of(days);
        long count = CivilDate.year(civil) * (long) MONTHS_PER_YEAR + CivilDate.month(civil) - 1 + months;
        int year = (int) Math.floorDiv(count, MONTHS_PER_YEAR);
        int month = Math.floorMod(count, MONTHS_PER_YEAR) + 1;
        return CivilDate.toDays(year, month, Math.min(CivilDate.day(civil), CivilDate.lengthOfMonth(year, month)));
    }

    public static long plusMonthsOfDateToTimestamp(int days, int months) {
        return plusMonthsOfDate(days, months) * CivilDate.MILLIS_PER_DAY;
    }

    /** The time of day does not move with months. */
    public static int plusMonthsOfTime(int time, int months) {
        return time;
    }

    public static long plusMonths(long timestamp, int months) {
        long days = Math.floorDiv(timestamp, CivilDate.MILLIS_PER_DAY);
        return plusMonthsOfDate((int) days, months) * CivilDate.MILLIS_PER_DAY + timestamp - days * CivilDate.MILLIS_PER_DAY;
    }

    public static Timestamp plusMonths(Timestamp timestamp, int months) {
        return new Timestamp(plusMonths(timestamp.millis(), months), timestamp.nanos());
    }

    /**
     * Whole months from {@code b} to {@code a}; negative where {@code a} is earlier. As in Flink the times of day count only where the months end on
     * the very day, and then a month less is counted in either direction.
     */
    public static int monthsBetween(long a, long b) {
        long dayA = Math.floorDiv(a, CivilDate.MILLIS_PER_DAY);
        long dayB = Math.floorDiv(b, CivilDate.MILLIS_PER_DAY);
        int months = dayA < dayB ? -monthsBetweenDates(dayB, dayA) : monthsBetweenDates(dayA, dayB);
        boolean sameDay = plusMonthsOfDate((int) dayB, months) == dayA;
        return sameDay && Math.floorMod(a, CivilDate.MILLIS_PER_DAY) < Math.floorMod(b, CivilDate.MILLIS_PER_DAY) ? months - 1 : months;
    }

    private static int monthsBetweenDates(long later, long earlier) {
        long to = CivilDate.of(later);
        long from = CivilDate.of(earlier);
        int months = (CivilDate.year(to) - CivilDate.year(from)) * MONTHS_PER_YEAR + CivilDate.month(to) - CivilDate.month(from);
        return plusMonthsOfDate((int) earlier, months) > later ? months - 1 : months;
    }
}
