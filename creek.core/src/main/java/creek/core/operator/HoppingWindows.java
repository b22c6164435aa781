package creek.core.operator;

import java.time.ZoneId;

/** HOP: windows of one length that start every so often and overlap. */
public final class HoppingWindows extends Windows {
    private final long size;

    /** Parameters as for {@link Windows}; a window of {@code size} milliseconds, a multiple of {@code slide}, starts every {@code slide}. */
    public HoppingWindows(int timeColumn, ZoneId zone, long size, long slide, long offset) {
        super(timeColumn, zone, slide, offset);
        if (size <= 0 || size % slide != 0) {
            throw new IllegalArgumentException("HOP: the size, " + size + " ms, is not a multiple of the slide, " + slide + " ms");
        }
        this.size = size;
    }

    @Override
    public long windowStart(long windowEnd) {
        return windowEnd - size;
    }

    @Override
    public long lastWindowEnd(long sliceEnd) {
        return sliceEnd - interval() + size;
    }

    @Override
    public String toString() {
        return "HOP(" + interval() + " ms, " + size + " ms)";
    }
}
