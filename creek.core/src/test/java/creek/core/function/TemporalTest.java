package creek.core.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Dates and times against java.time, over random values of the years 1 to 9999. */
class TemporalTest {
    private static final int RUNS = 4_000;
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter NANOS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.nnnnnnnnn");

    private final Random random = new Random(12);

    private LocalDateTime randomTime() {
        return LocalDateTime.ofEpochSecond(random.nextLong(-62_135_596_800L, 253_402_300_799L), random.nextInt(1_000_000_000), ZoneOffset.UTC);
    }

    private static long millis(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    @Test
    void textsAreReadBackAsTheyWereWritten() {
        for (int i = 0; i < RUNS; i++) {
            LocalDateTime time = randomTime();
            int nanos = time.getNano() % 1_000_000;
            assertEquals(MILLIS.format(time), TemporalTexts.timestamp(millis(time), 3).toString());
            Timestamp fine = new Timestamp(millis(time), nanos);
            assertEquals(NANOS.format(time), TemporalTexts.timestamp(fine, 9).toString());
            assertEquals(fine, TemporalCasts.toTimestamp(Utf8.of(NANOS.format(time)), 9));
            int days = (int) time.toLocalDate().toEpochDay();
            assertEquals(time.toLocalDate().toString(), TemporalTexts.date(days).toString());
            assertEquals(days, TemporalCasts.toDate(Utf8.of(time.toLocalDate().toString())));
            assertEquals(days, TemporalCasts.toLocalDate(millis(time)));
            assertEquals(time.toLocalTime().toNanoOfDay() / 1_000_000, TemporalCasts.toLocalTime(millis(time)));
        }
    }

    @Test
    void fieldsAreThoseOfTheCalendar() {
        for (int i = 0; i < RUNS; i++) {
            LocalDateTime time = randomTime();
            int days = (int) time.toLocalDate().toEpochDay();
            assertEquals(time.getYear(), Extracts.year(days));
            assertEquals(time.getMonthValue(), Extracts.month(days));
            assertEquals(time.getDayOfMonth(), Extracts.day(days));
            assertEquals(time.getDayOfYear(), Extracts.doy(days));
            assertEquals(time.getDayOfWeek().getValue(), Extracts.isodow(days));
            assertEquals(time.getDayOfWeek().getValue() % 7 + 1, Extracts.dow(days));
            assertEquals(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), Extracts.week(days));
            assertEquals(time.get(IsoFields.WEEK_BASED_YEAR), Extracts.isoyear(days));
            assertEquals(time.get(IsoFields.QUARTER_OF_YEAR), Extracts.quarter(days));
            // before 1970 times count back, as in Flink
            int sign = millis(time) < 0 ? -1 : 1;
            LocalDateTime counted = LocalDateTime.ofEpochSecond(0, 0, java.time.ZoneOffset.UTC).plus(sign * millis(time), ChronoUnit.MILLIS);
            assertEquals(sign * counted.getHour(), Extracts.hour(millis(time)));
            assertEquals(sign * counted.getMinute(), Extracts.minute(millis(time)));
            assertEquals(sign * counted.getSecond(), Extracts.second(millis(time)));
        }
    }

    @Test
    void monthsAreAddedAndCountedAsTheCalendarDoes() {
        for (int i = 0; i < RUNS; i++) {
            LocalDateTime time = randomTime().truncatedTo(ChronoUnit.MILLIS).withYear(1000 + random.nextInt(8000));
            int months = random.nextInt(2000) - 1000;
            assertEquals(millis(time.plusMonths(months)), Intervals.plusMonths(millis(time), months));
            LocalDateTime other = time.plusDays(random.nextInt(2000)).plusSeconds(random.nextInt(86_400));
            int between = Intervals.monthsBetween(millis(other), millis(time));
            assertEquals(true, !time.plusMonths(between).isAfter(other) && time.plusMonths(between + 1L).isAfter(other));
        }
    }

    @Test
    void roundingGoesToTheStartOfUnits() {
        for (int i = 0; i < RUNS; i++) {
            LocalDate date = randomTime().toLocalDate().withYear(1000 + random.nextInt(8000));
            int days = (int) date.toEpochDay();
            assertEquals(date.withDayOfMonth(1).toEpochDay(), TemporalRounding.floorMonths(days, 1));
            assertEquals(date.withDayOfYear(1).toEpochDay(), TemporalRounding.floorMonths(days, 12));
            assertEquals(date.minusDays(1).withDayOfMonth(1).plusMonths(1).toEpochDay(), TemporalRounding.ceilMonths(days, 1));
            assertEquals(date.minusDays(date.getDayOfWeek().getValue() % 7).toEpochDay(), TemporalRounding.floorWeek(days));
        }
    }

    @Test
    void zonesAreThoseOfJavaTime() {
        for (String name : new String[] {"UTC", "+05:30", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"}) {
            ZoneId zone = ZoneId.of(name);
            for (int i = 0; i < 2000; i++) {
                Instant instant = Instant.ofEpochMilli(random.nextLong(-2_000_000_000_000L, 4_000_000_000_000L));
                LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
                assertEquals(millis(local), Zones.toLocal(instant.toEpochMilli(), zone));
                assertEquals(local.atZone(zone).toInstant().toEpochMilli(), Zones.toInstant(millis(local), zone));
            }
        }
    }

    @Test
    void whatIsNoTimestampIsRefused() {
        for (String text : new String[] {"", "x", "2024", "2024-02", "2024-02-32", "2024-13-01", "12024-01-01", " 2024-01-01", "2024-01-01T00:00:00",
            "2024-01-01 00:00", "2024-01-01 25:00:00", "2024-01-01 00:00:00Z", "2024-01-01 00:00:00.1234567890"}) {
            assertThrows(CastException.class, () -> TemporalCasts.toMillis(Utf8.of(text), 3), text);
            assertNull(TemporalFunctions.toTimestamp(Utf8.of(text)), text);
        }
    }

    /** Flink 2.2.0 cuts a TIMESTAMP towards 1970, and what is written in a string down in time. */
    @Test
    void fractionsAreCut() {
        assertEquals(0, TemporalCasts.truncate(-1, 0));
        assertEquals(-120, TemporalCasts.truncate(-123, 2));
        assertEquals(new Timestamp(5, 123_000), TemporalCasts.truncate(new Timestamp(5, 123_456), 6));
        assertEquals(0, TemporalCasts.toDate(-1));
        assertEquals(-1, TemporalCasts.toTime(-1));
        assertEquals(-1000, TemporalCasts.toMillis(Utf8.of("1969-12-31 23:59:59.999"), 0));
        assertThrows(CastException.class, () -> TemporalCasts.toMillis(Utf8.of("0000-12-31 00:00:00"), 3));
    }

    /** Also where clocks are changed, and of texts that only java.text reads. */
    @Test
    void unixTimestampsAreThoseOfJavaText() {
        Random random = new Random(11);
        for (String name : List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")) {
            ZoneId zone = ZoneId.of(name);
            DatePattern pattern = DatePattern.compile(Utf8.of("yyyy-MM-dd HH:mm:ss"));
            for (int i = 0; i < 3000; i++) {
                boolean near = random.nextBoolean();
                String text = String.format("%04d-%02d-%02d %02d:%02d:%02d", near ? 2024 : 1500 + random.nextInt(1000),
                        near ? (random.nextBoolean() ? 3 : 10) : random.nextInt(14), near ? 25 + random.nextInt(8) : random.nextInt(33),
                        random.nextInt(26), random.nextInt(62), random.nextInt(62));
                long millis = pattern.parseSimply(text, zone);
                assertEquals(millis == Long.MIN_VALUE ? millis : millis / 1000, TemporalFunctions.unixTimestamp(Utf8.of(text), zone), text + " " + name);
            }
        }
    }

    /** A text is remembered for as long as it stays the same. */
    @Test
    void patternsGiveWhatJavaTimeGives() {
        Random random = new Random(12);
        for (String text : List.of("yyyy-MM-dd", "HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyyMMddHH", "h a", "'s' HH", "HH 'o''clock' mm", "ss.SSS", "A", "w E", "'at'")) {
            DatePattern pattern = DatePattern.compile(Utf8.of(text));
            DateTimeFormatter expected = DateTimeFormatter.ofPattern(text, Locale.ENGLISH);
            long millis = -40_000_000_000L;
            for (int i = 0; i < 3000; i++) {
                millis += random.nextInt(10) == 0 ? random.nextInt(100_000_000) - 30_000_000 : random.nextInt(40_000) - 500;
                assertEquals(expected.format(LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000) * 1_000_000, ZoneOffset.UTC)),
                        TemporalFunctions.dateFormat(millis, pattern).toString());
            }
        }
    }
}
