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
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
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
    void keptAreTheFirstRows() throws Exception {
        assertEquals(3, top(1, 2, false, false).kept(List.of(row("a", 5), row("a", 3), row("a", 4), row("b", 1), row("a", 9))));
        assertEquals(4, top(1, 2, false, true).kept(List.of(row("a", 5), row("a", 3), row("a", 4), row("b", 1), row("a", 9),
                change(RowKind.DELETE, "a", 5))));
        OperatorHarness limited = new OperatorHarness(() -> new TopNOperator(new Ranking(SCHEMA, new KeySelector(new int[] {0}, KEY),
                new SortKey(SCHEMA).by(1, false, false), 1, 2, -1, false, true), false), SCHEMA, Map.of("table.exec.state.ttl", "10 ms"));
        assertEquals(1, limited.kept(List.of(row("a", 5), row("a", 3), OperatorHarness.time(12), row("a", 1))));
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
    void when_theFirstRankIsBeyondAllPlaces_then_nothingComes() throws Exception {
        for (boolean ranked : new boolean[] {true, false}) {
            top(3_000_000_000L, 3_000_000_005L, ranked, true).check(List.of(row("a", 5), row("a", 3), change(RowKind.DELETE, "a", 5)), List.of());
        }
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

    private static final Schema NAMED = SCHEMA.with("id", DataType.bigint());

    private static Ranking named(long last, boolean ranked, boolean updateBefore) {
        return new Ranking(NAMED, new KeySelector(new int[] {0}, KEY), new SortKey(NAMED).by(1, false, false), 1, last, -1, ranked, updateBefore);
    }

    private static OperatorHarness updatable(long last, boolean ranked, boolean updateBefore) {
        KeySelector id = new KeySelector(new int[] {2}, Schema.empty().with("id", DataType.bigint()));
        return new OperatorHarness(() -> new UpdatableTopNOperator(named(last, ranked, updateBefore), id),
                ranked ? NAMED.with("rn", DataType.bigint()) : NAMED);
    }

    @Test
    void when_rowIsUpdated_then_thoseItPassesMoveDown() throws Exception {
        List<OperatorHarness.Event> events = List.of(row("a", 5, 1), row("a", 3, 2), row("a", 1, 3), change(RowKind.UPDATE_AFTER, "a", 6, 2),
                change(RowKind.UPDATE_AFTER, "a", 6, 2), change(RowKind.UPDATE_AFTER, "a", 7, 3));
        updatable(2, false, true).check(events, List.of("+I[a, 5, 1]", "+I[a, 3, 2]", "-U[a, 3, 2]", "+U[a, 6, 2]", "-U[a, 6, 2]", "+U[a, 6, 2]",
                "-D[a, 5, 1]", "+I[a, 7, 3]"));
        updatable(2, true, false).check(events, List.of("+I[a, 5, 1, 1]", "+I[a, 3, 2, 2]", "+U[a, 6, 2, 1]", "+U[a, 5, 1, 2]", "+U[a, 6, 2, 1]",
                "+U[a, 7, 3, 1]", "+U[a, 6, 2, 2]"));
        updatable(1, false, true).check(List.of(row("a", 5, 1), row("a", 6, 2)), List.of("+I[a, 5, 1]", "-U[a, 5, 1]", "+U[a, 6, 2]"));
    }

    @Test
    void when_rowsOnlyRise_then_theResultIsThatOfABatch() throws Exception {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Map<Long, Long> values = new TreeMap<>();
            List<OperatorHarness.Event> events = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                long id = random.nextInt(12);
                RowKind kind = values.containsKey(id) ? RowKind.UPDATE_AFTER : RowKind.INSERT;
                // no two rows are equal, so that their order is that of a batch
                long value = (values.getOrDefault(id, id) / 12 + random.nextInt(3)) * 12 + id;
                values.put(id, value);
                events.add(change(kind, "k" + id % 2, value, id));
            }
            List<String> ranked = new ArrayList<>();
            List<String> plain = new ArrayList<>();
            for (long key = 0; key < 2; key++) {
                long own = key;
                List<Map.Entry<Long, Long>> best = values.entrySet().stream().filter(each -> each.getKey() % 2 == own)
                        .sorted(Map.Entry.<Long, Long>comparingByValue().reversed()).limit(3).toList();
                for (Map.Entry<Long, Long> each : best) {
                    ranked.add(Changelog.text("k" + key, each.getValue(), each.getKey(), best.indexOf(each) + 1));
                    plain.add(Changelog.text("k" + key, each.getValue(), each.getKey()));
                }
            }
            assertEquals(Changelog.sorted(ranked), Changelog.result(updatable(3, true, true).output(events)), "seed " + seed);
            assertEquals(Changelog.sorted(ranked), Changelog.upsertResult(updatable(3, true, false).output(events), 0, 3), "seed " + seed);
            assertEquals(Changelog.sorted(plain), Changelog.result(updatable(3, false, true).output(events)), "seed " + seed);
            assertEquals(Changelog.sorted(plain), Changelog.upsertResult(updatable(3, false, false).output(events), 0, 2), "seed " + seed);
        }
    }

    @Test
    void when_updatesBeforeAreLeftOut_then_theResultByRankIsTheSame() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            for (boolean retracting : new boolean[] {true, false}) {
                Changelog changes = new Changelog(new Random(seed), retracting);
                List<OperatorHarness.Event> events = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    events.add(changes.next());
                }
                OperatorHarness elided = new OperatorHarness(() -> new TopNOperator(new Ranking(SCHEMA, new KeySelector(new int[] {0}, KEY),
                        new SortKey(SCHEMA).by(1, false, false), 1, 3, -1, true, false), retracting), SCHEMA.with("rn", DataType.bigint()));
                assertEquals(Changelog.result(top(1, 3, true, retracting).output(events)), Changelog.upsertResult(elided.output(events), 0, 2),
                        "seed " + seed);
            }
        }
    }

    @Test
    void when_lastRankComesFromAColumn_then_thatOfThePartitionsFirstRow() throws Exception {
        OperatorHarness variable = new OperatorHarness(() -> new TopNOperator(new Ranking(NAMED, new KeySelector(new int[] {0}, KEY),
                new SortKey(NAMED).by(1, false, false), 1, Long.MAX_VALUE, 2, false, true), false), NAMED);
        variable.check(List.of(row("a", 5, 2), row("a", 3, 9), row("a", 4, 1), row("b", 1, null), row("c", 1, 0)),
                List.of("+I[a, 5, 2]", "+I[a, 3, 9]", "-D[a, 3, 9]", "+I[a, 4, 1]"));
    }

    @Test
    void when_thereAreManyRows_then_ranksAreRightInAllBlocks() throws Exception {
        KeySelector none = new KeySelector(new int[0], Schema.empty());
        List<OperatorHarness.Event> events = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            if (!values.isEmpty() && random.nextInt(3) == 0) {
                events.add(change(RowKind.DELETE, "a", values.remove(random.nextInt(values.size()))));
            } else {
                values.add((long) random.nextInt(100_000));
                events.add(row("a", values.get(values.size() - 1)));
            }
        }
        OperatorHarness top = new OperatorHarness(() -> new TopNOperator(new Ranking(SCHEMA, none, new SortKey(SCHEMA).by(1, true, false), 700, 702,
                -1, true, true), true), SCHEMA.with("rn", DataType.bigint()));
        List<Long> sorted = values.stream().sorted().toList();
        assertEquals(List.of(Changelog.text("a", sorted.get(699), 700), Changelog.text("a", sorted.get(700), 701), Changelog.text("a", sorted.get(701), 702))
                .stream().sorted().toList(), Changelog.result(top.output(events)));
    }

    @Test
    void when_timeToLiveIsOver_then_thePartitionStartsAnew() throws Exception {
        OperatorHarness limited = new OperatorHarness(() -> new TopNOperator(new Ranking(SCHEMA, new KeySelector(new int[] {0}, KEY),
                new SortKey(SCHEMA).by(1, false, false), 1, 1, -1, false, true), false), SCHEMA, Map.of("table.exec.state.ttl", "10 ms"));
        limited.check(List.of(row("a", 5), OperatorHarness.time(9), row("a", 3), OperatorHarness.time(19), row("a", 4)),
                List.of("+I[a, 5]", "+I[a, 4]"));
    }
}
