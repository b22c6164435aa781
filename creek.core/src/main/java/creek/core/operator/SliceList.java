package creek.core.operator;

import creek.core.internal.state.Changes;
import creek.core.internal.state.Epochs;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/** The slices that hold rows, in order of their ends, each with its groups and with the next window that it is part of. */
final class SliceList {
    private static final int MAX_SPARES = 2;
    /** Subtasks of a parallel job that share a file are some windows apart, which are all open until then. */
    private static final int MAX_SMALL_SPARES = 16;

    private final Windows windows;
    private final Accumulator prototype;
    private final KeyTable keys;
    private long[] ends = new long[8];
    private long[] nextWindows = new long[8];
    private Slice[] slices = new Slice[8];
    private int size;
    /** For the next slices, so that windows in sequence need no new ones. Two, since one may close before the next opens or after. */
    private final ArrayDeque<Slice> spares = new ArrayDeque<>();
    /** Null if no checkpoint takes the slices. */
    private Epochs epochs;
    private ClosedSlices closed;
    /** Brings back slices that left memory, which are null. */
    private SliceTable table;

    SliceList(Windows windows, Accumulator prototype, KeyTable keys) {
        this.windows = windows;
        this.prototype = prototype;
        this.keys = keys;
    }

    /** Has changes of slices marked, for checkpoints. */
    void track(SliceTable newTable, Epochs newEpochs) {
        table = newTable;
        epochs = newEpochs;
        closed = new ClosedSlices(keys, newEpochs);
    }

    boolean isEmpty() {
        return size == 0;
    }

    Slice get(int index) {
        Slice slice = slices[index];
        if (slice == null) {
            slice = newSlice();
            slices[index] = slice;
            table.read(ends[index], slice);
        }
        return slice;
    }

    /** Number of groups of the slices that may leave memory. */
    long groupsAtRest() {
        long groups = 0;
        for (int i = 0; i < size; i++) {
            groups += isAtRest(slices[i]) ? slices[i].size() : 0;
        }
        return groups;
    }

    int size() {
        return size;
    }

    /** The end of the slice at a place. */
    long end(int place) {
        return ends[place];
    }

    /** Computes anew of which window each slice is part next. */
    void planWindows(LongUnaryOperator nextWindow) {
        for (int i = 0; i < size; i++) {
            nextWindows[i] = nextWindow.applyAsLong(ends[i]);
        }
    }

    private boolean isAtRest(Slice slice) {
        return slice != null && slice.isAtRest(epochs.completed());
    }

    /** Lets slices leave memory that rest, those first that are needed last, until so many groups have gone; how many that were. */
    long evict(long groups) {
        long gone = 0;
        for (int i = size - 1; i >= 0 && gone < groups; i--) {
            Slice slice = slices[i];
            if (isAtRest(slice)) {
                gone += slice.size();
                slice.clear();
                slices[i] = null;
            }
        }
        return gone;
    }

    /** The end of the next window that is not empty. As slices lie in order, it is that of the first slice. */
    long nextWindow() {
        return nextWindows[0];
    }

    /** Place of the slice with that end, or {@code -(place) - 1} of where it would be. */
    int find(long end) {
        return size > 0 && ends[size - 1] == end ? size - 1 : Arrays.binarySearch(ends, 0, size, end);
    }

    /** Adds an empty slice at a place. */
    Slice insert(int place, long end, long nextWindow) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            nextWindows = Arrays.copyOf(nextWindows, 2 * size);
            slices = Arrays.copyOf(slices, 2 * size);
        }
        System.arraycopy(ends, place, ends, place + 1, size - place);
        System.arraycopy(nextWindows, place, nextWindows, place + 1, size - place);
        System.arraycopy(slices, place, slices, place + 1, size - place);
        ends[place] = end;
        nextWindows[place] = nextWindow;
        slices[place] = spares.isEmpty() ? newSlice() : spares.pop();
        size++;
        return slices[place];
    }

    private Slice newSlice() {
        Slice slice = new Slice(prototype, keys);
        if (epochs != null) {
            slice.track(epochs);
        }
        return slice;
    }

    /** Number of slices that are part of the window with that end: all that end no later, since those that are not needed are gone. */
    int partsOf(long windowEnd) {
        int count = 0;
        while (count < size && ends[count] <= windowEnd) {
            count++;
        }
        return count;
    }

    /** Lets go of the slices that are part of no later window than that, which are the first; their number. */
    int close(long windowEnd) {
        int parts = partsOf(windowEnd);
        int gone = 0;
        for (int i = 0; i < parts; i++) {
            if (windows.lastWindowEnd(ends[i]) <= windowEnd) {
                gone++;
                release(i);
            } else {
                nextWindows[i] = windowEnd + windows.interval();
            }
        }
        delete(0, gone);
        return gone;
    }

    /** Lets go of one slice. */
    void remove(int place) {
        release(place);
        delete(place, 1);
    }

    private void release(int place) {
        Slice slice = get(place);
        if (clear(ends[place], slice) && spares.size() < (slice.isSmall() ? MAX_SMALL_SPARES : MAX_SPARES)) {
            spares.push(slice);
        }
    }

    /** Makes a slice empty and remembers for the store that it is; false if it is so large that it is better dropped. */
    boolean clear(long end, Slice slice) {
        if (closed != null) {
            closed.add(end, slice);
        }
        return slice.clear();
    }

    /** Writes what changed since the last complete checkpoint. */
    void write(Changes changes, Slice merged) {
        closed.write(changes, this, merged);
        for (int i = 0; i < size; i++) {
            if (slices[i] != null) {
                slices[i].write(ends[i], changes, table);
            }
        }
    }

    private void delete(int place, int count) {
        if (count > 0) {
            int rest = size - place - count;
            System.arraycopy(ends, place + count, ends, place, rest);
            System.arraycopy(nextWindows, place + count, nextWindows, place, rest);
            System.arraycopy(slices, place + count, slices, place, rest);
            Arrays.fill(slices, size - count, size, null);
            size -= count;
        }
    }
}
