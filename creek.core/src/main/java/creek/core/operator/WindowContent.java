package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.StateFormException;
import java.util.function.IntUnaryOperator;

/**
 * Brings the groups of a window together from the slices that it is made of. For each window: {@link #prepare} until it is done,
 * {@link #next} until there is none, {@link #close}. Each call looks at a group or so, so that its caller can leave the loop a turn.
 */
abstract class WindowContent {
    /** Bounds of slices of which none has been merged. */
    static final long[] UNMERGED = {Long.MIN_VALUE, Long.MIN_VALUE};

    final SliceList slices;

    WindowContent(SliceList slices) {
        this.slices = slices;
    }

    /** The content for windows of that kind: what is merged and kept differs. */
    static WindowContent of(Windows windows, SliceList slices, Accumulator prototype, KeyTable keys) {
        long slice = windows.sliceEnd(0);
        boolean growing = windows.windowStart(slice) == windows.windowStart(windows.lastWindowEnd(slice));
        return growing ? new GrowingContent(slices)
                : prototype.isFixedSize() ? new SlidingContent(slices, prototype, keys) : new ScannedContent(slices, prototype);
    }

    /** Called after a slice was put in at a place between others. */
    void inserted(int place) throws Exception {
    }

    /** Whether the slice's rows have gone into others by now, so that what is new must be added by {@link #add}. */
    boolean isMerged(int place) {
        return false;
    }

    /** Adds a row to a slice that is merged. */
    void add(int place, int key, Row row) throws Exception {
        throw new IllegalStateException("slices are merged nowhere");
    }

    /** Goes on with merging what the window with that end needs; whether it is done. */
    abstract boolean prepare(long windowEnd) throws Exception;

    /** The number of the window's next group, or -1 if there is none. */
    abstract int next();

    /** What the group that {@link #next} gave has in the window; valid until the next call. */
    abstract Accumulator current() throws Exception;

    /** What belongs to several slices; null if there is no such thing. */
    Slice merged() {
        return null;
    }

    /** Writes how far slices have been merged. Called between two windows. */
    void write(BinaryWriter output) {
    }

    /** Goes on from there, with slices as they were. */
    void read(BinaryReader input) {
    }

    /**
     * Reads, of what {@link #write} wrote in another subtask, which slices had been merged.
     *
     * @return the ends of the last slice of the front and of the back; the lowest number for none
     */
    long[] readBounds(BinaryReader input) throws StateFormException {
        return UNMERGED;
    }

    /**
     * Goes on with slices that several subtasks have merged, each as far as it was.
     *
     * @param subtasks which of them had a key
     * @param bounds   of each of them
     */
    void unite(IntUnaryOperator subtasks, long[][] bounds) throws Exception {
    }

    /** Lets go of what no later window needs. */
    void close(long windowEnd) throws Exception {
        slices.close(windowEnd);
    }
}
