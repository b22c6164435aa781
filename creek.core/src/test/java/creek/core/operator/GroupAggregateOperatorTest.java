package creek.core.operator;

import static creek.core.operator.OperatorHarness.change;
import static creek.core.operator.OperatorHarness.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.DataType;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.internal.state.StateFormException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GroupAggregateOperatorTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema OUTPUT = KEY.with("c", DataType.bigint()).with("s", DataType.bigint());

    private static OperatorHarness aggregate(boolean updateBefore) {
        return new OperatorHarness(() -> new GroupAggregateOperator(new KeySelector(new int[] {0}, KEY), new CountAndSum(1), 2, updateBefore),
                OUTPUT);
    }

    @Test
    void when_theResultChanges_then_oldAndNewAreGiven() throws Exception {
        aggregate(true).check(List.of(row("a", 1), row("a", 2), row(null, 3)),
                List.of("+I[a, 1, 1]", "-U[a, 1, 1]", "+U[a, 2, 3]", "+I[null, 1, 3]"));
    }

    @Test
    void when_oldOnesAreNotWanted_then_onlyNewOnesAreGiven() throws Exception {
        aggregate(false).check(List.of(row("a", 1), row("a", 2)), List.of("+I[a, 1, 1]", "+U[a, 2, 3]"));
    }

    @Test
    void when_allRowsAreTakenBack_then_theGroupGoes() throws Exception {
        aggregate(true).check(
                List.of(row("a", 1), change(RowKind.DELETE, "b", 1), change(RowKind.UPDATE_BEFORE, "a", 1), change(RowKind.UPDATE_AFTER, "a", 5)),
                List.of("+I[a, 1, 1]", "-D[a, 1, 1]", "+I[a, 1, 5]"));
    }

    @Test
    void keptAreTheGroupsThatAreThere() throws Exception {
        assertEquals(2, aggregate(true).kept(List.of(row("a", 1), row("b", 2), row("b", 2))));
        assertEquals(1, aggregate(true).kept(List.of(row("a", 1), row("b", 2), change(RowKind.DELETE, "a", 1))));
    }

    @Test
    void when_distinct_then_onlyFirstAndLastOfEqualRowsCount() throws Exception {
        KeySelector both = new KeySelector(new int[] {0, 1}, KEY.with("v", DataType.bigint()));
        OperatorHarness distinct = new OperatorHarness(() -> new GroupAggregateOperator(both, new NoAggregates(), 0, true),
                KEY.with("v", DataType.bigint()));
        distinct.check(List.of(row("a", 1), row("a", 1), row("a", null), change(RowKind.DELETE, "a", 1), change(RowKind.DELETE, "a", 1)),
                List.of("+I[a, 1]", "+I[a, null]", "-D[a, 1]"));
    }

    @Test
    void when_rowsComeAndGo_then_theResultIsThatOfABatch() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Changelog changes = new Changelog(new Random(seed), true);
            List<OperatorHarness.Event> events = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                events.add(changes.next());
            }
            assertEquals(expected(changes), Changelog.result(aggregate(true).output(events)), "seed " + seed);
        }
    }

    private static List<String> expected(Changelog changes) {
        List<String> expected = new ArrayList<>();
        for (String key : new TreeSet<>(changes.rows().stream().map(row -> String.valueOf(row[0])).toList())) {
            List<Object[]> group = changes.rows().stream().filter(row -> key.equals(String.valueOf(row[0]))).toList();
            expected.add(Changelog.text(key, group.size(), group.stream().mapToLong(row -> row[1] == null ? 0 : (Long) row[1]).sum()));
        }
        return Changelog.sorted(expected);
    }

    private static OperatorHarness batches(boolean updateBefore, int rows) {
        return new OperatorHarness(() -> new MiniBatchGroupAggregateOperator(new KeySelector(new int[] {0}, KEY), new CountAndSum(1), OUTPUT,
                updateBefore, rows, 50), OUTPUT);
    }

    @Test
    void when_inBatches_then_oneChangeAGroupAndBatch() throws Exception {
        batches(true, 3).check(
                List.of(row("a", 1), row("b", 2), row("a", 3), row("a", 5), change(RowKind.DELETE, "b", 2), row("c", 1), row("c", 1),
                        OperatorHarness.time(49), OperatorHarness.time(50), OperatorHarness.time(100), row("c", 1), OperatorHarness.watermark(7),
                        OperatorHarness.watermark(Long.MAX_VALUE)),
                List.of("+I[a, 2, 4]", "+I[b, 1, 2]", "-U[a, 2, 4]", "+U[a, 3, 9]", "-D[b, 1, 2]", "+I[c, 1, 1]", "-U[c, 1, 1]", "+U[c, 2, 2]", "W(7)",
                        "-U[c, 2, 2]", "+U[c, 3, 3]", "W(end)"));
        batches(true, 4).check(List.of(row("a", 1), change(RowKind.DELETE, "a", 1), row("b", 1), change(RowKind.DELETE, "x", 1), row("b", 0)),
                List.of("+I[b, 2, 1]"));
    }

    @Test
    void when_rowsAreCounted_then_batchesGiveEachGroupThatHasMore() throws Exception {
        for (boolean updateBefore : new boolean[] {true, false}) {
            List<String> expected = new ArrayList<>(List.of("+I[a, 2]", "+I[b, 1]", "-U[b, 1]", "+U[b, 3]", "+I[c, 1]", "-U[a, 2]", "+U[a, 3]"));
            expected.removeIf(row -> row.startsWith("-U") && !updateBefore);
            counting(updateBefore).check(List.of(row("a", 1), row("b", 1), row("a", 1), row("b", 1), row("c", 1), row("b", 1), row("a", 1),
                            OperatorHarness.time(50)), expected);
        }
    }

    /** What was given before is not known where a batch that had begun has not kept it, and must not be taken back as something else. */
    @Test
    void when_aChangedJobTakesBackWhatNoBatchHasKept_then_refused() throws Exception {
        List<OperatorHarness.Event> rows = List.of(row("a", 1), row("b", 1), row("a", 1), row("a", 1));
        List<OperatorHarness.Event> more = List.of(row("a", 1), row("a", 1), row("a", 1));
        assertThrows(StateFormException.class, () -> counting(true).outputAfter(counting(false), rows, more, true));
        assertEquals(List.of("+U[a, 5]"), counting(false).outputAfter(counting(true), rows, more.subList(0, 2), true));
        assertEquals(List.of("-U[a, 2]", "+U[a, 5]"), counting(true).outputAfter(counting(false), rows.subList(0, 3), more, true));
    }

    private static OperatorHarness counting(boolean updateBefore) {
        Schema counts = KEY.with("n", DataType.bigint());
        return new OperatorHarness(() -> new MiniBatchGroupAggregateOperator(new KeySelector(new int[] {0}, KEY), new CountOfRows(), counts, updateBefore, 3, 50),
                counts);
    }

    @Test
    void when_aBatchWasFull_then_itsTimeDoesNotEndTheNextOne() throws Exception {
        batches(true, 2).check(List.of(row("a", 1), row("a", 1), OperatorHarness.time(30), row("b", 1), OperatorHarness.time(50),
                OperatorHarness.watermark(1), OperatorHarness.time(79), OperatorHarness.watermark(2), OperatorHarness.time(80)),
                List.of("+I[a, 2, 2]", "W(1)", "W(2)", "+I[b, 1, 1]"));
    }

    @Test
    void when_aGroupExpiresDuringABatch_then_anotherMayComeInItsPlace() throws Exception {
        OperatorHarness limited = new OperatorHarness(() -> new MiniBatchGroupAggregateOperator(new KeySelector(new int[] {0}, KEY),
                new CountAndSum(1), OUTPUT, true, 100, 50), OUTPUT, Map.of("table.exec.state.ttl", "10 ms"));
        List<OperatorHarness.Event> events = new ArrayList<>(List.of(row("a", 1), change(RowKind.DELETE, "a", 1), OperatorHarness.time(20)));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            events.add(row("k" + i, 1));
            expected.add("+I[k" + i + ", 1, 1]");
        }
        events.add(OperatorHarness.time(50));
        limited.check(events, expected);
        limited.check(List.of(row("a", 1), change(RowKind.DELETE, "a", 1), OperatorHarness.time(49), row("a", 5), OperatorHarness.time(50),
                row("a", 1), OperatorHarness.time(100)), List.of("+I[a, 1, 5]", "-U[a, 1, 5]", "+U[a, 2, 6]"));
    }

    @Test
    void when_rowsComeAndGo_then_batchesAndElidedUpdatesLeaveTheSame() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Changelog changes = new Changelog(new Random(seed), true);
            List<OperatorHarness.Event> events = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                events.add(changes.next());
            }
            events.add(OperatorHarness.watermark(Long.MAX_VALUE));
            assertEquals(expected(changes), Changelog.result(batches(true, 1 + seed).output(events)), "seed " + seed);
            List<OperatorHarness.Event> rows = events.subList(0, events.size() - 1);
            assertEquals(expected(changes), Changelog.upsertResult(aggregate(false).output(rows), 0), "seed " + seed);
            List<String> batched = batches(false, 1 + seed).output(events);
            assertEquals(expected(changes), Changelog.upsertResult(batched.subList(0, batched.size() - 1), 0), "seed " + seed);
        }
    }

    @Test
    void when_timeToLiveIsOver_then_theGroupStartsAnew() throws Exception {
        OperatorHarness limited = new OperatorHarness(
                () -> new GroupAggregateOperator(new KeySelector(new int[] {0}, KEY), new CountAndSum(1), 2, true), OUTPUT,
                Map.of("table.exec.state.ttl", "10 ms"));
        limited.check(
                List.of(row("a", 1), OperatorHarness.time(9), row("a", 2), OperatorHarness.time(18), row("a", 3), OperatorHarness.time(28),
                        change(RowKind.DELETE, "a", 3), row("a", 4)),
                List.of("+I[a, 1, 1]", "-U[a, 1, 1]", "+U[a, 2, 3]", "-U[a, 2, 3]", "+U[a, 3, 6]", "+I[a, 1, 4]"));
        OperatorHarness longer = new OperatorHarness(
                () -> new GroupAggregateOperator(new KeySelector(new int[] {0}, KEY), new CountAndSum(1), 2, false).keptFor(0), OUTPUT,
                Map.of("table.exec.state.ttl", "10 ms"));
        longer.check(List.of(row("a", 1), OperatorHarness.time(50), row("a", 2)), List.of("+I[a, 1, 1]", "+U[a, 2, 3]"));
        OperatorHarness distinct = new OperatorHarness(() -> new GroupAggregateOperator(new KeySelector(new int[] {0}, KEY), new NoAggregates(), 0,
                true), KEY, Map.of("table.exec.state.ttl", "10 ms"));
        distinct.check(List.of(row("a", 1), row("a", 1)), List.of("+I[a]", "-U[a]", "+U[a]"));
    }
}
