package creek.core.operator;

/**
 * When the results of a window are emitted besides the moment at which it ends. Delays are of processing time, in milliseconds: 0 is with every
 * row, {@link #NEVER} not at all.
 *
 * @param earlyDelay      how often before the window has ended
 * @param lateDelay       how often after it has ended
 * @param allowedLateness for how long after its end, in event time, a window takes rows
 */
public record WindowEmitStrategy(long earlyDelay, long lateDelay, long allowedLateness) {
    /** In place of a delay. */
    public static final long NEVER = -1;
    /** Windows emit when they end, and that is all. */
    public static final WindowEmitStrategy AT_END = new WindowEmitStrategy(NEVER, NEVER, 0);

    public WindowEmitStrategy {
        if (earlyDelay < NEVER || lateDelay < NEVER || allowedLateness < 0) {
            throw new IllegalArgumentException("delays and lateness are no negative times: " + earlyDelay + ", " + lateDelay + ", " + allowedLateness);
        }
    }

    /** Whether a window's results can come more than once. */
    public boolean producesUpdates() {
        return earlyDelay != NEVER || lateDelay != NEVER;
    }
}
