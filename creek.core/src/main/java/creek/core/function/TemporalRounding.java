package creek.core.function;

/** FLOOR and CEIL of dates and timestamps to a unit. */
public final class TemporalRounding {
    private TemporalRounding() {
    }

    /** Down to a multiple of a unit of fixed length. */
    public static long floor(long millis, long unit) {
        return millis - Math.floorMod(millis, unit);
    }

    /** Up to a multiple of a unit of fixed length. */
    public static long ceil(long millis, long unit) {
        return floor(millis + unit - 1, unit);
    }

    /** Down to the first day of a span of months: 1 for MONTH, 3 for QUARTER, 12 for YEAR, 120 for DECADE. */
    public static int floorMonths(int days, int months) {
        long civil = CivilDate.of(days);
        int count = CivilDate.year(civil) * 12 + CivilDate.month(civil) - 1;
        return firstOf(count - Math.floorMod(count, months));
    }

    /** Up to the first day of a span of months. */
    public static int ceilMonths(int days, int months) {
        int floor = floorMonths(days, months);
        return floor == days ? days : Intervals.plusMonthsOfDate(floor, months);
    }

    /** Down to the first day of a century (100) or millennium (1000), which begin with the year 1. */
    public static int floorYears(int days, int years) {
        int year = CivilDate.year(CivilDate.of(days));
        return CivilDate.toDays(year - Math.floorMod(year - 1, years), 1, 1);
    }

    /** Up to the first day of a century (100) or millennium (1000). */
    public static int ceilYears(int days, int years) {
        int floor = floorYears(days, years);
        return floor == days ? days : Intervals.plusMonthsOfDate(floor, years * 12);
    }

    private static int firstOf(int months) {
        return CivilDate.toDays(Math.floorDiv(months, 12), Math.floorMod(months, 12) + 1, 1);
    }

    /** Down to Sunday. */
    public static int floorWeek(int days) {
        return days - Math.floorMod(days + 4, 7);
    }

    /** Up to Sunday. */
    public static int ceilWeek(int days) {
        return floorWeek(days + 6);
    }
}
