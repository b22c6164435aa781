package creek.core.operator;

import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.time;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.operator.OperatorHarness.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are (key, value, time). */
class OverOperatorTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema INPUT = KEY.with("v", DataType.bigint()).with("ts", DataType.timestamp(3));
    private static final KeySelector VALUE = new KeySelector(new int[] {1}, Schema.empty().with("v", DataType.bigint()));
    private static final Schema COUNTED = INPUT.with("n", DataType.bigint()).with("sum", DataType.bigint());
    private static final Schema TRACED = INPUT.with("max", DataType.bigint()).with("trace", DataType.string());

    private static OperatorHarness counting(boolean rows, long preceding) {
        return new OperatorHarness(() -> new RowTimeOverOperator(2, new KeySelector(new int[] {0}, KEY), new OverWindow(rows, preceding),
                new CountAndSum(1), true, VALUE, 3, 2), COUNTED);
    }

    private static OperatorHarness tracing(boolean rows, long preceding) {
        return new OperatorHarness(() -> new RowTimeOverOperator(2, new KeySelector(new int[] {0}, KEY), new OverWindow(rows, preceding),
                new MaxAndTrace(1), false, VALUE, 3, 2), TRACED);
    }

    private static OperatorHarness processingTime(boolean rows, long preceding) {
        return new OperatorHarness(() -> new ProcTimeOverOperator(new KeySelector(new int[] {0}, KEY), new OverWindow(rows, preceding),
                new MaxAndTrace(1), false, VALUE, 3, 2), TRACED);
    }

    /** A row that can't be taken back costs a merge when the stacks turn over, and two when it comes out, however long the window is. */
    @ParameterizedTest
    @ValueSource(longs = {1, 10, 100, 1000})
    void when_windowIsLong_then_aRowTakesFewMerges(long preceding) throws Exception {
        for (boolean retractable : new boolean[] {true, false}) {
            CountAndSum prototype = new CountAndSum(1);
            List<Event> events = new ArrayList<>();
            for (long time = 0; time < 3000; time++) {
                events.add(row("a", 1, time));
                events.add(watermark(time));
            }
            new OperatorHarness(() -> new RowTimeOverOperator(2, new KeySelector(new int[] {0}, KEY), new OverWindow(true, preceding), prototype,
                    retractable, VALUE, 3, 2), COUNTED).output(events);
            assertTrue(prototype.merges[0] <= (retractable ? 0 : 3 * 3000), () -> prototype.merges[0] + " merges");
        }
    }

    @Test
    void rowsComeOutInOrderOfTimeOnceTheWatermarkHasPassedThem() throws Exception {
        counting(true, OverWindow.UNBOUNDED).check(
                List.of(row("a", 1, 5L), row("a", 2, 3L), watermark(4), row("b", 3, 5L), row("a", 4, 5L), watermark(Long.MAX_VALUE)),
                List.of("+I[a, 2, 3, 1, 2]", "W(4)", "+I[a, 1, 5, 2, 3]", "+I[b, 3, 5, 1, 3]", "+I[a, 4, 5, 3, 7]", "W(end)"));
    }

    @Test
    void when_timeIsAtTheWatermark_then_rowIsDroppedAndCounted() throws Exception {
        List<Event> events = List.of(watermark(5), row("a", 1, 5L), row("a", 2, 6L), watermark(6));
        counting(true, 3).check(events, List.of("W(5)", "+I[a, 2, 6, 1, 2]", "W(6)"));
        assertEquals(1, counting(true, 3).late(events));
    }

    @Test
    void rowsOfOneTimeSeeEachOtherInRangeWindows() throws Exception {
        counting(false, OverWindow.UNBOUNDED).check(
                List.of(row("a", 1, 5L), row("a", 2, 5L), row("b", 3, 5L), row("a", 4, 6L), watermark(6)),
                List.of("+I[a, 1, 5, 2, 3]", "+I[a, 2, 5, 2, 3]", "+I[b, 3, 5, 1, 3]", "+I[a, 4, 6, 3, 7]", "W(6)"));
    }

    @Test
    void rangeIncludesItsBound() throws Exception {
        counting(false, 10).check(
                List.of(row("a", 1, 0L), row("a", 2, 10L), row("a", 4, 11L), watermark(11), row("a", 8, 100L), watermark(100)),
                List.of("+I[a, 1, 0, 1, 1]", "+I[a, 2, 10, 2, 3]", "+I[a, 4, 11, 2, 6]", "W(11)", "+I[a, 8, 100, 1, 8]", "W(100)"));
    }

    @Test
    void when_eventTimeIsNull_then_fails() {
        assertThrows(IllegalArgumentException.class, () -> counting(true, 1).output(List.of(row("a", 1, null))));
    }

    @Test
    void when_ordinaryProcessingTimeWindow_then_rowsPassAtOnce() throws Exception {
        processingTime(true, 1).check(List.of(row("a", 1, 0L), row("a", 2, 0L), watermark(3), row("a", 1, 0L)),
                List.of("+I[a, 1, 0, 1, .1]", "+I[a, 2, 0, 2, .1.2]", "W(3)", "+I[a, 1, 0, 2, .2.1]"));
        processingTime(false, OverWindow.UNBOUNDED).check(List.of(row("a", 1, 0L), row("a", 2, 0L)),
                List.of("+I[a, 1, 0, 1, .1]", "+I[a, 2, 0, 2, .1.2]"));
    }

    @Test
    void when_processingTimeRange_then_rowsOfOneMillisecondSeeEachOther() throws Exception {
        processingTime(false, 10).check(
                List.of(time(1), row("a", 1, 0L), row("a", 2, 0L), watermark(3), time(2), time(11), row("a", 3, 0L), time(12), row("a", 4, 0L),
                        time(11), row("a", 5, 0L), time(13), row("a", 6, 0L), watermark(Long.MAX_VALUE)),
                List.of("W(3)", "+I[a, 1, 0, 2, .1.2]", "+I[a, 2, 0, 2, .1.2]", "+I[a, 3, 0, 3, .1.2.3]", "+I[a, 4, 0, 5, .3.4.5]",
                        "+I[a, 5, 0, 5, .3.4.5]", "+I[a, 6, 0, 6, .3.4.5.6]", "W(end)"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 7, 30, OverWindow.UNBOUNDED})
    void agreesWithComputingEachFrameAnew(long preceding) throws Exception {
        Random random = new Random(preceding);
        for (int round = 0; round < 15; round++) {
            List<Event> events = new ArrayList<>();
            List<Reading> readings = new ArrayList<>();
            List<Long> watermarks = new ArrayList<>();
            long watermark = Long.MIN_VALUE;
            long highest = 0;
            for (int i = 0; i < 120; i++) {
                long time = Math.max(0, highest + random.nextInt(12) - 6);
                highest = Math.max(highest, time);
                Reading reading = new Reading("k" + random.nextInt(3), random.nextInt(100), time);
                events.add(row(reading.key, reading.value, reading.time));
                if (time > watermark) {
                    readings.add(reading);
                }
                if (random.nextInt(3) == 0 && highest - 4 > watermark) {
                    watermark = highest - 4;
                    events.add(watermark(watermark));
                    watermarks.add(watermark);
                }
            }
            events.add(watermark(Long.MAX_VALUE));
            watermarks.add(Long.MAX_VALUE);
            readings.sort(Comparator.comparingLong(Reading::time));
            counting(true, preceding).check(events, naive(readings, watermarks, true, preceding, false));
            tracing(true, preceding).check(events, naive(readings, watermarks, true, preceding, true));
            counting(false, preceding).check(events, naive(readings, watermarks, false, preceding, false));
            tracing(false, preceding).check(events, naive(readings, watermarks, false, preceding, true));
        }
    }

    private record Reading(String key, long value, long time) {
    }

    private static List<String> naive(List<Reading> readings, List<Long> watermarks, boolean rows, long preceding, boolean trace) {
        List<String> expected = new ArrayList<>();
        int next = 0;
        for (long watermark : watermarks) {
            for (; next < readings.size() && readings.get(next).time <= watermark; next++) {
                expected.add(naive(readings, next, rows, preceding, trace));
            }
            expected.add("W(" + (watermark == Long.MAX_VALUE ? "end" : watermark) + ")");
        }
        return expected;
    }

    private static String naive(List<Reading> readings, int place, boolean rows, long preceding, boolean trace) {
        Reading current = readings.get(place);
        List<Reading> frame = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            Reading each = readings.get(i);
            if (each.key.equals(current.key)
                    && (rows ? i <= place : each.time <= current.time && (preceding == OverWindow.UNBOUNDED || each.time >= current.time - preceding))) {
                frame.add(each);
            }
        }
        if (rows && frame.size() - 1 > preceding) {
            frame = frame.subList(frame.size() - 1 - (int) preceding, frame.size());
        }
        StringBuilder text = new StringBuilder();
        frame.forEach(each -> text.append('.').append(each.value));
        String results = trace ? frame.stream().mapToLong(Reading::value).max().getAsLong() + ", " + text
                : frame.size() + ", " + frame.stream().mapToLong(Reading::value).sum();
        return "+I[" + current.key + ", " + current.value + ", " + current.time + ", " + results + "]";
    }
}
