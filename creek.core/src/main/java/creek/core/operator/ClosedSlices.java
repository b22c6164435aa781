package creek.core.operator;

import creek.core.internal.state.Changes;
import creek.core.internal.state.Epochs;
import java.util.ArrayDeque;

/** Slices that are gone and that the store may still have: of each its end and its keys, until a complete checkpoint is without them. */
final class ClosedSlices {
    private record Closed(long end, int[] keys, int epoch) {
    }

    private final KeyTable keys;
    private final Epochs epochs;
    private final ArrayDeque<Closed> closed = new ArrayDeque<>();

    ClosedSlices(KeyTable keys, Epochs epochs) {
        this.keys = keys;
        this.epochs = epochs;
    }

    /** Called with a slice that is about to be emptied. */
    void add(long end, Slice slice) {
        int[] stored = slice.useStored();
        if (stored != null) {
            closed.add(new Closed(end, stored, epochs.current()));
        }
    }

    /** Removes from the store what it need not have. */
    void write(Changes changes, SliceList slices, Slice merged) {
        while (!closed.isEmpty() && changes.isCompleted(closed.element().epoch)) {
            for (int key : closed.remove().keys) {
                keys.release(key);
            }
        }
        for (Closed each : closed) {
            // a slice may have opened again: a key that it has will be written, and no key may be removed and put in one checkpoint
            int place = slices.find(each.end);
            Slice open = each.end == SliceTable.MERGED ? merged : place < 0 ? null : slices.get(place);
            for (int key : each.keys) {
                if (open == null || !open.has(key)) {
                    SliceTable.beginEntry(each.end, keys, key, changes);
                    changes.remove();
                }
            }
        }
    }
}
