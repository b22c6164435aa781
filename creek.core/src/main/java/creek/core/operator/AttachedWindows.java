package creek.core.operator;

/** Windows that rows are in already: each row has its {@code window_end} and is in that window only. */
public final class AttachedWindows extends Windows {
    private final Windows windows;

    /** @param windows how the windows lie, over TIMESTAMPs; its time column is the place of {@code window_end} */
    public AttachedWindows(Windows windows) {
        super(windows.timeColumn(), windows.zone(), windows.interval(), 0);
        this.windows = windows;
    }

    @Override
    public long sliceEnd(long windowEnd) {
        return windowEnd;
    }

    @Override
    public long windowStart(long windowEnd) {
        return windows.windowStart(windowEnd);
    }

    @Override
    public long lastWindowEnd(long sliceEnd) {
        return sliceEnd;
    }

    @Override
    public String toString() {
        return "attached " + windows;
    }
}
