package creek.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.RowKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random changelogs, and what is left after one. */
final class Changelog {
    private final Random random;
    private final boolean retracting;
    private final List<Object[]> rows = new ArrayList<>();

    Changelog(Random random, boolean retracting) {
        this.random = random;
        this.retracting = retracting;
    }

    /** The next change: of few keys and few values, so that rows meet and are equal; some are null. */
    OperatorHarness.Event next() {
        if (retracting && !rows.isEmpty() && random.nextInt(5) < 2) {
            RowKind kind = random.nextBoolean() ? RowKind.DELETE : RowKind.UPDATE_BEFORE;
            return OperatorHarness.change(kind, rows.remove(random.nextInt(rows.size())));
        }
        Object[] row = {random.nextInt(8) == 0 ? null : "k" + random.nextInt(3), random.nextInt(8) == 0 ? null : (Long) (long) random.nextInt(random.nextBoolean() ? 4 : 100)};
        rows.add(row);
        return OperatorHarness.change(random.nextBoolean() ? RowKind.INSERT : RowKind.UPDATE_AFTER, row);
    }

    /** The rows there are now. */
    List<Object[]> rows() {
        return rows;
    }

    /** The rows left after a changelog in the harness's text form, sorted; none may be taken back that was not there. */
    static List<String> result(List<String> changes) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String change : changes) {
            if (change.startsWith("W(")) {
                continue;
            }
            int count = counts.merge(change.substring(2), change.startsWith("-") ? -1 : 1, Integer::sum);
            assertTrue(count >= 0, () -> change + " in " + changes);
        }
        List<String> left = new ArrayList<>();
        counts.forEach((row, count) -> left.addAll(Collections.nCopies(count, row)));
        return left;
    }

    /**
     * The rows left after a changelog without {@code -U} rows, of which each replaces the one with the same key, sorted.
     *
     * @param key the places of the key's columns
     */
    static List<String> upsertResult(List<String> changes, int... key) {
        Map<String, String> rows = new TreeMap<>();
        for (String change : changes) {
            assertFalse(change.startsWith("-U"), () -> change + " in " + changes);
            String[] values = change.substring(3, change.length() - 1).split(", ");
            String rowKey = Arrays.stream(key).mapToObj(place -> values[place]).toList().toString();
            if (change.startsWith("-D")) {
                assertNotNull(rows.remove(rowKey), () -> change + " in " + changes);
            } else {
                boolean known = rows.put(rowKey, change.substring(2)) != null;
                assertEquals(change.startsWith("+U"), known, () -> change + " in " + changes);
            }
        }
        return sorted(List.copyOf(rows.values()));
    }

    /** A row in the harness's text form. */
    static String text(Object... values) {
        return Arrays.toString(values);
    }

    /** Sorted. */
    static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }
}
