package creek.core.operator;

import static creek.core.operator.OperatorHarness.change;
import static creek.core.operator.OperatorHarness.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.operator.OperatorHarness.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are (key, value, order). What is expected in the examples is what Flink 2.2.0 gives. */
class NonTimeOverOperatorTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema INPUT = KEY.with("v", DataType.bigint()).with("o", DataType.bigint());
    private static final Schema COUNTED = INPUT.with("n", DataType.bigint()).with("sum", DataType.bigint());

    private static OperatorHarness counting(boolean rows) {
        return new OperatorHarness(() -> new NonTimeOverOperator(INPUT, new KeySelector(new int[] {0}, KEY), new SortKey(INPUT).by(2, true, true),
                rows, new CountAndSum(1), 2), COUNTED);
    }

    @Test
    void when_range_then_equalRowsAreUpdatedToo() throws Exception {
        counting(false).check(List.of(row("a", 5, 3L), row("b", 1, 3L), row("a", 2, 1L), row("a", 7, 3L)),
                List.of("+I[a, 5, 3, 1, 5]", "+I[b, 1, 3, 1, 1]", "+I[a, 2, 1, 1, 2]", "-U[a, 5, 3, 1, 5]", "+U[a, 5, 3, 2, 7]",
                        "-U[a, 5, 3, 2, 7]", "+U[a, 5, 3, 3, 14]", "+I[a, 7, 3, 3, 14]"));
    }

    @Test
    void when_rows_then_equalRowsSeeThoseThatCameBefore() throws Exception {
        counting(true).check(List.of(row("a", 5, 3L), row("a", 7, 3L), row("a", 2, 1L)),
                List.of("+I[a, 5, 3, 1, 5]", "+I[a, 7, 3, 2, 12]", "+I[a, 2, 1, 1, 2]", "-U[a, 5, 3, 1, 5]", "+U[a, 5, 3, 2, 7]",
                        "-U[a, 7, 3, 2, 12]", "+U[a, 7, 3, 3, 14]"));
    }

    @Test
    void when_rowIsUpdated_then_itGoesAndComesAgain() throws Exception {
        for (boolean rows : new boolean[] {true, false}) {
            counting(rows).check(
                    List.of(row("a", 5, 5L), row("a", 1, 1L), change(RowKind.UPDATE_BEFORE, "a", 5, 5L), change(RowKind.UPDATE_AFTER, "a", 7, 7L),
                            change(RowKind.DELETE, "a", 9, 9L)),
                    List.of("+I[a, 5, 5, 1, 5]", "+I[a, 1, 1, 1, 1]", "-U[a, 5, 5, 1, 5]", "+U[a, 5, 5, 2, 6]", "-D[a, 5, 5, 2, 6]",
                            "+U[a, 7, 7, 2, 8]"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLeftAgreesWithComputingEachFrameAnew(boolean rows) throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            List<Event> events = new ArrayList<>();
            List<Reading> live = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                if (!live.isEmpty() && random.nextInt(3) == 0) {
                    Reading gone = live.get(random.nextInt(live.size()));
                    // of equal rows the first goes
                    live.remove(gone);
                    events.add(change(RowKind.DELETE, gone.key, gone.value, gone.order));
                } else {
                    Reading added = new Reading("k" + random.nextInt(2), random.nextInt(3), random.nextInt(6));
                    live.add(added);
                    events.add(row(added.key, added.value, added.order));
                }
            }
            assertEquals(naive(live, rows), left(counting(rows).output(events)));
        }
    }

    private record Reading(String key, long value, long order) {
    }

    private static List<String> left(List<String> changes) {
        List<String> left = new ArrayList<>();
        for (String change : changes) {
            String row = change.substring(2);
            if (change.startsWith("+")) {
                left.add(row);
            } else if (!left.remove(row)) {
                throw new AssertionError("taken back, but not there: " + row);
            }
        }
        left.sort(null);
        return left;
    }

    private static List<String> naive(List<Reading> live, boolean rows) {
        List<Reading> sorted = new ArrayList<>(live);
        sorted.sort(Comparator.comparingLong(Reading::order));
        List<String> expected = new ArrayList<>();
        for (int place = 0; place < sorted.size(); place++) {
            Reading current = sorted.get(place);
            long count = 0;
            long sum = 0;
            for (int i = 0; i < sorted.size(); i++) {
                Reading each = sorted.get(i);
                if (each.key.equals(current.key) && (rows ? i <= place : each.order <= current.order)) {
                    count++;
                    sum += each.value;
                }
            }
            expected.add("[" + current.key + ", " + current.value + ", " + current.order + ", " + count + ", " + sum + "]");
        }
        expected.sort(null);
        return expected;
    }
}
