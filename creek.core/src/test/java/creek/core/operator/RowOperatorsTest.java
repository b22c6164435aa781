package creek.core.operator;

import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.operator.OperatorHarness.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operators that take and give one row at a time: window assignment and LIMIT. */
class RowOperatorsTest {
    private static final Schema VALUE = Schema.empty().with("v", DataType.bigint());
    private static final Schema ASSIGNED = Schema.empty().with("k", DataType.string()).with("ts", DataType.timestamp(3))
            .with("window_start", DataType.timestamp(3)).with("window_end", DataType.timestamp(3)).with("window_time", DataType.timestamp(3));

    @Test
    void when_rowIsInSeveralWindows_then_itComesOnceForEach() throws Exception {
        new OperatorHarness(() -> new WindowAssignOperator(new HoppingWindows(1, null, 20, 10, 0), 2), ASSIGNED).check(
                List.of(row("a", 5L), watermark(4)),
                List.of("+I[a, 5, 0, 20, 19]", "+I[a, 5, -10, 10, 9]", "W(4)"));
    }

    @Test
    void when_theSlideDoesNotDivideTheSize_then_aRowIsInTheWindowsThatContainIt() throws Exception {
        new OperatorHarness(() -> new WindowAssignOperator(new HoppingWindows(1, null, 25, 10, 0), 2), ASSIGNED).check(
                List.of(row("a", 12L)), List.of("+I[a, 12, 10, 35, 34]", "+I[a, 12, 0, 25, 24]", "+I[a, 12, -10, 15, 14]"));
        new OperatorHarness(() -> new WindowAssignOperator(new HoppingWindows(1, null, 5, 10, 0), 2), ASSIGNED).check(
                List.of(row("a", 12L), row("a", 17L)), List.of("+I[a, 12, 10, 15, 14]"));
    }

    @Test
    void when_rowHasNoTime_then_itIsDroppedAndCounted() throws Exception {
        OperatorHarness harness = new OperatorHarness(() -> new WindowAssignOperator(new TumblingWindows(1, null, 10, 0), 2), ASSIGNED);
        List<Event> events = List.of(row("a", null), row("b", 1L));
        harness.check(events, List.of("+I[b, 1, 0, 10, 9]"));
        assertEquals(1, harness.late(events));
    }

    @Test
    void when_limited_then_firstRowsAreLeftOutAndSomePass() throws Exception {
        new OperatorHarness(() -> new LimitOperator(1, 2), VALUE).check(List.of(row(1), row(2), row(3), row(4), watermark(9)),
                List.of("+I[2]", "+I[3]", "W(9)"));
        new OperatorHarness(() -> new LimitOperator(2, Long.MAX_VALUE), VALUE).check(List.of(row(1), row(2), row(3)), List.of("+I[3]"));
    }

    @Test
    void when_nullComesForNotNullColumn_then_jobFailsOrRowIsDropped() throws Exception {
        List<Event> events = List.of(row(1), row((Object) null), row(2));
        OperatorHarness harness = new OperatorHarness(() -> new NotNullOperator("t", new int[] {0}, new String[] {"v"}), VALUE);
        assertEquals("column 'v' of table 't' is NOT NULL, but a null is written to it; SET 'table.exec.sink.not-null-enforcer' = 'DROP' drops "
                + "such rows", assertThrows(IllegalArgumentException.class, () -> harness.check(events, List.of())).getMessage());
        new OperatorHarness(() -> new NotNullOperator("t", new int[] {0}, new String[] {"v"}), VALUE,
                Map.of("table.exec.sink.not-null-enforcer", "DROP")).check(events, List.of("+I[1]", "+I[2]"));
    }

    @Test
    void when_sizesDoNotFit_then_refused() {
        assertEquals("HOP(10 ms, 25 ms) can't be cut into slices", assertThrows(IllegalArgumentException.class,
                () -> new WindowAggregateOperator(new HoppingWindows(0, null, 25, 10, 0), new KeySelector(new int[0], Schema.empty()),
                        new CountAndSum(0), 2)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new CumulatingWindows(0, null, 25, 10, 0));
        assertThrows(IllegalArgumentException.class, () -> new TumblingWindows(0, null, 0, 0));
    }
}
