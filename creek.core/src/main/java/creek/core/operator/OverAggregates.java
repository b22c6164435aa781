package creek.core.operator;

/**
 * The aggregates of an OVER window. In a bounded one those that take rows back do so, and have the sums that Flink has; others are merged from
 * parts. In an unbounded one no row leaves, and all are in one accumulator.
 *
 * @param retracting of the aggregates whose results come first, which take rows back; null if there are none
 * @param retracted  the number of their results
 * @param merging    of the other aggregates; null if there are none
 * @param merged     the number of their results
 */
public record OverAggregates(Accumulator retracting, int retracted, Accumulator merging, int merged) {
    /** @throws IllegalArgumentException if there are no aggregates */
    public OverAggregates {
        if (retracting == null && merging == null) {
            throw new IllegalArgumentException("no aggregates");
        }
    }

    /** The number of results. */
    public int results() {
        return retracted + merged;
    }
}
