package creek.core.operator;

import java.time.ZoneId;

/**
 * Windows of a fixed length by time, cut into slices: a row belongs to one slice, a slice to one window or several, and each slice ends where
 * some window ends. Times here are milliseconds of the time attribute's own calendar: for TIMESTAMP_LTZ those that the clocks of the
 * session's zone show. Immutable.
 *
 * <p>A new kind of window is a subclass that says how slices and windows lie.
 */
public abstract class Windows {
    /** In place of a time column: rows belong to the time at which they come. */
    public static final int PROCESSING_TIME = -1;

    private final int timeColumn;
    private final ZoneId zone;
    private final long interval;
    private final long offset;

    /**
     * @param timeColumn place of the time attribute in the rows, or {@link #PROCESSING_TIME}
     * @param zone       the session's zone for a TIMESTAMP_LTZ attribute and for processing time; null for a TIMESTAMP
     * @param interval   from the end of a slice to the end of the next, milliseconds
     * @param offset     how far ends are off the multiples of the interval, milliseconds
     */
    protected Windows(int timeColumn, ZoneId zone, long interval, long offset) {
        if (interval <= 0) {
            throw new IllegalArgumentException("a window must be longer than " + interval + " ms");
        }
        this.timeColumn = timeColumn;
        this.zone = zone;
        this.interval = interval;
        this.offset = offset;
    }

    public final int timeColumn() {
        return timeColumn;
    }

    public final boolean isEventTime() {
        return timeColumn != PROCESSING_TIME;
    }

    /** The zone whose clocks windows go by, or null. */
    public final ZoneId zone() {
        return zone;
    }

    /** How windows lie, as text: another one whenever the same times may belong to other windows. */
    final String form() {
        return this + (offset == 0 ? "" : " from " + offset + " ms") + (zone == null ? "" : " in " + zone);
    }

    /** From the end of a slice to the end of the next. */
    public final long interval() {
        return interval;
    }

    /** How far ends are off the multiples of the interval. */
    public final long offset() {
        return offset;
    }

    /**
     * The same windows over rows that have their time in another column.
     *
     * @throws UnsupportedOperationException of windows {@linkplain #isAttached attached} to rows
     */
    public Windows over(int newTimeColumn) {
        throw new UnsupportedOperationException(this + " are attached to rows");
    }

    /** Whether the time column is the end of a row's window, rather than a time in it. */
    public boolean isAttached() {
        return false;
    }

    /** Whether each slice ends where a window ends; only then are there slices. */
    public boolean isSliced() {
        return true;
    }

    /** The end, exclusive, of the last window that contains a time. Those before it end an {@link #interval} earlier each. */
    public long lastWindowEndOf(long time) {
        return lastWindowEnd(sliceEnd(time));
    }

    /** The end, exclusive, of the slice that a time belongs to. */
    public long sliceEnd(long time) {
        return floor(time, interval, offset) + interval;
    }

    /** The start of the window with that end. */
    public abstract long windowStart(long windowEnd);

    /** The end of the last window that contains the slice with that end; the first one ends with the slice. */
    public abstract long lastWindowEnd(long sliceEnd);

    /** The highest multiple of {@code step}, moved by {@code offset}, that is not after the time. */
    protected static long floor(long time, long step, long offset) {
        return time - Math.floorMod(time - offset, step);
    }
}
