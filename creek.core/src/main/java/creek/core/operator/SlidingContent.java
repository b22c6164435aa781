package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.StateFormException;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/**
 * Windows that slices enter one by one and leave one by one (HOP): a queue made of two stacks, so that a window costs the same however many
 * slices it has.
 *
 * <p>The older slices are the front: each holds, besides its own groups, those of all later slices of the front, so that the first has
 * everything and dropping it is enough. The newer ones are the back: they keep what is theirs, and one more has all of them together. When the
 * front is used up, the back becomes the front. A window is the first slice and the back together.
 */
final class SlidingContent extends WindowContent {
    private final Accumulator prototype;
    /** All groups of the back. */
    private final Slice newer;
    /** Number of slices in front and back; those behind them are not merged yet. */
    private int front;
    private int back;
    /** The slice of the front that goes into the one before it next; 0 if all have. */
    private int turning;
    private int merged;
    /** Place in the first slice, then in the back. */
    private int place;
    private int group;
    private Accumulator both;

    SlidingContent(SliceList slices, Accumulator prototype, KeyTable keys) {
        super(slices);
        this.prototype = Objects.requireNonNull(prototype, "prototype");
        newer = new Slice(prototype, keys);
    }

    /** A slice of the front has what those behind it have. */
    @Override
    void inserted(int at) throws Exception {
        if (at < front) {
            front++;
            Slice later = slices.get(at + 1);
            for (int i = 0; i < later.size(); i++) {
                later.mergeInto(slices.get(at), i);
            }
        } else if (at < front + back) {
            back++;
        }
    }

    @Override
    boolean isMerged(int at) {
        return at < front + back;
    }

    @Override
    void add(int at, int key, Row row) throws Exception {
        if (at < front) {
            for (int i = 0; i <= at; i++) {
                slices.get(i).add(key, row);
            }
        } else {
            slices.get(at).add(key, row);
            newer.add(key, row);
        }
    }

    @Override
    boolean prepare(long windowEnd) throws Exception {
        if (front == 0) {
            front = slices.partsOf(windowEnd);
            turning = front - 1;
        }
        if (turning > 0) {
            Slice from = slices.get(turning);
            if (merged < from.size()) {
                from.mergeInto(slices.get(turning - 1), merged++);
            } else {
                merged = 0;
                turning--;
            }
            return false;
        }
        if (front + back == slices.partsOf(windowEnd)) {
            return true;
        }
        Slice from = slices.get(front + back);
        if (merged < from.size()) {
            from.mergeInto(newer, merged++);
        } else {
            merged = 0;
            back++;
        }
        return false;
    }

    @Override
    int next() {
        Slice first = slices.get(0);
        if (place < first.size()) {
            group = first.key(place++);
            return group;
        }
        while (place - first.size() < newer.size()) {
            group = newer.key(place++ - first.size());
            if (!first.has(group)) {
                return group;
            }
        }
        return -1;
    }

    @Override
    Accumulator current() throws Exception {
        Slice first = slices.get(0);
        if (!first.has(group)) {
            return newer.get(group);
        }
        if (!newer.has(group)) {
            return first.get(group);
        }
        if (both == null || !both.reset()) {
            both = prototype.newInstance();
        }
        // the newer first, as Flink adds up slices
        both.merge(newer.get(group));
        both.merge(first.get(group));
        return both;
    }

    @Override
    Slice merged() {
        return newer;
    }

    @Override
    void write(BinaryWriter output) {
        output.writeInt(front);
        output.writeInt(back);
        output.writeLong(front == 0 ? Long.MIN_VALUE : slices.end(front - 1));
        output.writeLong(front + back == 0 ? Long.MIN_VALUE : slices.end(front + back - 1));
    }

    @Override
    void read(BinaryReader input) {
        front = input.readInt();
        back = input.readInt();
    }

    @Override
    long[] readBounds(BinaryReader input) throws StateFormException {
        int places = input.readInt() + input.readInt();
        if (input.remaining() == 0 && places > 0) {
            throw new StateFormException("the state of overlapping windows is that of an earlier version, with which a job can't be divided anew: have it take"
                    + " a checkpoint with as many subtasks as before ('parallelism.default')");
        }
        return input.remaining() == 0 ? super.readBounds(input) : new long[] {input.readLong(), input.readLong()};
    }

    /**
     * Makes the front of all that was merged anywhere: each slice of it gets what later ones have, of those keys for which it did not have that yet. A slice
     * that was not there in a key's subtask has what the next one has.
     */
    @Override
    void unite(IntUnaryOperator subtasks, long[][] bounds) throws Exception {
        long last = Long.MIN_VALUE;
        int[] fronts = new int[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            last = Math.max(last, bounds[i][1]);
            fronts[i] = slices.partsOf(bounds[i][0]);
        }
        front = slices.partsOf(last);
        for (int at = front - 2; at >= 0; at--) {
            Slice slice = slices.get(at);
            Slice later = slices.get(at + 1);
            for (int i = 0; i < later.size(); i++) {
                int key = later.key(i);
                int keysFront = fronts[subtasks.applyAsInt(key)];
                if (at >= keysFront || !slice.has(key)) {
                    later.mergeInto(slice, i);
                } else if (keysFront < front && slices.get(keysFront).has(key)) {
                    slice.getOrAdd(key).merge(slices.get(keysFront).get(key));
                }
            }
        }
        back = 0;
        slices.clear(SliceTable.MERGED, newer);
    }

    @Override
    void close(long windowEnd) throws Exception {
        place = 0;
        front -= slices.close(windowEnd);
        if (front == 0) {
            slices.clear(SliceTable.MERGED, newer);
            back = 0;
        }
    }
}
