package creek.core.internal.state;

/** The last row of a key, where it lies: one of {@link LastRows}, good until the next is asked for. */
public final class LastRow {
    byte[] bytes;
    int offset;
    int length;
    long time;

    /** Its event time, where that is kept. */
    public long time() {
        return time;
    }
}
