package creek.core.operator;

import java.time.ZoneId;

/** TUMBLE: windows side by side. */
public final class TumblingWindows extends Windows {
    /** Parameters as for {@link Windows}; {@code size} is the windows' length in milliseconds. */
    public TumblingWindows(int timeColumn, ZoneId zone, long size, long offset) {
        super(timeColumn, zone, size, offset);
    }

    @Override
    public Windows over(int newTimeColumn) {
        return new TumblingWindows(newTimeColumn, zone(), interval(), offset());
    }

    @Override
    public long windowStart(long windowEnd) {
        return windowEnd - interval();
    }

    @Override
    public long lastWindowEnd(long sliceEnd) {
        return sliceEnd;
    }

    @Override
    public String toString() {
        return "TUMBLE(" + interval() + " ms)";
    }
}
