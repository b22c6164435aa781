package creek.core.operator;

import static creek.core.operator.OperatorHarness.row;
import static creek.core.operator.OperatorHarness.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.operator.OperatorHarness.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rows are (key, value, window_end). */
class WindowTopNOperatorTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final Schema INPUT = KEY.with("v", DataType.bigint()).with("window_end", DataType.timestamp(3));
    private static final Schema RANKED = INPUT.with("rn", DataType.bigint());

    private static OperatorHarness top(int first, int last, boolean withRank) {
        return new OperatorHarness(() -> new WindowTopNOperator(2, null, new KeySelector(new int[] {0}, KEY),
                new SortKey(INPUT).by(1, false, false), first, last, withRank, false, INPUT), withRank ? RANKED : INPUT);
    }

    @Test
    void when_watermarkReachesLastMillisecond_then_bestRowsOfEachPartitionAreEmitted() throws Exception {
        top(1, 2, true).check(
                List.of(row("a", 1, 10L), row("a", 5, 10L), row("b", 3, 10L), row("a", 3, 10L), row("a", 9, 20L), watermark(8), watermark(9),
                        watermark(Long.MAX_VALUE)),
                List.of("W(8)", "+I[a, 5, 10, 1]", "+I[a, 3, 10, 2]", "+I[b, 3, 10, 1]", "W(9)", "+I[a, 9, 20, 1]", "W(end)"));
    }

    @Test
    void nullIsLastOfDescendingOrderAndRanksMayStartLater() throws Exception {
        top(2, 3, false).check(List.of(row("a", null, 10L), row("a", 5, 10L), row("a", 7, 10L), watermark(9)),
                List.of("+I[a, 5, 10]", "+I[a, null, 10]", "W(9)"));
    }

    @Test
    void when_windowHasBeenEmitted_then_rowIsDroppedAndCounted() throws Exception {
        List<Event> events = List.of(row("a", 1, 10L), watermark(9), row("a", 5, 10L), watermark(19));
        top(1, 1, false).check(events, List.of("+I[a, 1, 10]", "W(9)", "W(19)"));
        assertEquals(1, top(1, 1, false).late(events));
    }

    @Test
    void agreesWithSortingAllRows() throws Exception {
        Random random = new Random(5);
        for (int last = 1; last < 6; last++) {
            List<Event> events = new ArrayList<>();
            TreeMap<Long, Map<String, List<Integer>>> rows = new TreeMap<>();
            for (int i = 0; i < 300; i++) {
                String key = "k" + random.nextInt(3);
                int value = random.nextInt(50);
                long end = 10L * (1 + random.nextInt(4));
                events.add(row(key, value, end));
                rows.computeIfAbsent(end, any -> new LinkedHashMap<>()).computeIfAbsent(key, any -> new ArrayList<>()).add(value);
            }
            events.add(watermark(Long.MAX_VALUE));
            List<String> expected = new ArrayList<>();
            for (var window : rows.entrySet()) {
                for (var partition : window.getValue().entrySet()) {
                    List<Integer> values = partition.getValue();
                    values.sort(Comparator.reverseOrder());
                    for (int rank = 1; rank <= Math.min(last, values.size()); rank++) {
                        expected.add("+I[" + partition.getKey() + ", " + values.get(rank - 1) + ", " + window.getKey() + ", " + rank + "]");
                    }
                }
            }
            expected.add("W(end)");
            top(1, last, true).check(events, expected);
            assertEquals(expected, top(1, last, true).outputWithCrashes(events, true, random.nextLong()));
        }
    }

    /** Deduplication: of each window and key the first or the last row by time, of equal times the one that came first, or last; late rows not at all. */
    @Test
    void agreesWithKeepingTheLastOrTheFirstRow() throws Exception {
        for (int seed = 0; seed < 40; seed++) {
            boolean last = seed % 2 == 0;
            OperatorHarness deduplicate = new OperatorHarness(() -> new WindowTopNOperator(2, null, new KeySelector(new int[] {0}, KEY),
                    new SortKey(INPUT).by(1, !last, true), 1, 1, false, last, INPUT.with("id", DataType.bigint())), INPUT.with("id", DataType.bigint()));
            Random random = new Random(seed);
            List<Event> events = new ArrayList<>(List.of(watermark(0)));
            TreeMap<Long, Map<String, long[]>> kept = new TreeMap<>();
            long watermark = 0;
            long late = 0;
            for (int i = 0; i < 300; i++) {
                if (random.nextInt(10) == 0) {
                    watermark += random.nextInt(9);
                    events.add(watermark(watermark));
                    continue;
                }
                String key = "k" + random.nextInt(3);
                long time = random.nextInt(8);
                long end = 10 * (watermark / 10 + random.nextInt(3));
                events.add(row(key, time, end, (long) i));
                if (end - 1 <= watermark) {
                    late++;
                } else {
                    long[] row = {time, i};
                    kept.computeIfAbsent(end, any -> new LinkedHashMap<>())
                            .merge(key, row, (old, now) -> last ? now[0] >= old[0] ? now : old : now[0] < old[0] ? now : old);
                }
            }
            events.add(watermark(Long.MAX_VALUE));
            List<String> expected = new ArrayList<>();
            kept.forEach((end, keys) -> keys.forEach((key, row) -> expected.add("+I[" + key + ", " + row[0] + ", " + end + ", " + row[1] + "]")));
            assertEquals(expected, deduplicate.output(events).stream().filter(line -> line.startsWith("+")).toList(), "seed " + seed);
            assertEquals(late, deduplicate.late(events));
            assertEquals(deduplicate.output(events), deduplicate.outputWithCrashes(events, true, seed), "seed " + seed);
            assertEquals(deduplicate.output(events), deduplicate.outputWithCrashes(events, false, seed), "seed " + seed);
        }
    }
}
