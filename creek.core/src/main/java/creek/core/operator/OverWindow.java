package creek.core.operator;

/**
 * Which rows of its partition an OVER aggregate sees from a row: always up to that row, which in RANGE windows includes those of the same
 * time.
 *
 * @param rows      whether it counts rows (ROWS) or time (RANGE)
 * @param preceding how many rows, or milliseconds, before the current one; {@link #UNBOUNDED} for all
 */
public record OverWindow(boolean rows, long preceding) {
    /** All rows before the current one. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    /** @throws IllegalArgumentException if {@code preceding} is negative */
    public OverWindow {
        if (preceding < 0) {
            throw new IllegalArgumentException("preceding must not be negative: " + preceding);
        }
    }

    public boolean isBounded() {
        return preceding != UNBOUNDED;
    }
}
