package creek.core.operator;

import static creek.core.operator.OperatorHarness.change;
import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.time;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Operators for changes by key. */
class UpsertOperatorsTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema SCHEMA = KEY.with("v", DataType.bigint());

    private static KeySelector key(int column) {
        return new KeySelector(new int[] {column}, Schema.of(List.of(SCHEMA.columns().get(column))));
    }

    private static OperatorHarness normalize(boolean updateBefore, Map<String, String> settings) {
        return new OperatorHarness(() -> new ChangelogNormalizeOperator(SCHEMA, key(0), updateBefore), SCHEMA, settings);
    }

    @Test
    void normalized_then_completeChangelogWithoutRepetitions() throws Exception {
        normalize(true, Map.of()).check(
                List.of(change(RowKind.UPDATE_AFTER, "a", 1), change(RowKind.UPDATE_AFTER, "a", 1), change(RowKind.UPDATE_AFTER, "a", 2),
                        change(RowKind.DELETE, "b", 1), change(RowKind.DELETE, "a", null), change(RowKind.DELETE, "a", null), row("a", 2)),
                List.of("+I[a, 1]", "-U[a, 1]", "+U[a, 2]", "-D[a, 2]", "+I[a, 2]"));
        normalize(false, Map.of()).check(List.of(row("a", 1), row("a", 2)), List.of("+I[a, 1]", "+U[a, 2]"));
    }

    @Test
    void normalized_when_timeToLiveIsOver_then_theKeyIsNew() throws Exception {
        normalize(true, Map.of("table.exec.state.ttl", "10 ms")).check(List.of(row("a", 1), time(9), row("a", 1), time(18), row("a", 1), time(28),
                row("a", 1)), List.of("+I[a, 1]", "-U[a, 1]", "+U[a, 1]", "-U[a, 1]", "+U[a, 1]", "+I[a, 1]"));
    }

    private static OperatorHarness materialize(KeySelector updateKey) {
        return new OperatorHarness(() -> new UpsertMaterializeOperator(SCHEMA, key(0), updateKey), SCHEMA);
    }

    @Test
    void materialized_when_theLastRowGoes_then_theOneBeforeIsBack() throws Exception {
        materialize(null).check(
                List.of(row("a", 1), row("a", 2), row("a", 3), change(RowKind.DELETE, "a", 2), change(RowKind.UPDATE_BEFORE, "a", 3),
                        change(RowKind.DELETE, "a", 9), change(RowKind.DELETE, "a", 1), change(RowKind.DELETE, "b", 1)),
                List.of("+I[a, 1]", "+U[a, 2]", "+U[a, 3]", "+U[a, 1]", "-D[a, 1]"));
    }

    @Test
    void materialized_when_anUpdateHasAKey_then_itReplacesItsRow() throws Exception {
        Schema named = SCHEMA.with("id", DataType.bigint());
        KeySelector id = new KeySelector(new int[] {2}, Schema.empty().with("id", DataType.bigint()));
        new OperatorHarness(() -> new UpsertMaterializeOperator(named, key(0), id), named).check(
                List.of(row("a", 1, 7), row("a", 2, 8), change(RowKind.UPDATE_AFTER, "a", 3, 7), change(RowKind.DELETE, "a", 2, 8)),
                List.of("+I[a, 1, 7]", "+U[a, 2, 8]", "+U[a, 3, 7]", "+U[a, 3, 7]"));
    }

    @Test
    void materialized_when_rowsComeAndGo_then_theLastOfEachKeyIsLeft() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<String[]> rows = new ArrayList<>();
            List<OperatorHarness.Event> events = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                if (!rows.isEmpty() && random.nextInt(5) < 2) {
                    String[] gone = rows.remove(random.nextInt(rows.size()));
                    events.add(change(RowKind.DELETE, gone[0], Long.valueOf(gone[1])));
                } else {
                    // no two rows are equal, so that it is plain which of them goes
                    rows.add(new String[] {"k" + random.nextInt(4), String.valueOf(i)});
                    events.add(row(rows.get(rows.size() - 1)[0], i));
                }
            }
            Map<String, String> last = new TreeMap<>();
            rows.forEach(each -> last.put(each[0], Changelog.text((Object[]) each)));
            assertEquals(List.copyOf(last.values()), Changelog.upsertResult(materialize(null).output(events), 0), "seed " + seed);
        }
    }

    @Test
    void keptLast_when_onlyItsTimeIsAnother_then_nothing() throws Exception {
        Schema timed = SCHEMA.with("p", DataType.bigint());
        new OperatorHarness(() -> new KeepLastOperator(timed, key(0), 2, false, true), timed).check(
                List.of(row("a", 1, 10), row("a", 1, 11), row("a", 2, 12)), List.of("+I[a, 1, 10]", "-U[a, 1, 10]", "+U[a, 2, 12]"));
    }

    @Test
    void when_updatesBeforeAreDropped_then_allElsePasses() throws Exception {
        new OperatorHarness(DropUpdateBeforeOperator::new, SCHEMA).check(
                List.of(row("a", 1), change(RowKind.UPDATE_BEFORE, "a", 1), change(RowKind.UPDATE_AFTER, "a", 2), change(RowKind.DELETE, "a", 2)),
                List.of("+I[a, 1]", "+U[a, 2]", "-D[a, 2]"));
    }
}
