package creek.bench;

import java.util.Arrays;

/** Gaps, as seen at the sink and as the engine tells of them. */
final class Figures {
    private final long[] seen;
    private final long[] told;
    private int count;

    Figures(int most) {
        seen = new long[most];
        told = new long[most];
    }

    void add(long gap, long ofEngine) {
        seen[count] = gap;
        told[count++] = ofEngine;
    }

    void print(String what) {
        System.out.printf("%-52s %s %7.2f | %s   (%d times)%n", what, of(seen), seen[0] / 1e6, of(told), count);
    }

    private static String of(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format("%7.2f %7.2f %7.2f", sorted[sorted.length / 2] / 1e6, sorted[(int) Math.ceil(0.99 * sorted.length) - 1] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }
}
