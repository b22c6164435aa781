package creek.core.operator;

import static creek.core.operator.OperatorHarness.change;
import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.time;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.operator.OperatorHarness.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Operators that keep rows by key or in an order give the same when they are restarted at random moments as when they run through. Rows are (key,
 * value, time).
 */
class RestartedOperatorsTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema SCHEMA = KEY.with("v", DataType.bigint()).with("t", DataType.bigint());
    private static final Schema TWO_MORE = SCHEMA.with("a", DataType.bigint()).with("b", DataType.bigint());
    private static final KeySelector NONE = new KeySelector(new int[0], Schema.empty());

    private static KeySelector key() {
        return new KeySelector(new int[] {0}, KEY);
    }

    /** What comes in: rows alone, or with rows that are taken back, or with what replaces others. */
    private enum Input {
        INSERTS, RETRACTIONS, UPSERTS
    }

    private static List<Event> events(Random random, Input input) {
        List<Event> events = new ArrayList<>();
        List<Object[]> live = new ArrayList<>();
        long now = 0;
        long mark = 0;
        for (int i = 0; i < 150; i++) {
            int kind = random.nextInt(10);
            if (kind == 0) {
                now += random.nextInt(12);
                events.add(time(now));
            } else if (kind == 1) {
                mark += random.nextInt(3);
                events.add(watermark(mark));
            } else if (kind < 4 && input != Input.INSERTS && !live.isEmpty()) {
                events.add(change(RowKind.DELETE, live.remove(random.nextInt(live.size()))));
            } else {
                Object[] row = {"k" + random.nextInt(4), random.nextInt(5), mark + random.nextInt(8) - 2};
                boolean isThere = input == Input.UPSERTS && live.removeIf(each -> each[0].equals(row[0]));
                live.add(row);
                events.add(change(isThere ? RowKind.UPDATE_AFTER : RowKind.INSERT, row));
            }
        }
        events.add(time(now + 1000));
        events.add(watermark(Long.MAX_VALUE));
        return events;
    }

    private static void check(Input input, Schema output, Supplier<Operator> operators) throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            Map<String, String> settings = seed % 2 == 0 ? Map.of() : Map.of("table.exec.state.ttl", "15 ms");
            OperatorHarness harness = new OperatorHarness(operators, output, settings);
            List<Event> events = events(new Random(seed), input);
            List<String> expected = harness.output(events);
            assertEquals(expected, harness.outputWithCrashes(events, true, seed), "incremental, seed " + seed);
            assertEquals(expected, harness.outputWithCrashes(events, false, seed), "seed " + seed);
        }
    }

    @Test
    void topN() throws Exception {
        for (boolean ranked : new boolean[] {true, false}) {
            for (boolean retracting : new boolean[] {true, false}) {
                for (int lastColumn = -1; lastColumn <= 1; lastColumn += 2) {
                    int column = lastColumn;
                    check(retracting ? Input.RETRACTIONS : Input.INSERTS, ranked ? SCHEMA.with("rn", DataType.bigint()) : SCHEMA,
                            () -> new TopNOperator(new Ranking(SCHEMA, key(), new SortKey(SCHEMA).by(1, false, false), 1, 3, column, ranked, true),
                                    retracting));
                }
            }
        }
    }

    @Test
    void topNOfRowsThatAreReplaced() throws Exception {
        for (boolean ranked : new boolean[] {true, false}) {
            check(Input.INSERTS, ranked ? SCHEMA.with("rn", DataType.bigint()) : SCHEMA,
                    () -> new UpdatableTopNOperator(new Ranking(SCHEMA, NONE, new SortKey(SCHEMA).by(2, false, false), 1, 3, -1, ranked, true),
                            key()));
        }
    }

    @Test
    void overInAnOrderOfValues() throws Exception {
        for (boolean rows : new boolean[] {true, false}) {
            check(Input.RETRACTIONS, TWO_MORE, () -> new NonTimeOverOperator(SCHEMA, key(), new SortKey(SCHEMA).by(1, true, true), rows,
                    new CountAndSum(2), 2));
        }
    }

    @Test
    void firstAndLastRows() throws Exception {
        check(Input.INSERTS, SCHEMA, () -> new KeepFirstOperator(SCHEMA, key(), 2));
        check(Input.INSERTS, SCHEMA, () -> new KeepFirstOperator(SCHEMA, key(), -1));
        check(Input.INSERTS, SCHEMA, () -> new KeepLastOperator(SCHEMA, key(), 2, true, true));
        check(Input.INSERTS, SCHEMA, () -> new KeepLastOperator(SCHEMA, key(), 2, false, true));
        check(Input.INSERTS, SCHEMA, () -> new LimitOperator(30, 50));
    }

    @Test
    void changesByKey() throws Exception {
        KeySelector value = new KeySelector(new int[] {1}, Schema.empty().with("v", DataType.bigint()));
        check(Input.UPSERTS, SCHEMA, () -> new ChangelogNormalizeOperator(SCHEMA, key(), true));
        check(Input.RETRACTIONS, SCHEMA, () -> new UpsertMaterializeOperator(SCHEMA, key(), null));
        check(Input.RETRACTIONS, SCHEMA, () -> new UpsertMaterializeOperator(SCHEMA, key(), value));
    }

    @Test
    void groups() throws Exception {
        Schema output = KEY.with("n", DataType.bigint()).with("sum", DataType.bigint());
        check(Input.RETRACTIONS, output, () -> new GroupAggregateOperator(key(), new CountAndSum(1), 2, true));
        for (int rows = 1; rows < 20; rows += 6) {
            int most = rows;
            check(Input.RETRACTIONS, output, () -> new MiniBatchGroupAggregateOperator(key(), new CountAndSum(1), output, true, most, 20));
            for (boolean updateBefore : new boolean[] {true, false}) {
                Schema counts = KEY.with("n", DataType.bigint());
                check(Input.INSERTS, counts, () -> new MiniBatchGroupAggregateOperator(key(), new CountOfRows(), counts, updateBefore, most, 20));
            }
        }
    }

    @Test
    void over() throws Exception {
        Schema counted = TWO_MORE.with("max", DataType.bigint()).with("trace", DataType.string());
        KeySelector value = new KeySelector(new int[] {1}, Schema.empty().with("v", DataType.bigint()));
        List<OverAggregates> aggregates = List.of(new OverAggregates(new CountAndSum(1), 2, null, 0),
                new OverAggregates(null, 0, new MaxAndTrace(1), 2), new OverAggregates(new CountAndSum(1), 2, new MaxAndTrace(1), 2));
        for (OverAggregates each : aggregates) {
            for (long preceding : new long[] {0, 1, 4, 30, OverWindow.UNBOUNDED}) {
                for (boolean rows : new boolean[] {true, false}) {
                    OverWindow window = new OverWindow(rows, preceding);
                    if (each != aggregates.get(2) || window.isBounded()) {
                        Schema output = each == aggregates.get(1) ? SCHEMA.with("max", DataType.bigint()).with("trace", DataType.string()) : counted;
                        check(Input.INSERTS, output, () -> new RowTimeOverOperator(2, key(), window, each, value, SCHEMA));
                        check(Input.INSERTS, output, () -> new ProcTimeOverOperator(key(), window, each, value, SCHEMA));
                    }
                }
            }
        }
    }

    /** As in Flink 2.2.0, where the time to live counts from when the row was emitted. */
    @Test
    void when_theFirstRowWaitsLongerThanItsTimeToLive_then_itComesOnce() throws Exception {
        new OperatorHarness(() -> new KeepFirstOperator(SCHEMA, key(), 2), SCHEMA, Map.of("table.exec.state.ttl", "15 ms")).check(
                List.of(row("a", 1, 5), time(20), row("a", 2, 6), row("a", 3, 4), watermark(6), time(30), row("a", 4, 7), watermark(7),
                        time(40), row("a", 5, 8), watermark(8)),
                List.of("+I[a, 3, 4]", "W(6)", "W(7)", "+I[a, 5, 8]", "W(8)"));
    }

    /** As in Flink 2.2.0. */
    @Test
    void when_aFirstRowIsAtTheWatermark_then_itIsNotLate() throws Exception {
        OperatorHarness first = new OperatorHarness(() -> new KeepFirstOperator(SCHEMA, key(), 2), SCHEMA);
        List<Event> events = List.of(row("a", 1, 5), watermark(5), row("b", 2, 5), row("c", 3, 4), watermark(6));
        first.check(events, List.of("+I[a, 1, 5]", "W(5)", "+I[b, 2, 5]", "W(6)"));
        assertEquals(List.of("+I[c, 3, 4] by 1"), first.lateRows(events));
    }
}
