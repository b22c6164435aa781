package creek.core.function;

/** Days since 1970-01-01 to year, month and day of the proleptic Gregorian calendar and back, without allocation. */
final class CivilDate {
    static final long MILLIS_PER_DAY = 86_400_000L;

    private static final int DAYS_PER_ERA = 146_097;
    private static final int DAYS_TO_EPOCH = 719_468;

    private CivilDate() {
    }

    /** Year, month and day in one: {@link #year}, {@link #month} and {@link #day} take it apart. */
    static long of(long days) {
        // years are counted from the first of March, so that the leap day is the last of a year
        long shifted = days + DAYS_TO_EPOCH;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        long dayOfEra = shifted - era * DAYS_PER_ERA;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long march = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * march + 2) / 5 + 1;
        long month = march < 10 ? march + 3 : march - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 16 | month << 8 | day;
    }

    static int year(long civil) {
        return (int) (civil >> 16);
    }

    static int month(long civil) {
        return (int) (civil >> 8 & 0xFF);
    }

    static int day(long civil) {
        return (int) (civil & 0xFF);
    }

    static int toDays(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (int) (era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH);
    }

    static int lengthOfMonth(int year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
