package creek.core.operator;

import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.time;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.operator.OperatorHarness.Event;
import creek.core.operator.RowPattern.Skip;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows are (time, key, value): a variable takes the values that its letter allows in {@link Values}. */
class MatchOperatorTest {
    private static final Schema OUTPUT = Schema.empty().with("key", DataType.bigint()).with("first", DataType.bigint())
            .with("last", DataType.bigint()).with("rows", DataType.bigint()).with("time", DataType.bigint());
    private static final Schema INPUT = Schema.empty().with("time", DataType.bigint()).with("key", DataType.bigint())
            .with("value", DataType.bigint());
    private static final KeySelector BY_KEY = new KeySelector(new int[] {1}, Schema.empty().with("key", DataType.bigint()));

    /** Variable n takes values from 10 n to 10 n + 9, and those from 100 on that anything takes. */
    private static class Values extends MatchExpressions {
        @Override
        public boolean define(int variable, Row row, MatchedRows matched) throws Exception {
            return row.getLong(2) >= 100 || row.getLong(2) / 10 == variable;
        }

        @Override
        public void measure(MatchedRows matched, Row out) throws Exception {
            out.setFrom(0, matched.first(MatchedRows.ANY, 0), 1);
            out.setFrom(1, matched.first(MatchedRows.ANY, 0), 2);
            out.setFrom(2, matched.last(MatchedRows.ANY, 0), 2);
            out.setFrom(3, matched.aggregates(0), 0);
            out.setLong(4, matched.time());
        }
    }

    private static MatchOperator operator(RowPattern pattern, MatchExpressions expressions, MatchAggregates... ofConditions) {
        return new MatchOperator(INPUT, BY_KEY, 0, null, pattern, expressions, ofConditions,
                new MatchAggregates[] {new MatchAggregates(MatchedRows.ANY, null, 0, new CountAndSum(2), 2)}, 5);
    }

    private static void check(RowPattern pattern, List<Event> events, String... expected) throws Exception {
        List<String> rows = new ArrayList<>(List.of(expected));
        rows.add("W(end)");
        List<Event> all = new ArrayList<>(events);
        all.add(watermark(Long.MAX_VALUE));
        new OperatorHarness(() -> operator(pattern, new Values()), OUTPUT).check(all, rows);
    }

    private static List<Event> rows(long... values) {
        List<Event> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            rows.add(row(i + 1L, 1L, values[i]));
        }
        return rows;
    }

    @Test
    void when_rowsFollowEachOther_then_matched() throws Exception {
        check(new RowPattern().then("A").then("B"), rows(1, 11, 2, 3, 12, 13), "+I[1, 1, 11, 2, 2]", "+I[1, 3, 12, 2, 5]");
    }

    @Test
    void when_rowComesBetween_then_noMatch() throws Exception {
        check(new RowPattern().then("A").then("B"), rows(1, 99, 11));
    }

    @Test
    void when_keysAreMixed_then_eachIsMatchedForItself() throws Exception {
        check(new RowPattern().then("A").then("B"), List.of(row(1, 1, 1), row(2, 2, 2), row(3, 1, 11), row(4, 2, 12)),
                "+I[1, 1, 11, 2, 3]", "+I[2, 2, 12, 2, 4]");
    }

    @Test
    void when_rowsAreOutOfOrder_then_timeCounts() throws Exception {
        check(new RowPattern().then("A").then("B"), List.of(row(5, 1, 11), row(3, 1, 1), row(9, 1, 12), row(7, 1, 2)),
                "+I[1, 1, 11, 2, 5]", "+I[1, 2, 12, 2, 9]");
    }

    @Test
    void when_rowIsNotAfterWatermark_then_late() throws Exception {
        OperatorHarness harness = new OperatorHarness(() -> operator(new RowPattern().then("A").then("B"), new Values()), OUTPUT);
        List<Event> events = List.of(row(1, 1, 1), watermark(3), row(3, 1, 99), row(4, 1, 11), watermark(4));
        harness.check(events, List.of("W(3)", "+I[1, 1, 11, 2, 4]", "W(4)"));
        assertEquals(1, harness.late(events));
    }

    @Test
    void when_greedy_then_nextVariableGetsNothingOfIt() throws Exception {
        check(new RowPattern().then("A", 1, RowPattern.UNBOUNDED, false).then("B").skip(Skip.PAST_LAST_ROW), rows(1, 100, 11, 2, 12),
                "+I[1, 1, 11, 3, 3]", "+I[1, 2, 12, 2, 5]");
    }

    @Test
    void when_reluctant_then_nextVariableGetsTheFirstThatItCan() throws Exception {
        check(new RowPattern().then("A", 1, RowPattern.UNBOUNDED, true).then("B").skip(Skip.PAST_LAST_ROW), rows(1, 100, 11, 2, 12),
                "+I[1, 1, 100, 2, 2]", "+I[1, 2, 12, 2, 5]");
    }

    @Test
    void when_variableIsOptional_then_matchedWithAndWithout() throws Exception {
        RowPattern pattern = new RowPattern().then("A").then("B", 0, 1, false).then("C").skip(Skip.PAST_LAST_ROW);
        check(pattern, rows(1, 11, 21, 2, 22), "+I[1, 1, 21, 3, 3]", "+I[1, 2, 22, 2, 5]");
    }

    @Test
    void when_skippingToNextRow_then_matchesOverlap() throws Exception {
        check(new RowPattern().then("A", 2, 2, false).then("B"), rows(1, 2, 3, 11), "+I[1, 2, 11, 3, 4]");
        check(new RowPattern().then("A", 1, 3, false).then("B"), rows(1, 2, 3, 11), "+I[1, 1, 11, 4, 4]", "+I[1, 2, 11, 3, 4]", "+I[1, 3, 11, 2, 4]");
    }

    @Test
    void when_skippingToVariable_then_goesOnThere() throws Exception {
        RowPattern toLast = new RowPattern().then("A").then("B", 1, RowPattern.UNBOUNDED, false).then("C").skip(Skip.TO_LAST, "B");
        check(toLast, rows(1, 11, 100, 21), "+I[1, 1, 21, 4, 4]");
        RowPattern toItsOwnStart = new RowPattern().then("A").then("B").skip(Skip.TO_FIRST, "A");
        assertThrows(IllegalStateException.class, () -> check(toItsOwnStart, rows(1, 11)));
    }

    @Test
    void when_earlierMatchMayStillComplete_then_laterOneWaitsForIt() throws Exception {
        // (2, 11) is complete before it is known that the longer match that began with 1 can't be
        RowPattern pattern = new RowPattern().then("A").then("A2", 0, 1, false).then("C", 0, 2, true).then("D");
        MatchExpressions anything = new Values() {
            @Override
            public boolean define(int variable, Row row, MatchedRows matched) {
                return variable == 3 ? row.getLong(2) >= 30 : row.getLong(2) < 30;
            }
        };
        new OperatorHarness(() -> operator(pattern, anything), OUTPUT).check(List.of(row(1, 1, 1), row(2, 1, 2), row(3, 1, 31), watermark(3)),
                List.of("+I[1, 1, 31, 3, 3]", "+I[1, 2, 31, 2, 3]", "W(3)"));
    }

    @Test
    void when_matchTakesTooLong_then_droppedAndNothingIsKept() throws Exception {
        RowPattern pattern = new RowPattern().then("A").then("B").within(10);
        OperatorHarness harness = new OperatorHarness(() -> operator(pattern, new Values()), OUTPUT);
        List<Event> tooLate = List.of(row(1, 1, 1), row(11, 1, 11), watermark(20));
        harness.check(tooLate, List.of("W(20)"));
        assertEquals(0, harness.kept(tooLate));
        harness.check(List.of(row(1, 1, 1), row(10, 1, 11), watermark(20)), List.of("+I[1, 1, 11, 2, 10]", "W(20)"));
        assertEquals(1, harness.kept(List.of(row(1, 1, 1), watermark(10))));
        assertEquals(0, harness.kept(List.of(row(1, 1, 1), watermark(11))));
    }

    @Test
    void when_aggregateIsInCondition_then_overRowsSoFarAndTheOneAtHand() throws Exception {
        // A takes rows as long as their sum stays below 10
        MatchExpressions sums = new Values() {
            @Override
            public boolean define(int variable, Row row, MatchedRows matched) throws Exception {
                return variable == 1 || matched.aggregates(0).getLong(1) < 10;
            }
        };
        MatchAggregates ofA = new MatchAggregates(0, null, 0, new CountAndSum(2), 2);
        RowPattern pattern = new RowPattern().then("A", 1, RowPattern.UNBOUNDED, false).then("B").skip(Skip.PAST_LAST_ROW);
        List<Event> events = new ArrayList<>(rows(3, 4, 2, 5, 6, 7));
        events.add(watermark(6));
        new OperatorHarness(() -> operator(pattern, sums, ofA), OUTPUT).check(events,
                List.of("+I[1, 3, 5, 4, 4]", "+I[1, 6, 7, 2, 6]", "W(6)"));
    }

    @Test
    void when_byProcessingTime_then_matchedAtOnce() throws Exception {
        new OperatorHarness(() -> new MatchOperator(INPUT, BY_KEY, Windows.PROCESSING_TIME, null, new RowPattern().then("A").then("B").within(10),
                new Values(), new MatchAggregates[0], new MatchAggregates[] {new MatchAggregates(MatchedRows.ANY, null, 0, new CountAndSum(2), 2)}, 5),
                OUTPUT).check(List.of(time(5), row(0, 1, 1), time(7), row(0, 1, 11), row(0, 1, 2), time(100), row(0, 1, 12), watermark(Long.MAX_VALUE)),
                        List.of("+I[1, 1, 11, 2, 7]", "W(end)"));
    }

    @Test
    void when_manyRowsMatchAtOnce_then_inSteps() throws Exception {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 5 * Operator.STEP_ROWS; i++) {
            events.add(row(i + 1, i, 1));
        }
        for (int i = 0; i < 5 * Operator.STEP_ROWS; i++) {
            events.add(row(i + 10_000, i, 11));
        }
        events.add(watermark(Long.MAX_VALUE));
        OperatorHarness harness = new OperatorHarness(() -> operator(new RowPattern().then("A").then("B"), new Values()), OUTPUT);
        assertEquals(5 * Operator.STEP_ROWS + 1, harness.output(events).size());
        assertTrue(harness.mostRowsInStep(events) <= Operator.STEP_ROWS, "rows in a step");
    }

    @Test
    void when_quantifierIsNone_then_refused() {
        assertThrows(IllegalArgumentException.class, () -> new RowPattern().then("A", 0, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new RowPattern().then("A", 3, 2, false));
        assertThrows(IllegalArgumentException.class, () -> new RowPattern().then("A").skip(Skip.TO_LAST, "B"));
    }
}
