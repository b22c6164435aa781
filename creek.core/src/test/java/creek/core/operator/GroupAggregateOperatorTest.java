package creek.core.operator;

import static creek.core.operator.OperatorHarness.change;
import static creek.core.operator.OperatorHarness.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import java.util.ArrayList;
import java.util.List;
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
            List<String> expected = new ArrayList<>();
            for (String key : new TreeSet<>(changes.rows().stream().map(row -> String.valueOf(row[0])).toList())) {
                List<Object[]> group = changes.rows().stream().filter(row -> key.equals(String.valueOf(row[0]))).toList();
                expected.add(Changelog.text(key, group.size(), group.stream().mapToLong(row -> row[1] == null ? 0 : (Long) row[1]).sum()));
            }
            assertEquals(Changelog.sorted(expected), Changelog.result(aggregate(true).output(events)), "seed " + seed);
        }
    }
}
