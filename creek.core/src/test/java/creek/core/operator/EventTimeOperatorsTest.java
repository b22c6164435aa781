package creek.core.operator;

import static creek.core.operator.OperatorHarness.by;
import static creek.core.operator.OperatorHarness.change;
import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.time;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators whose results depend on event time: sorting, deduplication, interval and temporal joins. */
class EventTimeOperatorsTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema SCHEMA = KEY.with("t", DataType.timestamp(3)).with("id", DataType.bigint());
    private static final Schema BOTH = SCHEMA.with("k2", DataType.string()).with("t2", DataType.timestamp(3)).with("id2", DataType.bigint());

    private static KeySelector key() {
        return new KeySelector(new int[] {0}, KEY);
    }

    private static JoinInput input() {
        return new JoinInput(SCHEMA, key(), false);
    }

    @Test
    void when_theWatermarkPasses_then_rowsComeSorted() throws Exception {
        OperatorHarness sort = new OperatorHarness(() -> new EventTimeSortOperator(SCHEMA, 1, new SortKey(SCHEMA).by(2, false, true)), SCHEMA);
        List<OperatorHarness.Event> events = List.of(row("a", 3, 1), row("b", 2, 2), row("c", 3, 3), row("d", 9, 4), watermark(5),
                row("e", 3, 5), row("f", 4, 6), watermark(Long.MAX_VALUE));
        sort.check(events, List.of("+I[b, 2, 2]", "+I[c, 3, 3]", "+I[a, 3, 1]", "W(5)", "+I[f, 4, 6]", "+I[d, 9, 4]", "W(end)"));
        assertEquals(1, sort.late(events));
        assertEquals(List.of("+I[e, 3, 5] by 2"), sort.lateRows(events));
    }

    @Test
    void when_theJobCrashes_then_rowsComeSortedAsIfItHadNot() throws Exception {
        OperatorHarness sort = new OperatorHarness(() -> new EventTimeSortOperator(SCHEMA, 1, new SortKey(SCHEMA).by(2, false, true)), SCHEMA);
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            List<OperatorHarness.Event> events = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                events.add(random.nextInt(6) == 0 ? watermark(i / 4 - 5) : row("k" + i, i / 4 - random.nextInt(8), random.nextInt(3)));
            }
            events.add(watermark(Long.MAX_VALUE));
            assertEquals(sort.output(events), sort.outputWithCrashes(events, true, seed), "seed " + seed);
            assertEquals(sort.output(events), sort.outputWithCrashes(events, false, seed), "seed " + seed);
        }
    }

    @Test
    void when_theFirstIsKept_then_itComesWithTheWatermarkAndStays() throws Exception {
        OperatorHarness first = new OperatorHarness(() -> new KeepFirstOperator(SCHEMA, key(), 1), SCHEMA);
        List<OperatorHarness.Event> events = List.of(row("a", 3, 1), row("a", 2, 2), row("a", 2, 3), row("b", 7, 4), watermark(2),
                row("a", 9, 5), row("c", 1, 6), watermark(Long.MAX_VALUE));
        first.check(events, List.of("+I[a, 2, 2]", "W(2)", "+I[b, 7, 4]", "W(end)"));
        assertEquals(1, first.late(events));
        assertEquals(List.of("+I[c, 1, 6] by 1"), first.lateRows(events));
    }

    @Test
    void when_theFirstArrivalIsKept_then_itComesAtOnce() throws Exception {
        new OperatorHarness(() -> new KeepFirstOperator(SCHEMA, key(), -1), SCHEMA).check(
                List.of(row("a", 3, 1), row("a", 2, 2), row("b", 1, 3)), List.of("+I[a, 3, 1]", "+I[b, 1, 3]"));
    }

    @Test
    void when_theLastIsKept_then_laterAndEqualTimesUpdate() throws Exception {
        new OperatorHarness(() -> new KeepLastOperator(SCHEMA, key(), 1, true, true), SCHEMA).check(
                List.of(row("a", 3, 1), row("a", 2, 2), row("a", 3, 3)), List.of("+I[a, 3, 1]", "-U[a, 3, 1]", "+U[a, 3, 3]"));
        new OperatorHarness(() -> new KeepLastOperator(SCHEMA, key(), 1, false, false), SCHEMA).check(
                List.of(row("a", 3, 1), row("a", 2, 2)), List.of("+I[a, 3, 1]", "+U[a, 2, 2]"));
    }

    @Test
    void when_versionsChange_then_eachRowMeetsThatOfItsTime() throws Exception {
        OperatorHarness join = new OperatorHarness(() -> new TemporalJoinOperator(true, input(), input(), 1, 1, null), BOTH);
        join.check(
                List.of(by(0, row("a", 5, 1)), by(1, row("a", 4, 10)), by(1, change(RowKind.UPDATE_BEFORE, "a", 4, 10)),
                        by(1, change(RowKind.UPDATE_AFTER, "a", 6, 11)), by(1, change(RowKind.DELETE, "a", 9, 11)), by(0, row("a", 8, 2)),
                        by(0, row("a", 3, 3)), by(0, row("a", 9, 4)), by(0, row("a", 12, 5)), by(0, watermark(10)), by(1, watermark(8)),
                        by(1, watermark(Long.MAX_VALUE)), by(0, watermark(Long.MAX_VALUE))),
                List.of("+I[a, 3, 3, null, null, null]", "+I[a, 5, 1, a, 4, 10]", "+I[a, 8, 2, a, 6, 11]", "W(8)",
                        "+I[a, 9, 4, null, null, null]", "W(10)", "+I[a, 12, 5, null, null, null]", "W(end)"));
    }

    @Test
    void when_rowsLieCloseTogether_then_theyJoinAndOthersComeAloneInTheEnd() throws Exception {
        interval(JoinType.FULL, -2, 1).check(
                List.of(by(0, row("a", 5, 1)), by(1, row("a", 7, 10)), by(1, row("a", 8, 11)), by(0, row("b", 5, 2)), by(0, watermark(20)),
                        by(1, watermark(8)), by(0, row("a", 2, 3)), by(1, watermark(20))),
                List.of("+I[a, 5, 1, a, 7, 10]", "+I[b, 5, 2, null, null, null]", "W(6)", "+I[a, 2, 3, null, null, null]",
                        "+I[null, null, null, a, 8, 11]", "W(18)"));
    }

    private static OperatorHarness interval(JoinType type, long lower, long upper) {
        return new OperatorHarness(() -> new IntervalJoinOperator(type, input(), input(), false, 1, 1, lower, upper, null), BOTH);
    }

    @ParameterizedTest
    @EnumSource(JoinType.class)
    void when_noRowIsLate_then_theIntervalJoinIsThatOfABatch(JoinType type) throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            long lower = random.nextInt(9) - 6;
            long upper = lower + random.nextInt(6);
            List<Object[]> left = new ArrayList<>();
            List<Object[]> right = new ArrayList<>();
            List<OperatorHarness.Event> events = new ArrayList<>();
            long[] watermarks = {0, 0};
            for (int i = 0; i < 200; i++) {
                int input = random.nextInt(2);
                if (random.nextInt(3) == 0) {
                    watermarks[input] += random.nextInt(4);
                    events.add(by(input, watermark(watermarks[input])));
                } else {
                    Object[] row = {random.nextInt(8) == 0 ? null : "k" + random.nextInt(3), watermarks[input] + 1 + random.nextInt(6), (long) i};
                    (input == 0 ? left : right).add(row);
                    events.add(by(input, row(row)));
                }
            }
            events.add(by(0, watermark(Long.MAX_VALUE)));
            events.add(by(1, watermark(Long.MAX_VALUE)));
            checkSorted(joined(left, right, type, lower, upper), interval(type, lower, upper), events, seed);
        }
    }

    private static void checkSorted(List<String> expected, OperatorHarness harness, List<OperatorHarness.Event> events, int seed) throws Exception {
        assertEquals(Changelog.sorted(expected), Changelog.result(harness.output(events)), "seed " + seed);
        for (boolean incremental : new boolean[] {true, false}) {
            assertEquals(Changelog.sorted(expected), Changelog.result(harness.outputWithCrashes(events, incremental, seed)), "with crashes, seed " + seed);
        }
    }

    @Test
    void when_processingTimeCounts_then_rowsWaitForTheClock() throws Exception {
        new OperatorHarness(() -> new IntervalJoinOperator(JoinType.FULL, input(), input(), true, 1, 1, -5, 3, null), BOTH).check(
                List.of(time(100), by(0, row("a", 0, 1)), by(1, row(null, 0, 9)), time(105), by(1, row("a", 0, 2)), by(1, row("b", 0, 3)), time(106),
                        by(1, row("a", 0, 4)), by(0, watermark(Long.MAX_VALUE)), by(1, watermark(Long.MAX_VALUE)), time(108), time(109), time(200)),
                List.of("+I[null, null, null, null, 0, 9]", "+I[a, 0, 1, a, 0, 2]", "W(end)", "+I[null, null, null, b, 0, 3]",
                        "+I[null, null, null, a, 0, 4]"));
    }

    /** Versions come and go at random; in the end each left row has met the one that was valid at its time. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void when_noRowIsLate_then_theTemporalJoinFindsTheVersionOfEachTime(boolean outer) throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            List<Object[]> left = new ArrayList<>();
            List<Object[]> versions = new ArrayList<>();
            List<OperatorHarness.Event> events = new ArrayList<>();
            long[] watermarks = {0, 0};
            for (int i = 0; i < 200; i++) {
                int input = random.nextInt(2);
                String key = random.nextInt(8) == 0 ? null : "k" + random.nextInt(3);
                long time = watermarks[input] + 1 + random.nextInt(6);
                if (random.nextInt(3) == 0) {
                    watermarks[input] += random.nextInt(4);
                    events.add(by(input, watermark(watermarks[input])));
                } else if (input == 0) {
                    left.add(new Object[] {key, time, (long) i});
                    events.add(by(0, row(key, time, i)));
                } else {
                    RowKind kind = RowKind.values()[random.nextInt(RowKind.values().length)];
                    events.add(by(1, change(kind, key, time, i)));
                    if (kind != RowKind.UPDATE_BEFORE) {
                        versions.add(new Object[] {key, time, kind == RowKind.DELETE ? null : (Long) (long) i});
                    }
                }
            }
            events.add(by(0, watermark(Long.MAX_VALUE)));
            events.add(by(1, watermark(Long.MAX_VALUE)));
            OperatorHarness join = new OperatorHarness(() -> new TemporalJoinOperator(outer, input(), input(), 1, 1, null), BOTH);
            checkSorted(versioned(left, versions, outer), join, events, seed);
        }
    }

    /** Of versions of one time the last that came counts. */
    private static List<String> versioned(List<Object[]> left, List<Object[]> versions, boolean outer) {
        List<String> rows = new ArrayList<>();
        for (Object[] l : left) {
            Object[] found = null;
            for (Object[] version : versions) {
                boolean isOfKey = l[0] != null && l[0].equals(version[0]) && (Long) version[1] <= (Long) l[1];
                if (isOfKey && (found == null || (Long) version[1] >= (Long) found[1])) {
                    found = version;
                }
            }
            if (found != null && found[2] != null) {
                rows.add(Changelog.text(l[0], l[1], l[2], found[0], found[1], found[2]));
            } else if (outer) {
                rows.add(Changelog.text(l[0], l[1], l[2], null, null, null));
            }
        }
        return rows;
    }

    private static List<String> joined(List<Object[]> left, List<Object[]> right, JoinType type, long lower, long upper) {
        List<String> rows = new ArrayList<>();
        for (Object[] l : left) {
            for (Object[] r : right) {
                if (matches(l, r, lower, upper)) {
                    rows.add(Changelog.text(l[0], l[1], l[2], r[0], r[1], r[2]));
                }
            }
            if (type.isLeftOuter() && right.stream().noneMatch(r -> matches(l, r, lower, upper))) {
                rows.add(Changelog.text(l[0], l[1], l[2], null, null, null));
            }
        }
        for (Object[] r : right) {
            if (type.isRightOuter() && left.stream().noneMatch(l -> matches(l, r, lower, upper))) {
                rows.add(Changelog.text(null, null, null, r[0], r[1], r[2]));
            }
        }
        return rows;
    }

    private static boolean matches(Object[] left, Object[] right, long lower, long upper) {
        long difference = (Long) left[1] - (Long) right[1];
        return left[0] != null && left[0].equals(right[0]) && difference >= lower && difference <= upper;
    }
}
