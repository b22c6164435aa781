package creek.core.operator;

import static creek.core.operator.OperatorHarness.change;
import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.time;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.DataType;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.operator.OperatorHarness.Event;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are (key, value, time). */
class GroupWindowAggregateOperatorTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema OUTPUT = KEY.with("n", DataType.bigint()).with("sum", DataType.bigint())
            .with("window_start", DataType.timestamp(3)).with("window_end", DataType.timestamp(3))
            .with("window_time", DataType.timestamp(3));
    private static final long NEVER = WindowEmitStrategy.NEVER;

    private static OperatorHarness windows(Supplier<Windows> windows, WindowEmitStrategy strategy) {
        return new OperatorHarness(() -> new GroupWindowAggregateOperator(windows.get(), new KeySelector(new int[] {0}, KEY),
                new CountedAccumulator(new CountAndSum(1)), OUTPUT, strategy, true), OUTPUT);
    }

    private static OperatorHarness tumble(long early, long late, long lateness) {
        return windows(() -> new TumblingWindows(2, null, 10, 0), new WindowEmitStrategy(early, late, lateness));
    }

    @Test
    void when_earlyWithoutDelay_then_eachRowGivesTheResultSoFar() throws Exception {
        tumble(0, NEVER, 0).check(
                List.of(row("a", 1, 1L), row("b", 2, 2L), row("a", 3, 3L), change(RowKind.DELETE, "b", 2, 2L), watermark(9), row("a", 5, 4L),
                        watermark(Long.MAX_VALUE)),
                List.of("+I[a, 1, 1, 0, 10, 9]", "+I[b, 1, 2, 0, 10, 9]", "-U[a, 1, 1, 0, 10, 9]", "+U[a, 2, 4, 0, 10, 9]", "-D[b, 1, 2, 0, 10, 9]",
                        "W(9)", "W(end)"));
    }

    @Test
    void when_earlyWithDelay_then_resultsComeByTheClockFromTheFirstRowOn() throws Exception {
        tumble(100, NEVER, 0).check(
                List.of(time(1000), row("a", 1, 1L), row("a", 2, 2L), time(1099), time(1100), time(1150), row("a", 4, 3L), time(1200), time(1300),
                        watermark(9), time(1400)),
                List.of("+I[a, 2, 3, 0, 10, 9]", "-U[a, 2, 3, 0, 10, 9]", "+U[a, 3, 7, 0, 10, 9]", "W(9)"));
    }

    @Test
    void when_lateRowsAreAllowed_then_theyUpdateTheResultUntilTheyAreTooLate() throws Exception {
        List<Event> events = List.of(row("a", 1, 1L), watermark(9), row("a", 2, 2L), row("b", 3, 3L), watermark(28), row("a", 4, 4L), watermark(29),
                row("a", 8, 5L), watermark(Long.MAX_VALUE));
        tumble(NEVER, 0, 20).check(events, List.of("+I[a, 1, 1, 0, 10, 9]", "W(9)", "-U[a, 1, 1, 0, 10, 9]", "+U[a, 2, 3, 0, 10, 9]",
                "+I[b, 1, 3, 0, 10, 9]", "W(28)", "-U[a, 2, 3, 0, 10, 9]", "+U[a, 3, 7, 0, 10, 9]", "W(29)", "W(end)"));
        assertEquals(1, tumble(NEVER, 0, 20).late(events));
    }

    @Test
    void when_lateWithDelay_then_theClockSaysWhen() throws Exception {
        tumble(NEVER, 50, 20).check(
                List.of(time(0), row("a", 1, 1L), watermark(9), row("a", 2, 2L), row("a", 4, 2L), time(49), time(50), time(100), watermark(40)),
                List.of("+I[a, 1, 1, 0, 10, 9]", "W(9)", "-U[a, 1, 1, 0, 10, 9]", "+U[a, 3, 7, 0, 10, 9]", "W(40)"));
    }

    @Test
    void when_processingTime_then_earlyResultsAndTheLastOneComeByTheClock() throws Exception {
        windows(() -> new TumblingWindows(Windows.PROCESSING_TIME, ZoneOffset.UTC, 100, 0), new WindowEmitStrategy(40, NEVER, 0)).check(
                List.of(time(200), row("a", 1), row("a", 2), time(240), row("a", 4), time(299), time(300), row("a", 8), time(400)),
                List.of("+I[a, 2, 3, 200, 300, 299]", "-U[a, 2, 3, 200, 300, 299]", "+U[a, 3, 7, 200, 300, 299]", "+I[a, 1, 8, 300, 400, 399]"));
    }

    @Test
    void when_theSlideDoesNotDivideTheSize_then_windowsLieAsTheyDo() throws Exception {
        windows(() -> new HoppingWindows(2, null, 25, 10, 0), WindowEmitStrategy.AT_END).check(
                List.of(row("a", 1, 12L), row("a", 2, 27L), watermark(Long.MAX_VALUE)),
                List.of("+I[a, 1, 1, -10, 15, 14]", "+I[a, 1, 1, 0, 25, 24]", "+I[a, 2, 3, 10, 35, 34]", "+I[a, 1, 2, 20, 45, 44]", "W(end)"));
        windows(() -> new HoppingWindows(2, null, 5, 10, 0), WindowEmitStrategy.AT_END).check(
                List.of(row("a", 1, 12L), row("a", 2, 17L), watermark(Long.MAX_VALUE)), List.of("+I[a, 1, 1, 10, 15, 14]", "W(end)"));
    }

    @Test
    void when_aWindowHasManyKeys_then_itIsEmittedInSteps() throws Exception {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            events.add(row("key-" + i, i, 5L));
        }
        events.add(watermark(9));
        assertEquals(5001, tumble(NEVER, 0, 10).output(events).size());
        assertTrue(tumble(NEVER, 0, 10).mostRowsInStep(events) <= Operator.STEP_ROWS);
    }

    /** What is left of all early and late results is what windows give that wait for the late rows. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void earlyAndLateResultsEndAsThoseOfPatientWindows(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            long slide = 1 + random.nextInt(12);
            long size = slide + random.nextInt(30);
            long lateness = 1 + random.nextInt(40);
            List<Event> events = new ArrayList<>();
            List<Event> patient = new ArrayList<>();
            long now = 0;
            long watermark = Long.MIN_VALUE;
            List<Object[]> rows = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                now += random.nextInt(3);
                if (random.nextInt(5) == 0 && now - 10 > watermark) {
                    watermark = now - 10;
                    events.add(watermark(watermark));
                    patient.add(watermark(watermark - lateness));
                } else if (random.nextInt(6) == 0 && !rows.isEmpty()) {
                    Object[] old = rows.remove(random.nextInt(rows.size()));
                    // one that is too late for some of its windows would stay in them
                    if ((Long) old[2] > watermark - lateness) {
                        events.add(change(RowKind.DELETE, old));
                        patient.add(change(RowKind.DELETE, old));
                    }
                } else {
                    Object[] row = {"k" + random.nextInt(3), (long) random.nextInt(50), now - random.nextInt(50)};
                    rows.add(row);
                    events.add(row(row));
                    patient.add(row(row));
                }
                if (random.nextInt(4) == 0) {
                    events.add(time(i));
                }
            }
            events.add(watermark(Long.MAX_VALUE));
            patient.add(watermark(Long.MAX_VALUE));
            Supplier<Windows> windows = () -> new HoppingWindows(2, null, size, slide, 0);
            WindowEmitStrategy strategy = new WindowEmitStrategy(List.of(NEVER, 0L, 5L).get(random.nextInt(3)), 0, lateness);
            List<String> waiting = windows(windows, WindowEmitStrategy.AT_END).output(patient);
            List<String> output = windows(windows, strategy).output(events);
            assertEquals(Changelog.result(waiting), Changelog.result(output), strategy + " " + size + "/" + slide);
            WindowEmitStrategy delayed = new WindowEmitStrategy(strategy.earlyDelay(), random.nextInt(4), lateness);
            for (WindowEmitStrategy each : List.of(strategy, delayed, WindowEmitStrategy.AT_END)) {
                assertEquals(windows(windows, each).output(events), windows(windows, each).outputWithCrashes(events, round % 2 == 0, random.nextLong()),
                        each + " " + size + "/" + slide);
            }
        }
    }
}
