package creek.core.operator;

import java.util.Objects;

/** Windows that slices enter and leave one by one, with aggregates too large to be kept merged: slices are merged for each window anew. */
final class ScannedContent extends WindowContent {
    private final Accumulator prototype;
    private int parts;
    /** The slice at hand, and the place in it. */
    private int slice;
    private int place;
    private int group;
    private Accumulator all;

    ScannedContent(SliceList slices, Accumulator prototype) {
        super(slices);
        this.prototype = Objects.requireNonNull(prototype, "prototype");
    }

    @Override
    boolean prepare(long windowEnd) {
        parts = slices.partsOf(windowEnd);
        return true;
    }

    @Override
    int next() {
        for (; slice < parts; slice++) {
            while (place < slices.get(slice).size()) {
                group = slices.get(slice).key(place++);
                if (isFirst()) {
                    return group;
                }
            }
            place = 0;
        }
        return -1;
    }

    /** Whether no earlier slice has the group. */
    private boolean isFirst() {
        for (int i = 0; i < slice; i++) {
            if (slices.get(i).has(group)) {
                return false;
            }
        }
        return true;
    }

    /** The newest first: so the values of a list stand in the order that Flink gives them. */
    @Override
    Accumulator current() throws Exception {
        if (all == null || !all.reset()) {
            all = prototype.newInstance();
        }
        for (int i = parts - 1; i >= slice; i--) {
            if (slices.get(i).has(group)) {
                all.merge(slices.get(i).get(group));
            }
        }
        return all;
    }

    @Override
    void close(long windowEnd) throws Exception {
        slice = 0;
        place = 0;
        super.close(windowEnd);
    }
}
