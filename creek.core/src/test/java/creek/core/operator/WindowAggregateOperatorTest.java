package creek.core.operator;

import static creek.core.operator.OperatorHarness.change;
import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.time;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.DataType;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.operator.OperatorHarness.Event;
import creek.core.operator.OperatorHarness.RowEvent;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are (key, value, time). */
class WindowAggregateOperatorTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema WINDOW = Schema.empty().with("n", DataType.bigint()).with("sum", DataType.bigint())
            .with("window_start", DataType.timestamp(3)).with("window_end", DataType.timestamp(3))
            .with("window_time", DataType.timestamp(3));

    private static final Schema KEYED = Schema.of(Stream.concat(KEY.columns().stream(), WINDOW.columns().stream()).toList());

    private static OperatorHarness keyed(Supplier<Windows> windows) {
        return keyed(windows, new CountAndSum(1));
    }

    private static OperatorHarness keyed(Supplier<Windows> windows, CountAndSum prototype) {
        return new OperatorHarness(() -> new WindowAggregateOperator(windows.get(), new KeySelector(new int[] {0}, KEY), prototype, 2), KEYED);
    }

    private static OperatorHarness global(Supplier<Windows> windows) {
        return new OperatorHarness(() -> new WindowAggregateOperator(windows.get(), new KeySelector(new int[0], Schema.empty()),
                new CountAndSum(1), 2), WINDOW);
    }

    private static Windows tumble(long size) {
        return new TumblingWindows(2, null, size, 0);
    }

    @Test
    void when_rowsHaveTheirWindow_then_theyCountInThatWindowOnly() throws Exception {
        keyed(() -> new AttachedWindows(new HoppingWindows(2, null, 20, 10, 0))).check(
                List.of(row("a", 1, 20L), row("a", 2, 20L), row("a", 4, 30L), watermark(19), row("a", 8, 20L), watermark(Long.MAX_VALUE)),
                List.of("+I[a, 2, 3, 0, 20, 19]", "W(19)", "+I[a, 1, 4, 10, 30, 29]", "W(end)"));
    }

    @Test
    void when_watermarkReachesLastMillisecond_then_windowFires() throws Exception {
        keyed(() -> tumble(10)).check(
                List.of(row("a", 1, 0L), row("b", 2, 3L), row("a", 3, 9L), watermark(8), row("a", 4, 10L), watermark(9), watermark(19)),
                List.of("W(8)", "+I[a, 2, 4, 0, 10, 9]", "+I[b, 1, 2, 0, 10, 9]", "W(9)", "+I[a, 1, 4, 10, 20, 19]", "W(19)"));
    }

    @Test
    void when_inputEnds_then_allWindowsFireInOrderOfTheirEnds() throws Exception {
        keyed(() -> tumble(10)).check(
                List.of(row("a", 1, 25L), row("a", 2, -1L), row("b", 3, 5L), watermark(Long.MAX_VALUE)),
                List.of("+I[a, 1, 2, -10, 0, -1]", "+I[b, 1, 3, 0, 10, 9]", "+I[a, 1, 1, 20, 30, 29]", "W(end)"));
    }

    @Test
    void when_lateRow_then_droppedAndCounted() throws Exception {
        List<Event> events = List.of(row("a", 1, 5L), watermark(9), row("a", 2, 9L), row("a", 3, 3L), row("a", 4, 10L), watermark(30));
        keyed(() -> tumble(10)).check(events, List.of("+I[a, 1, 1, 0, 10, 9]", "W(9)", "+I[a, 1, 4, 10, 20, 19]", "W(30)"));
        assertEquals(2, keyed(() -> tumble(10)).late(events));
    }

    @Test
    void when_watermarkHasPassedButWindowIsEmpty_then_rowIsStillLate() throws Exception {
        assertEquals(1, keyed(() -> tumble(10)).late(List.of(watermark(100), row("a", 1, 90L), row("a", 1, 100L))));
    }

    @Test
    void when_noKeys_then_oneRowAWindowAndNoneForAnEmptyOne() throws Exception {
        global(() -> tumble(10)).check(List.of(watermark(5), row("a", 1, 12L), row("b", 2, 15L), row("b", 7, 40L), watermark(Long.MAX_VALUE)),
                List.of("W(5)", "+I[2, 3, 10, 20, 19]", "+I[1, 7, 40, 50, 49]", "W(end)"));
    }

    @Test
    void when_noRowsAtAll_then_onlyTheEnd() throws Exception {
        global(() -> tumble(10)).check(List.of(watermark(Long.MAX_VALUE)), List.of("W(end)"));
    }

    @Test
    void when_keyIsNull_then_itIsAGroup() throws Exception {
        keyed(() -> tumble(10)).check(List.of(row(null, 1, 1L), row(null, 2, 2L), watermark(9)), List.of("+I[null, 2, 3, 0, 10, 9]", "W(9)"));
    }

    @Test
    void when_timeIsNull_then_refused() {
        Exception error = assertThrows(IllegalArgumentException.class, () -> keyed(() -> tumble(10)).output(List.of(row("a", 1, null))));
        assertEquals("the time attribute of a row is NULL, so that the row belongs to no window", error.getMessage());
    }

    @Test
    void when_offset_then_windowsAreMoved() throws Exception {
        keyed(() -> new TumblingWindows(2, null, 10, 3)).check(List.of(row("a", 1, 2L), row("a", 1, 3L), watermark(20)),
                List.of("+I[a, 1, 1, -7, 3, 2]", "+I[a, 1, 1, 3, 13, 12]", "W(20)"));
    }

    @Test
    void when_hop_then_eachRowCountsInAllItsWindows() throws Exception {
        keyed(() -> new HoppingWindows(2, null, 30, 10, 0)).check(List.of(row("a", 1, 5L), row("b", 2, 15L), row("a", 4, 16L), watermark(50)),
                List.of("+I[a, 1, 1, -20, 10, 9]", "+I[a, 2, 5, -10, 20, 19]", "+I[b, 1, 2, -10, 20, 19]", "+I[a, 2, 5, 0, 30, 29]",
                        "+I[b, 1, 2, 0, 30, 29]", "+I[b, 1, 2, 10, 40, 39]", "+I[a, 1, 4, 10, 40, 39]", "W(50)"));
    }

    @Test
    void when_hopRowIsLateForSomeWindows_then_itCountsInTheOthers() throws Exception {
        keyed(() -> new HoppingWindows(2, null, 30, 10, 0)).check(List.of(watermark(19), row("a", 1, 5L), watermark(100), row("a", 1, 80L)),
                List.of("W(19)", "+I[a, 1, 1, 0, 30, 29]", "W(100)"));
    }

    @Test
    void when_cumulate_then_windowsGrowFromACommonStart() throws Exception {
        keyed(() -> new CumulatingWindows(2, null, 30, 10, 0)).check(List.of(row("a", 1, 5L), row("a", 2, 25L), row("a", 4, 31L), watermark(45)),
                List.of("+I[a, 1, 1, 0, 10, 9]", "+I[a, 1, 1, 0, 20, 19]", "+I[a, 2, 3, 0, 30, 29]", "+I[a, 1, 4, 30, 40, 39]", "W(45)"));
    }

    @Test
    void when_zoneGiven_then_windowsFollowItsClocksThroughTheChangeToSummerTime() throws Exception {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        long day = 86_400_000;
        long before = LocalDateTime.of(2024, 3, 31, 0, 30).atZone(berlin).toInstant().toEpochMilli();
        long after = LocalDateTime.of(2024, 3, 31, 23, 30).atZone(berlin).toInstant().toEpochMilli();
        long localStart = LocalDateTime.of(2024, 3, 31, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
        long lastMilli = LocalDateTime.of(2024, 4, 1, 0, 0).atZone(berlin).toInstant().toEpochMilli() - 1;
        keyed(() -> new TumblingWindows(2, berlin, day, 0)).check(
                List.of(row("a", 1, before), row("a", 1, after), watermark(lastMilli - 1), watermark(lastMilli)),
                List.of("W(" + (lastMilli - 1) + ")", "+I[a, 2, 2, " + localStart + ", " + (localStart + day) + ", " + lastMilli + "]",
                        "W(" + lastMilli + ")"));
    }

    @Test
    void when_processingTime_then_clockFires() throws Exception {
        keyed(() -> new TumblingWindows(Windows.PROCESSING_TIME, ZoneOffset.UTC, 10, 0)).check(
                List.of(time(3), row("a", 1), time(9), row("a", 2), time(10), row("a", 4), time(25), time(40)),
                List.of("+I[a, 2, 3, 0, 10, 9]", "+I[a, 1, 4, 10, 20, 19]"));
    }

    @Test
    void when_windowHasManyKeys_then_emissionIsCutIntoSteps() throws Exception {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 3 * Operator.STEP_ROWS; i++) {
            events.add(row("key-" + i, i, 5L));
        }
        events.add(watermark(9));
        List<String> output = keyed(() -> tumble(10)).output(events);
        assertEquals(3 * Operator.STEP_ROWS + 1, output.size());
        assertEquals("+I[key-2999, 1, 2999, 0, 10, 9]", output.get(2999));
        assertEquals("W(9)", output.get(3000));
    }

    /** However many slices a window has: one merge to the back, one to the front, two for the row that comes out. */
    @ParameterizedTest
    @ValueSource(ints = {2, 10, 100})
    void when_windowsHaveManySlices_then_aGroupTakesFewMerges(int slices) throws Exception {
        CountAndSum prototype = new CountAndSum(1);
        List<Event> events = new ArrayList<>();
        for (long time = 0; time < 3000; time += 10) {
            events.add(row("a", 1, time));
            events.add(row("b", 1, time));
            events.add(watermark(time));
        }
        OperatorHarness harness = keyed(() -> new HoppingWindows(2, null, 10L * slices, 10, 0), prototype);
        long rows = harness.output(events).stream().filter(each -> each.startsWith("+I")).count();
        assertTrue(rows > 500, () -> rows + " rows");
        assertTrue(prototype.merges[0] <= 4 * rows + 400, () -> prototype.merges[0] + " merges for " + rows + " rows");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void sameAsNaiveComputation(long seed) throws Exception {
        Random random = new Random(seed);
        long interval = 1 + random.nextInt(20);
        long size = interval * (1 + random.nextInt(5));
        long offset = random.nextInt((int) size);
        compare(random, () -> new TumblingWindows(2, null, size, offset));
        compare(random, () -> new HoppingWindows(2, null, size, interval, offset));
        compare(random, () -> new HoppingWindows(2, null, 9 * interval, interval, offset));
        compare(random, () -> new CumulatingWindows(2, null, size, interval, offset));
    }

    /** Windows by the clock give what windows by event time give whose rows carry the clock's time; those still open in the end are not emitted. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void processingTimeIsTheTimeOfTheClock(long seed) throws Exception {
        Random random = new Random(seed);
        ZoneId zone = seed % 2 == 0 ? ZoneOffset.UTC : ZoneId.of("Asia/Kolkata");
        for (int kind = 0; kind < 3; kind++) {
            List<Event> byClock = new ArrayList<>();
            List<Event> byColumn = new ArrayList<>();
            long now = 1_700_000_000_000L;
            for (int i = 0; i < 200; i++) {
                now += random.nextInt(4);
                // what is due by then is out before a row that comes at that moment
                byClock.add(time(now));
                byColumn.add(watermark(now - 1));
                byClock.add(row("k" + random.nextInt(4), (long) i, 0L));
                byColumn.add(row(((RowEvent) byClock.get(byClock.size() - 1)).row().getUtf8(0).toString(), (long) i, now));
            }
            int chosen = kind;
            Function<Integer, Windows> windows = time -> chosen == 0 ? new TumblingWindows(time, zone, 10, 3)
                    : chosen == 1 ? new HoppingWindows(time, zone, 20, 5, 0) : new CumulatingWindows(time, zone, 20, 5, -3);
            List<String> expected = keyed(() -> windows.apply(2)).output(byColumn).stream().filter(line -> line.startsWith("+")).toList();
            assertEquals(expected, keyed(() -> windows.apply(Windows.PROCESSING_TIME)).output(byClock));
            assertEquals(expected, keyed(() -> windows.apply(Windows.PROCESSING_TIME)).outputWithCrashes(byClock, true, seed));
        }
    }

    /** A clock that is put back or forward makes windows come late or early, but each row is in one of them and no window comes twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void when_theClockJumps_then_everyRowIsCountedOnce(long seed) throws Exception {
        Random random = new Random(seed);
        long start = 1_700_000_000_000L;
        long hour = 3_600_000;
        long now = start;
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(40) == 0 ? (random.nextBoolean() ? hour : -hour) : random.nextInt(4);
            events.add(time(now));
            events.add(row("k" + random.nextInt(3), 1L, 0L));
        }
        events.add(time(start + 1000 * hour));
        OperatorHarness harness = keyed(() -> new TumblingWindows(Windows.PROCESSING_TIME, ZoneOffset.UTC, 10, 0));
        for (List<String> output : List.of(harness.output(events), harness.outputWithCrashes(events, true, seed))) {
            long rows = output.stream().mapToLong(line -> Long.parseLong(line.split(", ")[1])).sum();
            long windows = output.stream().map(line -> line.split(", ")[0] + line.split(", ")[3]).distinct().count();
            assertEquals(500, rows);
            assertEquals(output.size(), windows);
        }
    }

    /** Slices are merged in some order; after a crash it is the same. */
    @Test
    void when_sumsDependOnTheOrder_then_aCrashChangesNoDigit() throws Exception {
        Schema output = KEY.with("sum", DataType.doublePrecision()).with("window_start", DataType.timestamp(3)).with("window_end", DataType.timestamp(3));
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            long slices = 2 + random.nextInt(6);
            OperatorHarness sums = new OperatorHarness(() -> new WindowAggregateOperator(new HoppingWindows(2, null, 10 * slices, 10, 0),
                    new KeySelector(new int[] {0}, KEY), new DoubleSum(1), 1), output);
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                events.add(random.nextInt(8) == 0 ? watermark(i - 30L) : row("k" + random.nextInt(6), random.nextDouble(), (long) i - random.nextInt(50)));
            }
            events.add(watermark(Long.MAX_VALUE));
            assertEquals(sums.output(events), sums.outputWithCrashes(events, true, seed), "seed " + seed);
            assertEquals(sums.output(events), sums.outputWithCrashes(events, false, seed), "seed " + seed);
        }
    }

    /** Rows that are taken back while their window is open are as if they had never come. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsTakenBackDoesNotCount(long seed) throws Exception {
        Random random = new Random(seed);
        for (Windows windows : List.of(tumble(10), new HoppingWindows(2, null, 30, 10, 3), new CumulatingWindows(2, null, 30, 10, 0))) {
            OperatorHarness counted = new OperatorHarness(() -> new WindowAggregateOperator(windows, new KeySelector(new int[] {0}, KEY),
                    new CountedAccumulator(new CountAndSum(1)), 2), KEYED);
            List<Event> all = new ArrayList<>();
            List<Event> kept = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Object[] row = {"k" + random.nextInt(20), (long) random.nextInt(50), (long) i + random.nextInt(30)};
                all.add(row(row));
                if (random.nextBoolean()) {
                    all.add(change(random.nextBoolean() ? RowKind.DELETE : RowKind.UPDATE_BEFORE, row));
                } else {
                    kept.add(row(row));
                }
                if (random.nextInt(6) == 0) {
                    all.add(watermark(i - 1L));
                    kept.add(watermark(i - 1L));
                }
            }
            all.add(watermark(Long.MAX_VALUE));
            kept.add(watermark(Long.MAX_VALUE));
            assertEquals(sortedBetweenWatermarks(keyed(() -> windows).output(kept)), sortedBetweenWatermarks(counted.output(all)));
        }
    }

    /** Random rows, a third of them out of order, with watermarks between them. */
    private static void compare(Random random, Supplier<Windows> windows) throws Exception {
        compare(random, windows, new CountAndSum(1, true));
        compare(random, windows, new CountAndSum(1, false));
    }

    private static void compare(Random random, Supplier<Windows> windows, CountAndSum prototype) throws Exception {
        List<Event> events = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        Map<Long, Map<String, long[]>> open = new TreeMap<>();
        Windows rule = windows.get();
        long watermark = Long.MIN_VALUE;
        long now = -200;
        for (int i = 0; i < 600; i++) {
            now += random.nextInt(4);
            if (random.nextInt(4) > 0) {
                String key = "k" + random.nextInt(5);
                long value = random.nextInt(100);
                long at = random.nextInt(3) == 0 ? now - random.nextInt(60) : now;
                events.add(row(key, value, at));
                for (long end : windowEnds(rule, at)) {
                    if (end - 1 > watermark) {
                        long[] group = open.computeIfAbsent(end, e -> new HashMap<>()).computeIfAbsent(key, k -> new long[2]);
                        group[0]++;
                        group[1] += value;
                    }
                }
            } else if (now - 20 > watermark) {
                watermark = now - 20;
                events.add(watermark(watermark));
                fire(rule, open, watermark, expected);
            }
        }
        events.add(watermark(Long.MAX_VALUE));
        fire(rule, open, Long.MAX_VALUE, expected);
        List<String> output = keyed(windows, prototype).output(events);
        assertEquals(expected, sortedBetweenWatermarks(output));
        for (boolean incremental : new boolean[] {true, false}) {
            assertEquals(output, keyed(windows, prototype).outputWithCrashes(events, incremental, random.nextLong()), windows.get() + ": " + incremental);
        }
    }

    /** All windows that contain a time, found by trying. */
    private static Set<Long> windowEnds(Windows windows, long at) {
        Set<Long> ends = new LinkedHashSet<>();
        for (long end = windows.sliceEnd(at); end <= at + 200; end += windows.interval()) {
            if (windows.windowStart(end) <= at) {
                ends.add(end);
            }
        }
        return ends;
    }

    private static void fire(Windows windows, Map<Long, Map<String, long[]>> open, long watermark, List<String> expected) {
        Set<String> rows = new TreeSet<>();
        open.entrySet().removeIf(window -> {
            long end = window.getKey();
            if (end - 1 > watermark) {
                return false;
            }
            window.getValue().forEach((key, group) -> rows.add("+I[" + key + ", " + group[0] + ", " + group[1] + ", "
                    + windows.windowStart(end) + ", " + end + ", " + (end - 1) + "]"));
            return true;
        });
        expected.addAll(rows);
        expected.add("W(" + (watermark == Long.MAX_VALUE ? "end" : watermark) + ")");
    }

    private static List<String> sortedBetweenWatermarks(List<String> output) {
        List<String> sorted = new ArrayList<>();
        Set<String> rows = new TreeSet<>();
        for (String each : output) {
            if (each.startsWith("W")) {
                sorted.addAll(rows);
                rows.clear();
                sorted.add(each);
            } else {
                rows.add(each);
            }
        }
        return sorted;
    }
}
