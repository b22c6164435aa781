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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows are (key, id, time). */
class SessionWindowAssignOperatorTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema INPUT = KEY.with("id", DataType.bigint()).with("ts", DataType.timestamp(3));
    private static final Schema OUTPUT = INPUT.with("window_start", DataType.timestamp(3)).with("window_end", DataType.timestamp(3))
            .with("window_time", DataType.timestamp(3));

    private static OperatorHarness sessions(int timeColumn) {
        return new OperatorHarness(() -> new SessionWindowAssignOperator(timeColumn, null, 10, new KeySelector(new int[] {0}, KEY), INPUT), OUTPUT);
    }

    @Test
    void when_aSessionHasEnded_then_itsRowsComeInTheirOrderAsTheyCame() throws Exception {
        List<Event> events = List.of(row("a", 1, 0L), row("a", 2, 25L), row("a", 3, 15L), change(RowKind.DELETE, "a", 1, 0L), row("a", 4, 8L),
                row("b", 5, 3L), row("a", 6, null), watermark(12), row("b", 7, 1L), watermark(Long.MAX_VALUE));
        sessions(2).check(events, List.of("+I[b, 5, 3, 3, 13, 12]", "W(12)", "+I[a, 1, 0, 0, 35, 34]", "+I[a, 2, 25, 0, 35, 34]", "+I[a, 3, 15, 0, 35, 34]",
                "-D[a, 1, 0, 0, 35, 34]", "+I[a, 4, 8, 0, 35, 34]", "W(end)"));
        assertEquals(2, sessions(2).late(events), "one without a time, one too late");
    }

    @Test
    void when_processingTime_then_theClockEndsSessions() throws Exception {
        sessions(Windows.PROCESSING_TIME).check(List.of(time(100), row("a", 1, null), time(105), row("a", 2, null), time(114), time(115)),
                List.of("+I[a, 1, null, 100, 115, 114]", "+I[a, 2, null, 100, 115, 114]"));
    }

    @Test
    void when_aSessionHasManyRows_then_theyComeInSteps() throws Exception {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            events.add(row("a", i, i % 10));
        }
        events.add(watermark(Long.MAX_VALUE));
        assertEquals(2501, sessions(2).output(events).size());
        assertTrue(sessions(2).mostRowsInStep(events) <= Operator.STEP_ROWS);
    }

    /** Counting the rows that come out gives what sessions count that are aggregated at once. */
    @Test
    void agreesWithSessionsThatAreAggregated() throws Exception {
        OperatorHarness aggregated = new OperatorHarness(() -> new SessionWindowAggregateOperator(2, null, 10, new KeySelector(new int[] {0}, KEY),
                new CountAndSum(1), 2), KEY.with("n", DataType.bigint()).with("sum", DataType.bigint()).with("s", DataType.timestamp(3))
                .with("e", DataType.timestamp(3)).with("t", DataType.timestamp(3)));
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            List<Event> events = new ArrayList<>();
            long now = 0;
            for (int i = 0; i < 200; i++) {
                now += random.nextInt(5);
                events.add(random.nextInt(5) == 0 ? watermark(now - 15) : row("k" + random.nextInt(3), (long) i, now - random.nextInt(20)));
            }
            events.add(watermark(Long.MAX_VALUE));
            List<Event> assigned = new ArrayList<>();
            for (String line : sessions(2).output(events)) {
                if (line.startsWith("+")) {
                    String[] columns = line.substring(3, line.length() - 1).split(", ");
                    assigned.add(row(columns[0] + columns[3], Long.parseLong(columns[1]), Long.parseLong(columns[2])));
                }
            }
            assigned.add(watermark(Long.MAX_VALUE));
            assertEquals(shapes(aggregated.output(events)), shapes(aggregated.output(assigned)), "seed " + seed);
            assertEquals(sessions(2).late(events), aggregated.late(events));
            assertEquals(sessions(2).output(events), sessions(2).outputWithCrashes(events, seed % 2 == 0, seed));
        }
    }

    private static List<String> shapes(List<String> output) {
        return output.stream().filter(line -> line.startsWith("+")).map(line -> line.substring(3, 5) + line.substring(line.indexOf(','))).sorted().toList();
    }
}
