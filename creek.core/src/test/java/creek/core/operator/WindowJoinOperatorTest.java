package creek.core.operator;

import static creek.core.operator.OperatorHarness.by;
import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.operator.OperatorHarness.Event;
import creek.core.operator.WindowJoinOperator.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows are (key, id, window_end). */
class WindowJoinOperatorTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema SIDE = KEY.with("id", DataType.bigint()).with("window_end", DataType.timestamp(3));
    private static final Schema BOTH = SIDE.with("k2", DataType.string()).with("id2", DataType.bigint()).with("window_end2", DataType.timestamp(3));

    private static OperatorHarness join(Kind kind) {
        JoinInput side = new JoinInput(SIDE, new KeySelector(new int[] {0}, KEY), false);
        return new OperatorHarness(() -> new WindowJoinOperator(kind, side, side, 2, 2, null, null),
                kind == Kind.SEMI || kind == Kind.ANTI ? SIDE : BOTH);
    }

    @Test
    void when_bothWatermarksHavePassed_then_theWindowIsJoined() throws Exception {
        join(Kind.FULL).check(
                List.of(by(0, row("a", 1, 10L)), by(1, row("a", 2, 10L)), by(1, row("a", 3, 20L)), by(0, row(null, 4, 10L)), by(0, watermark(19)),
                        by(1, row("b", 5, 10L)), by(1, watermark(9)), by(1, watermark(Long.MAX_VALUE)), by(0, watermark(Long.MAX_VALUE))),
                List.of("+I[a, 1, 10, a, 2, 10]", "+I[null, 4, 10, null, null, null]", "+I[null, null, null, b, 5, 10]", "W(9)",
                        "+I[null, null, null, a, 3, 20]", "W(19)", "W(end)"));
    }

    @Test
    void when_theWindowHasBeenEmitted_then_rowsAreDroppedAndCounted() throws Exception {
        List<Event> events = List.of(by(0, row("a", 1, 10L)), by(0, watermark(9)), by(1, watermark(9)), by(1, row("a", 2, 10L)),
                by(1, watermark(Long.MAX_VALUE)), by(0, watermark(Long.MAX_VALUE)));
        join(Kind.INNER).check(events, List.of("W(9)", "W(end)"));
        assertEquals(1, join(Kind.INNER).late(events));
    }

    @Test
    void when_aWindowHasManyPairs_then_itIsEmittedInSteps() throws Exception {
        List<Event> events = new ArrayList<>();
        LongStream.range(0, 100).forEach(i -> {
            events.add(by(0, row("a", i, 10L)));
            events.add(by(1, row("a", i, 10L)));
        });
        events.add(by(0, watermark(9)));
        events.add(by(1, watermark(9)));
        assertEquals(10_001, join(Kind.INNER).output(events).size());
        assertTrue(join(Kind.INNER).mostRowsInStep(events) <= Operator.STEP_ROWS);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void agreesWithJoiningAllPairs(Kind kind) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Event> events = new ArrayList<>(List.of(by(0, watermark(0)), by(1, watermark(0))));
            List<List<Object[]>> sides = List.of(new ArrayList<>(), new ArrayList<>());
            long[] watermarks = {0, 0};
            for (int i = 0; i < 200; i++) {
                int side = random.nextInt(2);
                if (random.nextInt(4) == 0) {
                    watermarks[side] += random.nextInt(8);
                    events.add(by(side, watermark(watermarks[side])));
                } else {
                    long end = 10 * (Math.min(watermarks[0], watermarks[1]) / 10 + random.nextInt(4));
                    Object[] row = {random.nextInt(6) == 0 ? null : "k" + random.nextInt(3), (long) i, end};
                    events.add(by(side, row(row)));
                    if (end - 1 > Math.min(watermarks[0], watermarks[1])) {
                        sides.get(side).add(row);
                    }
                }
            }
            events.add(by(0, watermark(Long.MAX_VALUE)));
            events.add(by(1, watermark(Long.MAX_VALUE)));
            assertEquals(Changelog.sorted(joined(sides.get(0), sides.get(1), kind)), Changelog.result(join(kind).output(events)), "seed " + seed);
            assertEquals(join(kind).output(events), join(kind).outputWithCrashes(events, true, seed), "seed " + seed);
            assertEquals(join(kind).output(events), join(kind).outputWithCrashes(events, false, seed), "seed " + seed);
        }
    }

    private static List<String> joined(List<Object[]> left, List<Object[]> right, Kind kind) {
        List<String> rows = new ArrayList<>();
        for (Object[] l : left) {
            boolean any = right.stream().anyMatch(r -> matches(l, r));
            if (kind == Kind.SEMI && any || kind == Kind.ANTI && !any) {
                rows.add(Changelog.text(l));
            } else if (kind != Kind.SEMI && kind != Kind.ANTI) {
                right.stream().filter(r -> matches(l, r)).forEach(r -> rows.add(Changelog.text(l[0], l[1], l[2], r[0], r[1], r[2])));
                if (!any && (kind == Kind.LEFT || kind == Kind.FULL)) {
                    rows.add(Changelog.text(l[0], l[1], l[2], null, null, null));
                }
            }
        }
        if (kind == Kind.RIGHT || kind == Kind.FULL) {
            right.stream().filter(r -> left.stream().noneMatch(l -> matches(l, r)))
                    .forEach(r -> rows.add(Changelog.text(null, null, null, r[0], r[1], r[2])));
        }
        return rows;
    }

    private static boolean matches(Object[] left, Object[] right) {
        return left[0] != null && left[0].equals(right[0]) && left[2].equals(right[2]);
    }
}
