package creek.core.operator;

import static creek.core.operator.OperatorHarness.change;
import static creek.core.operator.OperatorHarness.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TopNOperatorTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema SCHEMA = KEY.with("v", DataType.bigint());

    private static OperatorHarness top(long first, long last, boolean ranked, boolean retracting) {
        return new OperatorHarness(() -> new TopNOperator(new Ranking(SCHEMA, new KeySelector(new int[] {0}, KEY),
                new SortKey(SCHEMA).by(1, false, false), first, last, -1, ranked, true), retracting), ranked ? SCHEMA.with("rn", DataType.bigint()) : SCHEMA);
    }

    @Test
    void when_aBetterRowComes_then_theWorstGoes() throws Exception {
        top(1, 2, false, false).check(List.of(row("a", 5), row("a", 3), row("a", 3), row("a", 4), row("b", 1), row("a", 9)),
                List.of("+I[a, 5]", "+I[a, 3]", "-D[a, 3]", "+I[a, 4]", "+I[b, 1]", "-D[a, 4]", "+I[a, 9]"));
    }

    @Test
    void when_ranked_then_allThatMoveAreUpdated() throws Exception {
        top(1, 2, true, false).check(List.of(row("a", 5), row("a", 3), row("a", 9), row("a", null)),
                List.of("+I[a, 5, 1]", "+I[a, 3, 2]", "-U[a, 5, 1]", "+U[a, 9, 1]", "-U[a, 3, 2]", "+U[a, 5, 2]"));
    }

    @Test
    void when_theBestIsTakenBack_then_theOthersMoveUp() throws Exception {
        top(1, 2, true, true).check(List.of(row("a", 5), row("a", 3), row("a", 1), change(RowKind.DELETE, "a", 5)),
                List.of("+I[a, 5, 1]", "+I[a, 3, 2]", "-U[a, 5, 1]", "+U[a, 3, 1]", "-U[a, 3, 2]", "+U[a, 1, 2]"));
    }

    @Test
    void when_noOrder_then_theFirstRowsStay() throws Exception {
        KeySelector none = new KeySelector(new int[0], Schema.empty());
        OperatorHarness limit = new OperatorHarness(() -> new TopNOperator(new Ranking(SCHEMA, none, new SortKey(SCHEMA), 2, 3, -1, false, true), false), SCHEMA);
        limit.check(List.of(row("a", 1), row("b", 2), row("c", 3), row("d", 4)), List.of("+I[b, 2]", "+I[c, 3]"));
    }

    @Test
    void when_rowsComeAndGo_then_theResultIsThatOfABatch() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            for (int first = 1; first <= 2; first++) {
                for (boolean retracting : new boolean[] {true, false}) {
                    compare(seed, first, true, retracting);
                    compare(seed, first, false, retracting);
                }
            }
        }
    }

    private static void compare(int seed, int first, boolean ranked, boolean retracting) throws Exception {
        Changelog changes = new Changelog(new Random(seed), retracting);
        List<OperatorHarness.Event> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(changes.next());
        }
        List<String> expected = new ArrayList<>();
        for (String key : new TreeSet<>(changes.rows().stream().map(row -> String.valueOf(row[0])).toList())) {
            List<Object[]> group = changes.rows().stream().filter(row -> key.equals(String.valueOf(row[0])))
                    .sorted(Comparator.comparing((Object[] row) -> Objects.requireNonNullElse((Long) row[1], Long.MIN_VALUE)).reversed()).toList();
            for (int rank = first; rank <= Math.min(3, group.size()); rank++) {
                Object[] row = group.get(rank - 1);
                expected.add(ranked ? Changelog.text(row[0], row[1], rank) : Changelog.text(row));
            }
        }
        assertEquals(Changelog.sorted(expected), Changelog.result(top(first, 3, ranked, retracting).output(events)), "seed " + seed);
    }
}
