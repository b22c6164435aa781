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
                new OverAggregates(new CountAndSum(1), 2, null, 0), VALUE, INPUT), COUNTED);
    }

    private static OperatorHarness tracing(boolean rows, long preceding) {
        return new OperatorHarness(() -> new RowTimeOverOperator(2, new KeySelector(new int[] {0}, KEY), new OverWindow(rows, preceding),
                new OverAggregates(null, 0, new MaxAndTrace(1), 2), VALUE, INPUT), TRACED);
    }

    private static OperatorHarness processingTime(boolean rows, long preceding) {
        return new OperatorHarness(() -> new ProcTimeOverOperator(new KeySelector(new int[] {0}, KEY), new OverWindow(rows, preceding),
                new OverAggregates(null, 0, new MaxAndTrace(1), 2), VALUE, INPUT), TRACED);
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
            new OperatorHarness(() -> new RowTimeOverOperator(2, new KeySelector(new int[] {0}, KEY), new OverWindow(true, preceding),
                    retractable ? new OverAggregates(prototype, 2, null, 0) : new OverAggregates(null, 0, prototype, 2), VALUE, INPUT), COUNTED)
                    .output(events);
            assertTrue(prototype.merges[0] <= (retractable ? 0 : 3 * 3000), () -> prototype.merges[0] + " merges");
        }
    }

    @Test
    void when_someAggregatesTakeRowsBack_then_theirResultsComeFirst() throws Exception {
        Schema both = COUNTED.with("max", DataType.bigint()).with("trace", DataType.string());
        new OperatorHarness(() -> new RowTimeOverOperator(2, new KeySelector(new int[] {0}, KEY), new OverWindow(true, 1),
                new OverAggregates(new CountAndSum(1), 2, new MaxAndTrace(1), 2), VALUE, INPUT), both)
                .check(List.of(row("a", 3, 1L), row("a", 1, 2L), row("a", 2, 3L), watermark(3)),
                        List.of("+I[a, 3, 1, 1, 3, 3, .3]", "+I[a, 1, 2, 2, 4, 3, .3.1]", "+I[a, 2, 3, 2, 3, 2, .1.2]", "W(3)"));
    }

    @Test
    void rowsComeOutInOrderOfTimeOnceTheWatermarkHasPassedThem() throws Exception {
        counting(true, OverWindow.UNBOUNDED).check(
                List.of(row("a", 1, 5L), row("a", 2, 3L), watermark(4), row("b", 3, 5L), row("a", 4, 5L), watermark(Long.MAX_VALUE)),
                List.of("+I[a, 2, 3, 1, 2]", "W(4)", "+I[a, 1, 5, 2, 3]", "+I[b, 3, 5, 1, 3]", "+I[a, 4, 5, 3, 7]", "W(end)"));
    }

    @Test
    void when_windowIsUnboundedAndTimeAtTheWatermark_then_rowIsDroppedAndCounted() throws Exception {
        List<Event> events = List.of(watermark(5), row("a", 1, 5L), row("a", 2, 6L), watermark(6));
        counting(true, OverWindow.UNBOUNDED).check(events, List.of("W(5)", "+I[a, 2, 6, 1, 2]", "W(6)"));
        assertEquals(1, counting(true, OverWindow.UNBOUNDED).late(events));
    }

    @Test
    void when_windowIsBounded_then_rowsAreLateOnlyAfterOthersOfTheirPartition() throws Exception {
        List<Event> events = List.of(row("a", 1, 4L), watermark(5), row("a", 2, 4L), row("a", 3, 5L), row("b", 4, 1L), row("b", 5, 0L), watermark(6));
        for (boolean rows : new boolean[] {true, false}) {
            counting(rows, 3).check(events,
                    List.of("+I[a, 1, 4, 1, 1]", "W(5)", "+I[b, 4, 1, 1, 4]", "+I[a, 3, 5, 2, 4]", "W(6)"));
            assertEquals(2, counting(rows, 3).late(events));
        }
    }

    @Test
    void when_rangeIsLongOver_then_whatIsDoneInAPartitionIsForgotten() throws Exception {
        List<Event> events = List.of(row("a", 1, 10L), watermark(20), row("a", 2, 9L), watermark(21), row("a", 3, 9L), watermark(22));
        counting(false, 7).check(events, List.of("+I[a, 1, 10, 1, 1]", "W(20)", "W(21)", "+I[a, 3, 9, 1, 3]", "W(22)"));
        assertEquals(1, counting(false, 7).late(events));
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
                List.of(row("a", 1, 1L), row("a", 2, 11L), row("a", 4, 12L), watermark(12), row("a", 8, 100L), watermark(100)),
                List.of("+I[a, 1, 1, 1, 1]", "+I[a, 2, 11, 2, 3]", "+I[a, 4, 12, 2, 6]", "W(12)", "+I[a, 8, 100, 1, 8]", "W(100)"));
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
        for (int round = 0; round < 30; round++) {
            int lateness = random.nextInt(80);
            List<Event> events = new ArrayList<>();
            NaiveOver byRows = new NaiveOver(true, preceding);
            NaiveOver byTime = new NaiveOver(false, preceding);
            long watermark = Long.MIN_VALUE;
            long highest = 0;
            for (int i = 0; i < 120; i++) {
                long time = Math.max(0, highest + random.nextInt(12) - random.nextInt(1 + lateness));
                highest = Math.max(highest, time);
                String key = "k" + random.nextInt(3);
                long value = random.nextInt(100);
                events.add(row(key, value, time));
                byRows.row(key, value, time);
                byTime.row(key, value, time);
                if (random.nextInt(3) == 0 && highest - 4 > watermark) {
                    watermark = highest - 4;
                    events.add(watermark(watermark));
                    byRows.watermark(watermark);
                    byTime.watermark(watermark);
                }
            }
            events.add(watermark(Long.MAX_VALUE));
            byRows.watermark(Long.MAX_VALUE);
            byTime.watermark(Long.MAX_VALUE);
            counting(true, preceding).check(events, byRows.counted);
            tracing(true, preceding).check(events, byRows.traced);
            assertEquals(byRows.late, counting(true, preceding).late(events));
            counting(false, preceding).check(events, byTime.counted);
            tracing(false, preceding).check(events, byTime.traced);
            assertEquals(byTime.late, tracing(false, preceding).late(events));
        }
    }
}
