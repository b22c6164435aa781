package creek.core.operator;

import static creek.core.operator.OperatorHarness.by;
import static creek.core.operator.OperatorHarness.change;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.internal.state.StateFormException;
import creek.core.operator.OperatorHarness.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Operators of a changed job, whose rows have one more column, a wider one and another order of columns, go on as if the rows before had been so, the new
 * column being null in them.
 */
class ChangedRowsTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema OLD = KEY.with("v", DataType.integer()).with("t", DataType.bigint());
    private static final Schema NEW =
            Schema.empty().with("t", DataType.bigint()).with("more", DataType.string()).with("v", DataType.bigint()).with("k", DataType.string());

    /** Where the columns are. */
    private record Columns(Schema schema, int key, int value, int time) {
        KeySelector keys() {
            return new KeySelector(new int[] {key}, KEY);
        }

        JoinInput input(boolean retracting) {
            return new JoinInput(schema, keys(), retracting);
        }

        SortKey byValue() {
            return new SortKey(schema).by(value, true, true);
        }

        /** A change of a row that is known by its old columns. */
        Event event(RowKind kind, Object[] row, String more) {
            return schema == OLD ? change(kind, row) : change(kind, row[2], more, row[1], row[0]);
        }
    }

    private static final Columns BEFORE = new Columns(OLD, 0, 1, 2);
    private static final Columns AFTER = new Columns(NEW, 3, 2, 0);

    private interface Maker {
        Operator make(Columns columns);
    }

    /** Makes the same events of either kind of rows. */
    private static List<Event> events(Columns columns, long seed, int size, int inputs, boolean retracting) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        List<Object[]> live = new ArrayList<>();
        List<Integer> liveInputs = new ArrayList<>();
        List<String> liveMore = new ArrayList<>();
        long mark = 0;
        for (int i = 0; i < size; i++) {
            int input = random.nextInt(inputs);
            Event event;
            if (random.nextInt(6) == 0) {
                mark += random.nextInt(4);
                event = watermark(mark);
            } else if (retracting && !live.isEmpty() && random.nextInt(3) == 0) {
                int gone = random.nextInt(live.size());
                input = liveInputs.remove(gone);
                event = columns.event(RowKind.DELETE, live.remove(gone), liveMore.remove(gone));
            } else {
                Object[] row = {"k" + random.nextInt(3), random.nextInt(5), mark + random.nextInt(8) + 1};
                live.add(row);
                liveInputs.add(input);
                liveMore.add(i < size / 2 ? null : "m" + random.nextInt(2));
                event = columns.event(RowKind.INSERT, row, liveMore.get(live.size() - 1));
            }
            events.add(inputs == 1 ? event : by(input, event));
        }
        return events;
    }

    private static void check(int inputs, boolean retracting, int outputs, Maker maker) throws Exception {
        int size = 60;
        Schema oldOutput = output(OLD, inputs, outputs);
        Schema newOutput = output(NEW, inputs, outputs);
        for (int seed = 0; seed < 10; seed++) {
            OperatorHarness before = new OperatorHarness(() -> maker.make(BEFORE), oldOutput);
            OperatorHarness after = new OperatorHarness(() -> maker.make(AFTER), newOutput);
            List<Event> common = events(AFTER, seed, size, inputs, retracting);
            List<String> expected = after.output(common);
            expected = expected.subList(after.output(common.subList(0, size / 2)).size(), expected.size()).stream()
                    .filter(text -> !text.startsWith("W(")).toList();
            for (boolean incremental : new boolean[] {true, false}) {
                List<String> output = after.outputAfter(before, events(BEFORE, seed, size, inputs, retracting).subList(0, size / 2),
                        common.subList(size / 2, size), incremental);
                assertEquals(ordered(expected, inputs), ordered(output, inputs), "seed " + seed + ", incremental: " + incremental);
            }
        }
    }

    /** Joins give the rows of a moment in any order. */
    private static List<String> ordered(List<String> output, int inputs) {
        return inputs == 1 ? output : output.stream().sorted().toList();
    }

    /** The input's columns, of both sides if there are two, and some numbers; -1 for a single side. */
    private static Schema output(Schema rows, int inputs, int more) {
        Schema schema = rows;
        for (int i = 0; inputs == 2 && more >= 0 && i < rows.size(); i++) {
            schema = schema.with(rows.name(i) + 2, rows.type(i));
        }
        for (int i = 0; i < more; i++) {
            schema = schema.with("n" + i, DataType.bigint());
        }
        return schema;
    }

    @Test
    void joins() throws Exception {
        for (JoinType type : JoinType.values()) {
            for (boolean retracting : new boolean[] {true, false}) {
                check(2, retracting, 0, rows -> new RegularJoinOperator(type, rows.input(retracting), rows.input(retracting), null));
            }
            check(2, false, 0, rows -> new IntervalJoinOperator(type, rows.input(false), rows.input(false), false, rows.time, rows.time, -3, 2, null));
        }
        check(2, true, -1, rows -> new SemiJoinOperator(true, rows.input(true), rows.input(true), null));
        check(2, false, 0, rows -> new TemporalJoinOperator(true, rows.input(false), rows.input(false), rows.time, rows.time, null));
        check(2, false, 0, rows -> new WindowJoinOperator(WindowJoinOperator.Kind.FULL, rows.input(false), rows.input(false), rows.time, rows.time,
                null, null));
    }

    @Test
    void ranksAndOver() throws Exception {
        for (boolean retracting : new boolean[] {true, false}) {
            check(1, retracting, 1, rows -> new TopNOperator(new Ranking(rows.schema, rows.keys(), rows.byValue(), 1, 3, -1, true, true), retracting));
            check(1, false, 1, rows -> new TopNOperator(new Ranking(rows.schema, rows.keys(), rows.byValue(), 1, 3, rows.value, true, true), false));
        }
        check(1, true, 2, rows -> new NonTimeOverOperator(rows.schema, rows.keys(), rows.byValue(), true, new CountAndSum(rows.value), 2));
    }

    @Test
    void firstAndLastRows() throws Exception {
        check(1, false, 0, rows -> new KeepFirstOperator(rows.schema, rows.keys(), rows.time));
        check(1, false, 0, rows -> new KeepLastOperator(rows.schema, rows.keys(), rows.time, true, true));
        check(1, false, 0, rows -> new KeepLastOperator(rows.schema, rows.keys(), rows.time, false, true));
        check(1, true, 0, rows -> new ChangelogNormalizeOperator(rows.schema, rows.keys(), true));
        check(1, true, 0, rows -> new UpsertMaterializeOperator(rows.schema, rows.keys(), null));
    }

    @Test
    void rowsThatWait() throws Exception {
        check(1, false, 0, rows -> new EventTimeSortOperator(rows.schema, rows.time, rows.byValue()));
        check(1, false, 2, rows -> new SessionWindowAssignOperator(rows.time, null, 3, rows.keys(), rows.schema));
        check(1, false, 0, rows -> new WindowTopNOperator(rows.time, null, rows.keys(), Comparator.comparingLong(row -> row.getLong(rows.value)), 1, 2,
                false, false, rows.schema));
        KeySelector none = new KeySelector(new int[0], Schema.empty());
        check(1, false, 2, rows -> new RowTimeOverOperator(rows.time, rows.keys(), new OverWindow(true, OverWindow.UNBOUNDED),
                new OverAggregates(new CountAndSum(rows.value), 2, null, 0), none, rows.schema));
    }

    @Test
    void patterns() throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            List<Event> all = events(AFTER, seed, 80, 1, false);
            List<String> expected = match(AFTER).output(all);
            expected = expected.subList(match(AFTER).output(all.subList(0, 40)).size(), expected.size()).stream()
                    .filter(text -> !text.startsWith("W(")).toList();
            assertFalse(expected.isEmpty());
            assertEquals(expected, match(AFTER).outputAfter(match(BEFORE), events(BEFORE, seed, 80, 1, false).subList(0, 40), all.subList(40, 80), true));
        }
    }

    /** Two rows of a key in sequence, the second one of a greater value: the values of both. */
    private static OperatorHarness match(Columns rows) {
        MatchExpressions expressions = new MatchExpressions() {
            @Override
            public boolean define(int variable, Row row, MatchedRows matched) throws Exception {
                return variable == 0 || row.getLong(rows.value) > matched.last(0, 0).getLong(rows.value);
            }

            @Override
            public void measure(MatchedRows matched, Row out) throws Exception {
                out.setLong(0, matched.first(MatchedRows.ANY, 0).getLong(rows.value));
                out.setLong(1, matched.last(MatchedRows.ANY, 0).getLong(rows.value));
            }
        };
        return new OperatorHarness(() -> new MatchOperator(rows.schema, rows.keys(), rows.time, null, new RowPattern().then("A").then("B"), expressions,
                new MatchAggregates[0], new MatchAggregates[0], 2), Schema.empty().with("a", DataType.bigint()).with("b", DataType.bigint()));
    }

    @Test
    void when_theRowsCanNotBeCarriedOver_then_refused() throws Exception {
        assertRefused(OLD, KEY.with("v", DataType.integer()), "its rows have the column `t` and those of the job don't: columns can't be taken away. "
                + "It holds key (STRING), last, row (`k` STRING, `v` INT, `t` BIGINT) and the job wants key (STRING), last, row (`k` STRING, `v` INT)");
        assertRefused(OLD, KEY.with("v", DataType.smallint()).with("t", DataType.bigint()),
                "the column `v` of its rows is INT and that of the job is SMALLINT, which does not hold all its values. It holds ");
        assertRefused(OLD, OLD.with("w", DataType.integer().notNull()),
                "its rows don't have the column `w`, which is INT NOT NULL in the job: it would be NULL in them. It holds ");
        assertRefused(OLD, KEY.with("v", DataType.integer().notNull()).with("t", DataType.bigint()),
                "the column `v` of its rows may be NULL and that of the job is INT NOT NULL. It holds ");
        assertEquals(List.of(), restart(OLD, OLD.with("w", DataType.integer())));
    }

    private static void assertRefused(Schema before, Schema after, String message) {
        String said = assertThrows(StateFormException.class, () -> restart(before, after)).getMessage();
        assertEquals("the state of operator tested (last) does not fit: " + message, said.substring(0, Math.min(said.length(), 50 + message.length())));
    }

    private static List<String> restart(Schema before, Schema after) throws Exception {
        return harness(after).outputAfter(harness(before), List.of(watermark(0)), List.of(), true);
    }

    private static OperatorHarness harness(Schema schema) {
        return new OperatorHarness(() -> new ChangelogNormalizeOperator(schema, new KeySelector(new int[] {0}, KEY), true), schema, Map.of());
    }
}
