package creek.core.operator;

/** Windows that an earlier step put rows into: rows have the end of theirs as a column, in local time, and belong to that window alone. */
public final class AttachedWindows extends Windows {
    private final Windows earlier;

    /** @param earlier the windows as they lie; their time column is the one with the window's end */
    public AttachedWindows(Windows earlier) {
        super(earlier.timeColumn(), earlier.zone(), earlier.interval(), earlier.offset());
        this.earlier = earlier;
    }

    @Override
    public boolean isAttached() {
        return true;
    }

    /** @param time the last millisecond of the row's window */
    @Override
    public long sliceEnd(long time) {
        return time + 1;
    }

    @Override
    public long windowStart(long windowEnd) {
        return earlier.windowStart(windowEnd);
    }

    @Override
    public long lastWindowEnd(long sliceEnd) {
        return sliceEnd;
    }

    @Override
    public String toString() {
        return "attached " + earlier;
    }
}
