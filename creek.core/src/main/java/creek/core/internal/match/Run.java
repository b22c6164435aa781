package creek.core.internal.match;

import creek.core.operator.Accumulator;

/** A match that has begun: the state that it has reached and the rows up to there. Pooled by {@link SharedBuffer}. */
final class Run {
    /** The number that the run has which waits for a match to begin: it comes after all others. */
    static final long START = Long.MAX_VALUE;

    PatternState state;
    /** The last row's entry; null before the first row. */
    Entry last;
    /** The number of the first row. */
    long startNumber;
    /** The time of the first row. */
    long startTime;
    /** The aggregates that conditions look at, over the rows so far; empty before the first row. */
    final Accumulator[] aggregates;

    Run(int aggregates) {
        this.aggregates = new Accumulator[aggregates];
    }

    boolean isStart() {
        return startNumber == START;
    }
}
