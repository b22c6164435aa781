package creek.core.operator;

import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.time;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.operator.NaiveMatcher.Found;
import creek.core.operator.OperatorHarness.Event;
import creek.core.operator.RowPattern.Skip;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random patterns over random rows give what trying everything gives. */
class MatchPropertyTest {
    private static final Schema INPUT = Schema.empty().with("time", DataType.bigint()).with("value", DataType.bigint());
    private static final Schema OUTPUT = Schema.empty().with("first", DataType.bigint()).with("last", DataType.bigint());
    private static final KeySelector NO_KEY = new KeySelector(new int[0], Schema.empty());

    /** Rows are (time, value). */
    private static final MatchExpressions BITS = new MatchExpressions() {
        @Override
        public boolean define(int variable, Row row, MatchedRows matched) {
            return (row.getLong(1) >> variable & 1) == 1;
        }

        @Override
        public void measure(MatchedRows matched, Row out) {
            out.setFrom(0, matched.first(MatchedRows.ANY, 0), 0);
            out.setFrom(1, matched.last(MatchedRows.ANY, 0), 0);
        }
    };

    @Test
    void randomPatterns_then_asTryingEverything() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            RowPattern pattern = pattern(random);
            int count = random.nextInt(12);
            long[] times = new long[count];
            long[] values = new long[count];
            List<Event> events = new ArrayList<>();
            for (int place = 0; place < count; place++) {
                times[place] = 2L * place + random.nextInt(2);
                values[place] = random.nextInt(16);
                events.add(row(times[place], values[place]));
            }
            Collections.shuffle(events, random);
            events.add(watermark(Long.MAX_VALUE));
            List<String> expected = new ArrayList<>();
            for (Found found : new NaiveMatcher(pattern, times, values).matches()) {
                expected.add("+I[" + times[found.first()] + ", " + times[found.last()] + "]");
            }
            expected.add("W(end)");
            new OperatorHarness(() -> new MatchOperator(INPUT, NO_KEY, 0, null, pattern, BITS, new MatchAggregates[0], new MatchAggregates[0], 2), OUTPUT)
                    .check(events, expected);
        }
    }

    /** As {@link #BITS}, while the sum of the rows so far is small. */
    private static final MatchExpressions SMALL_SUMS = new MatchExpressions() {
        @Override
        public boolean define(int variable, Row row, MatchedRows matched) throws Exception {
            return (row.getLong(1) >> variable & 1) == 1 && matched.aggregates(0).getLong(1) < 40;
        }

        @Override
        public void measure(MatchedRows matched, Row out) throws Exception {
            out.setFrom(0, matched.first(MatchedRows.ANY, 0), 0);
            out.setFrom(1, matched.last(MatchedRows.ANY, 0), 0);
        }
    };

    /** Rows are (time, value, key). */
    @Test
    void when_restartedAtRandom_then_asWithoutRestarts() throws Exception {
        Schema keyed = INPUT.with("k", DataType.bigint());
        KeySelector key = new KeySelector(new int[] {2}, Schema.empty().with("k", DataType.bigint()));
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            RowPattern pattern = pattern(random);
            List<Event> events = new ArrayList<>();
            for (int mark = 0; mark < 80; mark++) {
                events.add(row(mark + random.nextInt(6) - 1, random.nextInt(16), random.nextInt(3)));
                if (random.nextInt(3) == 0) {
                    events.add(watermark(mark));
                    events.add(time(mark));
                }
            }
            events.add(time(200));
            events.add(watermark(Long.MAX_VALUE));
            int[] timeColumns = {0, Windows.PROCESSING_TIME};
            for (int timeColumn : timeColumns) {
                SortKey order = random.nextBoolean() ? new SortKey(keyed).by(1, true, true) : null;
                OperatorHarness harness = new OperatorHarness(() -> new MatchOperator(keyed, key, timeColumn, order, pattern, SMALL_SUMS,
                        new MatchAggregates[] {new MatchAggregates(MatchedRows.ANY, null, 0, new CountAndSum(1), 2)}, new MatchAggregates[0], 2), OUTPUT);
                List<String> expected = harness.output(events);
                assertEquals(expected, harness.outputWithCrashes(events, true, i), "incremental, round " + i);
                assertEquals(expected, harness.outputWithCrashes(events, false, i), "round " + i);
            }
        }
    }

    private static RowPattern pattern(Random random) {
        while (true) {
            RowPattern pattern = new RowPattern();
            int variables = 1 + random.nextInt(4);
            for (int i = 0; i < variables; i++) {
                int min = random.nextInt(3);
                int max = random.nextInt(3) == 0 ? RowPattern.UNBOUNDED : Math.max(1, min) + random.nextInt(3);
                pattern.then("V" + i, min, max, random.nextBoolean());
            }
            pattern.skip(random.nextBoolean() ? Skip.PAST_LAST_ROW : Skip.TO_NEXT_ROW);
            if (random.nextInt(3) == 0) {
                pattern.within(1 + random.nextInt(12));
            }
            List<RowPattern.Variable> all = pattern.variables();
            if (!all.get(all.size() - 1).isGreedy() && all.stream().anyMatch(variable -> variable.min() > 0)) {
                return pattern;
            }
        }
    }
}
