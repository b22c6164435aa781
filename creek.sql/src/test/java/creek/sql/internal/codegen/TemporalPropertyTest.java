package creek.sql.internal.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Timestamp;
import creek.sql.internal.type.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.junit.jupiter.api.Test;

/**
 * Dates, times and timestamps in generated code, against java.time over random values from 1970 on: before, Flink rounds towards 1970 in
 * places where java.time does not.
 */
class TemporalPropertyTest {
    private static final int ROWS = 150;
    private static final DateTimeFormatter NANOS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.nnnnnnnnn");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** d DATE, c TIME, t TIMESTAMP(3), f TIMESTAMP(9), l TIMESTAMP_LTZ(3), u another TIMESTAMP(3), n INT. */
    private static final RelDataType ROW_TYPE = ScalarQuery.TYPES.builder().add("d", type(DataType.date())).add("c", type(DataType.time(0)))
            .add("t", type(DataType.timestamp(3))).add("f", type(DataType.timestamp(9))).add("l", type(DataType.timestampLtz(3)))
            .add("u", type(DataType.timestamp(3))).add("n", type(DataType.integer())).build();

    private final Random random = new Random(22);

    private static RelDataType type(DataType type) {
        return Types.toRelType(ScalarQuery.TYPES, type);
    }

    private record Sample(LocalDateTime time, LocalDateTime other, int number) {
        LocalDateTime millis() {
            return time.truncatedTo(ChronoUnit.MILLIS);
        }

        LocalDate date() {
            return time.toLocalDate();
        }

        LocalTime clock() {
            return time.toLocalTime().truncatedTo(ChronoUnit.SECONDS);
        }

        Instant instant() {
            return millis().toInstant(ZoneOffset.UTC);
        }

        Row row() {
            Row row = new Row(7);
            row.setLong(0, date().toEpochDay());
            row.setLong(1, clock().toSecondOfDay() * 1000L);
            row.setLong(2, instant().toEpochMilli());
            row.setObject(3, new Timestamp(instant().toEpochMilli(), time.getNano() % 1_000_000));
            row.setLong(4, instant().toEpochMilli());
            row.setLong(5, other.toInstant(ZoneOffset.UTC).toEpochMilli());
            row.setLong(6, number);
            return row;
        }
    }

    private LocalDateTime randomTime() {
        return LocalDateTime.ofEpochSecond(random.nextLong(86_400L * 366, 250_000_000_000L), random.nextInt(1_000_000_000), ZoneOffset.UTC);
    }

    private void check(ZoneId zone, Map<String, Function<Sample, Object>> expressions) throws Exception {
        ScalarQuery query = new ScalarQuery("r", ROW_TYPE, "SELECT " + String.join(", ", expressions.keySet()) + " FROM r", zone);
        for (int i = 0; i < ROWS; i++) {
            LocalDateTime time = randomTime();
            // later, as Flink counts months back otherwise, and no further away than an INT of seconds
            LocalDateTime other = time.truncatedTo(ChronoUnit.MILLIS).plusSeconds((random.nextInt() >>> 1) >> random.nextInt(20));
            Sample sample = new Sample(time, other, random.nextInt(200) - 100);
            List<String> results = query.run(sample.row());
            int column = 0;
            for (Map.Entry<String, Function<Sample, Object>> expression : expressions.entrySet()) {
                assertEquals(expression.getValue().apply(sample).toString(), results.get(column++), () -> expression.getKey() + " of " + sample);
            }
        }
    }

    @Test
    void casts() throws Exception {
        Map<String, Function<Sample, Object>> expressions = new LinkedHashMap<>();
        expressions.put("f", s -> NANOS.format(s.time()));
        expressions.put("CAST(f AS TIMESTAMP(6))", s -> NANOS.format(s.time()).substring(0, 26));
        expressions.put("CAST(f AS TIMESTAMP(3))", s -> MILLIS.format(s.time()));
        expressions.put("CAST(f AS TIMESTAMP(1))", s -> MILLIS.format(s.time()).substring(0, 21));
        expressions.put("CAST(t AS TIMESTAMP(0))", s -> SECONDS.format(s.time()));
        expressions.put("CAST(CAST(f AS STRING) AS TIMESTAMP(9))", s -> NANOS.format(s.time()));
        expressions.put("CAST(CAST(f AS STRING) AS DATE)", Sample::date);
        expressions.put("CAST(f AS DATE)", Sample::date);
        expressions.put("CAST(f AS TIME)", s -> SECONDS.format(s.time()).substring(11));
        expressions.put("CAST(d AS TIMESTAMP(3))", s -> MILLIS.format(s.date().atStartOfDay()));
        expressions.put("CAST(c AS TIMESTAMP(0))", s -> SECONDS.format(s.clock().atDate(LocalDate.EPOCH)));
        expressions.put("CAST(CAST(c AS STRING) AS TIME)", s -> SECONDS.format(s.time()).substring(11));
        expressions.put("CAST(CAST(d AS STRING) AS DATE)", Sample::date);
        expressions.put("t < u", s -> s.millis().isBefore(s.other()) ? "TRUE" : "FALSE");
        expressions.put("f > t", s -> s.time().isAfter(s.millis()) ? "TRUE" : "FALSE");
        check(ZoneOffset.UTC, expressions);
    }

    @Test
    void zones() throws Exception {
        for (String name : List.of("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata")) {
            ZoneId zone = ZoneId.of(name);
            Map<String, Function<Sample, Object>> expressions = new LinkedHashMap<>();
            expressions.put("l", s -> MILLIS.format(s.instant().atZone(zone)));
            expressions.put("CAST(l AS TIMESTAMP(3))", s -> MILLIS.format(s.instant().atZone(zone)));
            expressions.put("CAST(l AS DATE)", s -> s.instant().atZone(zone).toLocalDate());
            expressions.put("CAST(l AS TIME)", s -> SECONDS.format(s.instant().atZone(zone)).substring(11));
            expressions.put("CAST(t AS TIMESTAMP_LTZ(3))", s -> MILLIS.format(s.millis().atZone(zone)));
            expressions.put("CAST(CAST(f AS STRING) AS TIMESTAMP_LTZ(9))", s -> NANOS.format(s.time().atZone(zone)));
            expressions.put("CAST(d AS TIMESTAMP_LTZ(3))", s -> MILLIS.format(s.date().atStartOfDay(zone)));
            expressions.put("CAST(t AS TIMESTAMP_LTZ(3)) = l", s -> s.millis().atZone(zone).toInstant().equals(s.instant()) ? "TRUE" : "FALSE");
            check(zone, expressions);
        }
    }

    @Test
    void fields() throws Exception {
        Map<String, Function<Sample, Object>> expressions = new LinkedHashMap<>();
        expressions.put("EXTRACT(YEAR FROM t)", s -> s.time().getYear());
        expressions.put("EXTRACT(QUARTER FROM t)", s -> s.time().get(IsoFields.QUARTER_OF_YEAR));
        expressions.put("EXTRACT(MONTH FROM f)", s -> s.time().getMonthValue());
        expressions.put("EXTRACT(WEEK FROM d)", s -> s.time().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        expressions.put("EXTRACT(ISOYEAR FROM d)", s -> s.time().get(IsoFields.WEEK_BASED_YEAR));
        expressions.put("EXTRACT(DAY FROM t)", s -> s.time().getDayOfMonth());
        expressions.put("EXTRACT(DOY FROM t)", s -> s.time().getDayOfYear());
        expressions.put("EXTRACT(ISODOW FROM t)", s -> s.time().getDayOfWeek().getValue());
        expressions.put("EXTRACT(DOW FROM t)", s -> s.time().getDayOfWeek().getValue() % 7 + 1);
        expressions.put("EXTRACT(HOUR FROM c)", s -> s.time().getHour());
        expressions.put("EXTRACT(MINUTE FROM f)", s -> s.time().getMinute());
        expressions.put("EXTRACT(SECOND FROM t)", s -> s.time().getSecond());
        expressions.put("EXTRACT(MILLISECOND FROM t)", s -> s.time().get(ChronoField.MILLI_OF_SECOND));
        expressions.put("EXTRACT(MICROSECOND FROM f)", s -> s.time().get(ChronoField.MICRO_OF_SECOND));
        expressions.put("EXTRACT(NANOSECOND FROM f)", s -> s.time().getNano());
        expressions.put("EXTRACT(CENTURY FROM d)", s -> (s.time().getYear() + 99) / 100);
        expressions.put("EXTRACT(DECADE FROM d)", s -> s.time().getYear() / 10);
        check(ZoneOffset.UTC, expressions);
    }

    @Test
    void rounding() throws Exception {
        Map<String, Function<LocalDateTime, LocalDateTime>> floors = new LinkedHashMap<>();
        floors.put("YEAR", t -> t.toLocalDate().withDayOfYear(1).atStartOfDay());
        floors.put("QUARTER", t -> t.toLocalDate().with(IsoFields.DAY_OF_QUARTER, 1).atStartOfDay());
        floors.put("MONTH", t -> t.toLocalDate().withDayOfMonth(1).atStartOfDay());
        floors.put("WEEK", t -> t.toLocalDate().minusDays(t.getDayOfWeek().getValue() % 7).atStartOfDay());
        floors.put("DAY", t -> t.truncatedTo(ChronoUnit.DAYS));
        floors.put("HOUR", t -> t.truncatedTo(ChronoUnit.HOURS));
        floors.put("MINUTE", t -> t.truncatedTo(ChronoUnit.MINUTES));
        floors.put("SECOND", t -> t.truncatedTo(ChronoUnit.SECONDS));
        Map<String, Function<Sample, Object>> expressions = new LinkedHashMap<>();
        floors.forEach((unit, floor) -> {
            expressions.put("FLOOR(t TO " + unit + ")", s -> MILLIS.format(floor.apply(s.time())));
            // Flink leaves out the time of day where it goes up to days of the calendar
            Function<Sample, LocalDateTime> start = s -> List.of("YEAR", "QUARTER", "MONTH", "WEEK").contains(unit) ? s.date().atStartOfDay() : s.millis();
            expressions.put("CEIL(t TO " + unit + ")", s -> MILLIS.format(floor.apply(start.apply(s)).equals(start.apply(s)) ? start.apply(s)
                    : next(unit, floor.apply(start.apply(s)))));
        });
        check(ZoneOffset.UTC, expressions);
    }

    private static LocalDateTime next(String unit, LocalDateTime start) {
        return unit.equals("QUARTER") ? start.plusMonths(3) : start.plus(1, ChronoUnit.valueOf(unit + "S"));
    }

    @Test
    void arithmetic() throws Exception {
        Map<String, Function<Sample, Object>> expressions = new LinkedHashMap<>();
        for (String unit : List.of("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR")) {
            ChronoUnit java = unit.equals("QUARTER") ? ChronoUnit.MONTHS : ChronoUnit.valueOf(unit + "S");
            int factor = unit.equals("QUARTER") ? 3 : 1;
            expressions.put("TIMESTAMPADD(" + unit + ", n, t)", s -> MILLIS.format(s.millis().plus((long) factor * s.number(), java)));
            if (java.isTimeBased() || java == ChronoUnit.DAYS || java == ChronoUnit.WEEKS) {
                expressions.put("TIMESTAMPDIFF(" + unit + ", t, u)", s -> s.millis().until(s.other(), java));
            }
        }
        expressions.put("TIMESTAMPDIFF(MONTH, t, u)", s -> monthsBetween(s.millis(), s.other()));
        expressions.put("TIMESTAMPDIFF(QUARTER, t, u)", s -> monthsBetween(s.millis(), s.other()) / 3);
        expressions.put("TIMESTAMPDIFF(YEAR, t, u)", s -> monthsBetween(s.millis(), s.other()) / 12);
        expressions.put("t + INTERVAL '1' DAY * n", s -> MILLIS.format(s.millis().plusDays(s.number())));
        expressions.put("f - INTERVAL '1 02:03:04.005' DAY TO SECOND", s -> NANOS.format(s.time().minusDays(1).minusHours(2).minusMinutes(3).minusSeconds(4)
                .minus(5, ChronoUnit.MILLIS)));
        expressions.put("f + INTERVAL '1-2' YEAR TO MONTH", s -> NANOS.format(s.time().plusMonths(14)));
        expressions.put("d + INTERVAL '1' MONTH * n", s -> s.date().plusMonths(s.number()));
        expressions.put("d - INTERVAL '400' DAY(3)", s -> s.date().minusDays(400));
        expressions.put("c + INTERVAL '1' MINUTE * n", s -> DateTimeFormatter.ISO_LOCAL_TIME.format(s.clock().plusMinutes(s.number())));
        expressions.put("(t - INTERVAL '1' HOUR) < t", s -> "TRUE");
        expressions.put("l + INTERVAL '10' HOUR", s -> MILLIS.format(s.millis().plusHours(10)));
        check(ZoneOffset.UTC, expressions);
    }

    /** So many months can be added without passing the other time; java.time counts one less where the month ends earlier. */
    private static long monthsBetween(LocalDateTime from, LocalDateTime to) {
        long months = from.until(to, ChronoUnit.MONTHS);
        return from.plusMonths(months + 1).isAfter(to) ? months : months + 1;
    }
}
