package creek.core.operator;

import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.time;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.operator.OperatorHarness.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are (key, value, time). */
class SessionWindowAggregateOperatorTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema OUTPUT = KEY.with("n", DataType.bigint()).with("sum", DataType.bigint())
            .with("window_start", DataType.timestamp(3)).with("window_end", DataType.timestamp(3))
            .with("window_time", DataType.timestamp(3));

    private static OperatorHarness sessions(int timeColumn, long gap) {
        return new OperatorHarness(() -> new SessionWindowAggregateOperator(timeColumn, null, gap, new KeySelector(new int[] {0}, KEY),
                new CountAndSum(1), 2), OUTPUT);
    }

    @Test
    void when_watermarkReachesLastMillisecond_then_sessionIsEmitted() throws Exception {
        sessions(2, 10).check(
                List.of(row("a", 1, 0L), row("b", 2, 3L), row("a", 3, 9L), watermark(11), watermark(12), watermark(Long.MAX_VALUE)),
                List.of("W(11)", "+I[b, 1, 2, 3, 13, 12]", "W(12)", "+I[a, 2, 4, 0, 19, 18]", "W(end)"));
    }

    @Test
    void when_rowLiesBetweenTwoSessions_then_theyBecomeOne() throws Exception {
        sessions(2, 10).check(List.of(row("a", 1, 0L), row("a", 2, 15L), row("a", 4, 40L), row("a", 8, 8L), watermark(Long.MAX_VALUE)),
                List.of("+I[a, 3, 11, 0, 25, 24]", "+I[a, 1, 4, 40, 50, 49]", "W(end)"));
    }

    @Test
    void sessionsThatTouchAreOne() throws Exception {
        sessions(2, 10).check(List.of(row("a", 1, 0L), row("a", 2, 10L), row("a", 4, 21L), watermark(Long.MAX_VALUE)),
                List.of("+I[a, 2, 3, 0, 20, 19]", "+I[a, 1, 4, 21, 31, 30]", "W(end)"));
    }

    @Test
    void when_rowIsBehindTheWatermarkButItsSessionIsOpen_then_itCounts() throws Exception {
        List<Event> events = List.of(row("a", 1, 20L), watermark(25), row("a", 2, 10L), row("b", 4, 10L), watermark(Long.MAX_VALUE));
        sessions(2, 10).check(events, List.of("W(25)", "+I[a, 2, 3, 10, 30, 29]", "W(end)"));
        assertEquals(1, sessions(2, 10).late(events));
    }

    /** A clock that is put back or forward makes sessions come late or early, but each row is in one of them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void when_theClockJumps_then_everyRowIsCountedOnce(long seed) throws Exception {
        Random random = new Random(seed);
        long start = 1_700_000_000_000L;
        long hour = 3_600_000;
        long now = start;
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(40) == 0 ? (random.nextBoolean() ? hour : -hour) : random.nextInt(8);
            events.add(time(now));
            events.add(row("k" + random.nextInt(3), 1L, 0L));
        }
        events.add(time(start + 1000 * hour));
        OperatorHarness harness = sessions(Windows.PROCESSING_TIME, 10);
        for (List<String> output : List.of(harness.output(events), harness.outputWithCrashes(events, true, seed))) {
            assertEquals(500, output.stream().mapToLong(line -> Long.parseLong(line.split(", ")[1])).sum());
        }
    }

    @Test
    void processingTimeSessionsEndByTheClock() throws Exception {
        sessions(Windows.PROCESSING_TIME, 10).check(
                List.of(time(5), row("a", 1, 0L), time(9), row("a", 2, 0L), time(15), watermark(100), time(18), time(19), row("a", 4, 0L),
                        time(40)),
                List.of("W(100)", "+I[a, 2, 3, 5, 19, 18]", "+I[a, 1, 4, 19, 29, 28]"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 10, 25})
    void agreesWithComputingSessionsAnew(long gap) throws Exception {
        Random random = new Random(gap);
        for (int round = 0; round < 40; round++) {
            List<Event> events = new ArrayList<>();
            List<Open> open = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            long watermark = Long.MIN_VALUE;
            long late = 0;
            long highest = 0;
            for (int i = 0; i < 100; i++) {
                long time = Math.max(0, highest + random.nextInt(30) - 12);
                highest = Math.max(highest, time);
                String key = "k" + random.nextInt(3);
                events.add(row(key, i, time));
                late += add(open, new Open(key, 1, i, time, time + gap), watermark) ? 0 : 1;
                if (random.nextInt(3) == 0 && highest - 6 > watermark) {
                    watermark = highest - 6;
                    events.add(watermark(watermark));
                    fire(open, watermark, expected);
                }
            }
            events.add(watermark(Long.MAX_VALUE));
            fire(open, Long.MAX_VALUE, expected);
            // which of two sessions with the same end comes first is not part of the contract
            assertEquals(expected.stream().sorted().toList(), sessions(2, gap).output(events).stream()
                    .filter(line -> line.startsWith("+")).sorted().collect(Collectors.toList()));
            assertEquals(late, sessions(2, gap).late(events));
            assertEquals(sessions(2, gap).output(events), sessions(2, gap).outputWithCrashes(events, round % 2 == 0, random.nextLong()));
        }
    }

    private record Open(String key, long count, long sum, long start, long end) {
    }

    private static boolean add(List<Open> open, Open row, long watermark) {
        Open whole = row;
        for (Open each : List.copyOf(open)) {
            if (each.key.equals(row.key) && each.start <= row.end && each.end >= row.start) {
                open.remove(each);
                whole = new Open(row.key, whole.count + each.count, whole.sum + each.sum, Math.min(whole.start, each.start),
                        Math.max(whole.end, each.end));
            }
        }
        boolean inTime = whole.end - 1 > watermark;
        if (inTime) {
            open.add(whole);
        }
        return inTime;
    }

    private static void fire(List<Open> open, long watermark, List<String> expected) {
        for (Open each : List.copyOf(open)) {
            if (each.end - 1 <= watermark) {
                open.remove(each);
                expected.add("+I[" + each.key + ", " + each.count + ", " + each.sum + ", " + each.start + ", " + each.end + ", "
                        + (each.end - 1) + "]");
            }
        }
    }
}
