package creek.core.operator;

/**
 * Windows with a common start, each of which has all that the one before it has (CUMULATE), or that have one slice (TUMBLE): slices are merged
 * into the first for good.
 */
final class GrowingContent extends WindowContent {
    /** Place in the slice that is being merged. */
    private int merged;
    private int place;

    GrowingContent(SliceList slices) {
        super(slices);
    }

    @Override
    boolean prepare(long windowEnd) throws Exception {
        if (slices.partsOf(windowEnd) == 1) {
            return true;
        }
        Slice next = slices.get(1);
        if (merged < next.size()) {
            next.mergeInto(slices.get(0), merged++);
        } else {
            merged = 0;
            slices.remove(1);
        }
        return false;
    }

    @Override
    int next() {
        return place < slices.get(0).size() ? slices.get(0).key(place++) : -1;
    }

    @Override
    Accumulator current() {
        return slices.get(0).get(slices.get(0).key(place - 1));
    }

    @Override
    void close(long windowEnd) throws Exception {
        place = 0;
        super.close(windowEnd);
    }
}
