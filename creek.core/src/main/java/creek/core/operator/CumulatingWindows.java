package creek.core.operator;

import java.time.ZoneId;

/** CUMULATE: windows with a common start that end step by step later, until the longest of them is full. */
public final class CumulatingWindows extends Windows {
    private final long maxSize;
    private final long offset;

    /** Parameters as for {@link Windows}; the longest window has {@code maxSize} milliseconds, a multiple of {@code step}. */
    public CumulatingWindows(int timeColumn, ZoneId zone, long maxSize, long step, long offset) {
        super(timeColumn, zone, step, offset);
        if (maxSize <= 0 || maxSize % step != 0) {
            throw new IllegalArgumentException("CUMULATE: the size, " + maxSize + " ms, is not a multiple of the step, " + step + " ms");
        }
        this.maxSize = maxSize;
        this.offset = offset;
    }

    @Override
    public Windows over(int newTimeColumn) {
        return new CumulatingWindows(newTimeColumn, zone(), maxSize, interval(), offset);
    }

    @Override
    public long windowStart(long windowEnd) {
        return floor(windowEnd - 1, maxSize, offset);
    }

    @Override
    public long lastWindowEnd(long sliceEnd) {
        return windowStart(sliceEnd) + maxSize;
    }

    @Override
    public String toString() {
        return "CUMULATE(" + interval() + " ms, " + maxSize + " ms)";
    }
}
