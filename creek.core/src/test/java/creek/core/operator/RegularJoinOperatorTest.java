package creek.core.operator;

import static creek.core.operator.OperatorHarness.by;
import static creek.core.operator.OperatorHarness.change;
import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.time;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegularJoinOperatorTest {
    private static final Schema SIDE = Schema.empty().with("k", DataType.string()).with("v", DataType.bigint());
    private static final Schema BOTH = SIDE.with("k2", DataType.string()).with("v2", DataType.bigint());
    private static final BiPredicate<Object[], Object[]> EQUAL_KEYS = (left, right) -> left[0] != null && Objects.equals(left[0], right[0]);

    /** v <= v2. */
    private static final class Ordered implements Calc {
        @Override
        public void open(OperatorContext context) {
        }

        @Override
        public boolean project(Row in, Row out) {
            return !in.isNullAt(1) && !in.isNullAt(3) && in.getLong(1) <= in.getLong(3);
        }

        static boolean test(Object[] left, Object[] right) {
            return left[1] != null && right[1] != null && (Long) left[1] <= (Long) right[1];
        }
    }

    private static JoinInput input(boolean retracting) {
        return new JoinInput(SIDE, new KeySelector(new int[] {0}, Schema.empty().with("k", DataType.string())), retracting);
    }

    private static OperatorHarness join(JoinType type, boolean retracting, Calc condition) {
        return new OperatorHarness(() -> new RegularJoinOperator(type, input(retracting), input(retracting), condition), BOTH);
    }

    private static OperatorHarness semiJoin(boolean anti, boolean retracting, Calc condition) {
        return new OperatorHarness(() -> new SemiJoinOperator(anti, input(retracting), input(retracting), condition), SIDE);
    }

    @Test
    void when_timeToLiveIsOver_then_rowsHaveNoPartners() throws Exception {
        Map<String, String> limit = Map.of("table.exec.state.ttl", "10 ms");
        List<OperatorHarness.Event> events = List.of(by(0, row("a", 1)), time(5), by(0, row("a", 2)), time(9), by(1, row("a", 3)), time(12),
                by(1, row("a", 4)), time(40), by(1, row("a", 5)));
        new OperatorHarness(() -> new RegularJoinOperator(JoinType.INNER, input(false), input(false), null), BOTH, limit)
                .check(events, List.of("+I[a, 1, a, 3]", "+I[a, 2, a, 3]", "+I[a, 2, a, 4]"));
        new OperatorHarness(() -> new SemiJoinOperator(false, input(false), input(false), null), SIDE, limit)
                .check(List.of(by(0, row("a", 1)), time(12), by(1, row("a", 3)), by(0, row("a", 2)), time(23), by(0, row("a", 4))), List.of("+I[a, 2]"));
    }

    @Test
    void when_sidesHaveTimesToLiveOfTheirOwn_then_eachGoesByIts() throws Exception {
        List<OperatorHarness.Event> events = List.of(by(0, row("a", 1)), by(1, row("a", 2)), time(12), by(1, row("a", 3)), by(0, row("a", 4)),
                time(40), by(0, row("a", 5)));
        List<String> leftShort = List.of("+I[a, 1, a, 2]", "+I[a, 4, a, 2]", "+I[a, 4, a, 3]", "+I[a, 5, a, 2]", "+I[a, 5, a, 3]");
        Map<String, String> job = Map.of("table.exec.state.ttl", "10 ms");
        new OperatorHarness(() -> new RegularJoinOperator(JoinType.INNER, input(false).keptFor(10), input(false), null), BOTH)
                .check(events, leftShort);
        new OperatorHarness(() -> new RegularJoinOperator(JoinType.INNER, input(false), input(false).keptFor(0), null), BOTH, job)
                .check(events, leftShort);
        new OperatorHarness(() -> new RegularJoinOperator(JoinType.INNER, input(false).keptFor(20), input(false), null), BOTH, job)
                .check(events, List.of("+I[a, 1, a, 2]", "+I[a, 1, a, 3]", "+I[a, 4, a, 3]"));
    }

    @Test
    void keptAreTheRowsOfBothSides() throws Exception {
        assertEquals(3, join(JoinType.INNER, true, null).kept(List.of(by(0, row("a", 1)), by(0, row("b", 1)), by(1, row("a", 2)),
                by(1, row("c", 3)), by(1, change(RowKind.DELETE, "c", 3)))));
        assertEquals(1, semiJoin(false, true, null).kept(List.of(by(0, row("a", 1)), by(1, row("a", 2)), by(1, change(RowKind.DELETE, "a", 2)))));
        OperatorHarness limited = new OperatorHarness(() -> new RegularJoinOperator(JoinType.INNER, input(false), input(false), null), BOTH,
                Map.of("table.exec.state.ttl", "10 ms"));
        assertEquals(2, limited.kept(List.of(by(0, row("a", 1)), by(0, row("a", 2)), time(12), by(0, row("a", 3)), by(1, row("a", 4)))));
        assertEquals(3, limited.kept(List.of(by(0, row("a", 1)), time(6), by(0, row("a", 2)), time(12), by(0, row("a", 3)), by(1, row("a", 4)))));
    }

    @Test
    void when_aPartnerComes_then_theRowAloneGoes() throws Exception {
        join(JoinType.LEFT, true, null).check(
                List.of(by(0, row("a", 1)), by(1, row("a", 2)), by(1, row("a", 3)), by(1, change(RowKind.DELETE, "a", 2)),
                        by(1, change(RowKind.DELETE, "a", 3))),
                List.of("+I[a, 1, null, null]", "-D[a, 1, null, null]", "+I[a, 1, a, 2]", "+I[a, 1, a, 3]", "-D[a, 1, a, 2]",
                        "-D[a, 1, a, 3]", "+I[a, 1, null, null]"));
    }

    @Test
    void when_inner_then_kindsOfChangePassThrough() throws Exception {
        join(JoinType.INNER, true, null).check(
                List.of(by(0, row("a", 1)), by(1, row("a", 2)), by(1, change(RowKind.UPDATE_BEFORE, "a", 2)),
                        by(1, change(RowKind.UPDATE_AFTER, "a", 3)), by(0, row(null, 1)), by(1, row(null, 1))),
                List.of("+I[a, 1, a, 2]", "-U[a, 1, a, 2]", "+U[a, 1, a, 3]"));
    }

    @Test
    void when_aRowHasManyPartners_then_theyComeInSteps() throws Exception {
        List<OperatorHarness.Event> events = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3 * Operator.STEP_ROWS; i++) {
            events.add(by(0, row("a", i)));
            expected.add("+I[a, " + i + ", a, 7]");
        }
        events.add(by(1, row("a", 7)));
        OperatorHarness harness = join(JoinType.INNER, false, null);
        assertEquals(expected, harness.output(events));
        assertEquals(Operator.STEP_ROWS, harness.mostRowsInStep(events));
    }

    @Test
    void when_watermarksCome_then_theLowestOfBothGoesOn() throws Exception {
        join(JoinType.INNER, false, null).check(
                List.of(by(0, OperatorHarness.watermark(5)), by(1, OperatorHarness.watermark(3)), by(1, OperatorHarness.watermark(9))),
                List.of("W(3)", "W(5)"));
    }

    @ParameterizedTest
    @EnumSource(JoinType.class)
    void when_rowsComeAndGo_then_theResultIsThatOfABatchJoin(JoinType type) throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            for (boolean retracting : new boolean[] {true, false}) {
                compare(seed, retracting, join(type, retracting, null), EQUAL_KEYS, type, false);
                compare(seed, retracting, join(type, retracting, new Ordered()), EQUAL_KEYS.and(Ordered::test), type, false);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void when_rowsComeAndGo_then_semiAndAntiJoinsAreThoseOfABatch(boolean anti) throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            for (boolean retracting : new boolean[] {true, false}) {
                compare(seed, retracting, semiJoin(anti, retracting, null), EQUAL_KEYS, null, anti);
                compare(seed, retracting, semiJoin(anti, retracting, new Ordered()), EQUAL_KEYS.and(Ordered::test), null, anti);
            }
        }
    }

    private static void compare(int seed, boolean retracting, OperatorHarness harness, BiPredicate<Object[], Object[]> condition, JoinType type,
            boolean anti) throws Exception {
        Random random = new Random(seed);
        Changelog left = new Changelog(random, retracting);
        Changelog right = new Changelog(random, retracting);
        List<OperatorHarness.Event> events = new ArrayList<>();
        for (int i = 0; i < (retracting ? 800 : 150); i++) {
            int input = random.nextInt(2);
            events.add(by(input, (input == 0 ? left : right).next()));
        }
        List<String> expected = type == null ? semi(left.rows(), right.rows(), condition, anti)
                : joined(left.rows(), right.rows(), condition, type);
        List<String> changes = harness.output(events);
        assertEquals(Changelog.sorted(expected), Changelog.result(changes), "seed " + seed);
        for (boolean incremental : seed < 2 ? new boolean[] {true, false} : new boolean[0]) {
            assertEquals(changes, harness.outputWithCrashes(events, incremental, seed), "with crashes, seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource(JoinType.class)
    void when_rowsExpire_then_crashesDoNotShow(JoinType type) throws Exception {
        for (int seed = 0; seed < 8; seed++) {
            boolean retracting = seed % 2 == 0;
            Random random = new Random(seed);
            Changelog left = new Changelog(random, retracting);
            Changelog right = new Changelog(random, retracting);
            List<OperatorHarness.Event> events = new ArrayList<>();
            for (int i = 0, now = 0; i < 300; i++) {
                int input = random.nextInt(2);
                events.add(by(input, (input == 0 ? left : right).next()));
                now += random.nextInt(4);
                events.add(time(now));
            }
            OperatorHarness harness = new OperatorHarness(
                    () -> new RegularJoinOperator(type, input(retracting), input(retracting).keptFor(70), null), BOTH, Map.of("table.exec.state.ttl", "30 ms"));
            for (boolean incremental : new boolean[] {true, false}) {
                assertEquals(harness.output(events), harness.outputWithCrashes(events, incremental, seed), "seed " + seed);
            }
        }
    }

    private static List<String> semi(List<Object[]> left, List<Object[]> right, BiPredicate<Object[], Object[]> condition, boolean anti) {
        return left.stream().filter(l -> right.stream().anyMatch(r -> condition.test(l, r)) != anti).map(Changelog::text).toList();
    }

    private static List<String> joined(List<Object[]> left, List<Object[]> right, BiPredicate<Object[], Object[]> condition, JoinType type) {
        List<String> rows = new ArrayList<>();
        for (Object[] l : left) {
            for (Object[] r : right) {
                if (condition.test(l, r)) {
                    rows.add(Changelog.text(l[0], l[1], r[0], r[1]));
                }
            }
            if (type.isLeftOuter() && right.stream().noneMatch(r -> condition.test(l, r))) {
                rows.add(Changelog.text(l[0], l[1], null, null));
            }
        }
        for (Object[] r : right) {
            if (type.isRightOuter() && left.stream().noneMatch(l -> condition.test(l, r))) {
                rows.add(Changelog.text(null, null, r[0], r[1]));
            }
        }
        return rows;
    }
}
