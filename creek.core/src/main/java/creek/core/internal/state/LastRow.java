package creek.core.internal.state;

/** The last row of a key, where it lies: one of {@link LastRows}, good until the next is asked for. */
public final class LastRow {
    byte[] bytes;
    int offset;
    int length;
    long time;

    /** The array that the serialized row lies in. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in it the row begins. */
    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** Its event time, where that is kept. */
    public long time() {
        return time;
    }
}
