package creek.core.operator;

import java.time.ZoneId;

/** HOP: windows of one length that start every so often and overlap. */
public final class HoppingWindows extends Windows {
    private final long size;

    /** Parameters as for {@link Windows}; a window of {@code size} milliseconds starts every {@code slide}. */
    public HoppingWindows(int timeColumn, ZoneId zone, long size, long slide, long offset) {
        super(timeColumn, zone, slide, offset);
        if (size <= 0) {
            throw new IllegalArgumentException("HOP: the size must be longer than " + size + " ms");
        }
        this.size = size;
    }

    /** Only where the size is a multiple of the slide. */
    @Override
    public boolean isSliced() {
        return size % interval() == 0;
    }

    /** Where the slide is longer than the size, the window may end before the time: then none contains it. */
    @Override
    public long lastWindowEndOf(long time) {
        return floor(time, interval(), offset()) + size;
    }

    @Override
    public Windows over(int newTimeColumn) {
        return new HoppingWindows(newTimeColumn, zone(), size, interval(), offset());
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
