package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.Changes;
import creek.core.internal.state.Epochs;
import java.util.Arrays;

/** A slice's groups: an accumulator for each key that it has rows of, by the key's number in the {@link KeyTable}. */
final class Slice {
    /** A slice that grew beyond that is not worth keeping for another use. */
    private static final int MAX_KEPT = 1 << 16;
    private static final int SMALL = 1 << 12;

    private final Accumulator prototype;
    /** The prototype, if rows are parts of aggregates; otherwise null. */
    private final PartialAccumulator parts;
    private final KeyTable keys;
    /** By key; null for those that the slice does not have. */
    private Accumulator[] accumulators = new Accumulator[16];
    /** The keys that it has, in order of their arrival. */
    private int[] members = new int[16];
    private int size;
    /** Accumulators of earlier uses. */
    private Accumulator[] spares = {};
    private int spareCount;

    /** Null if no checkpoint takes the groups. */
    private Epochs epochs;
    /** By key, the epoch in which its accumulator changed last, and the latest of them. */
    private int[] changed;
    private int lastChanged;
    /** Keys of lower places may be in the store. */
    private int stored;

    Slice(Accumulator prototype, KeyTable keys) {
        this.prototype = prototype;
        parts = prototype instanceof PartialAccumulator partial ? partial : null;
        this.keys = keys;
    }

    /** Has changes marked, for checkpoints. Called while the slice is empty. */
    void track(Epochs newEpochs) {
        epochs = newEpochs;
        changed = new int[accumulators.length];
    }

    /** Number of keys that the slice has. */
    int size() {
        return size;
    }

    /** The slice's key of that place, from 0. */
    int key(int place) {
        return members[place];
    }

    boolean has(int key) {
        return key < accumulators.length && accumulators[key] != null;
    }

    /** The accumulator of a key that the slice has. */
    Accumulator get(int key) {
        return accumulators[key];
    }

    /** The accumulator of a key, which is about to change; an empty one if the slice did not have it. */
    Accumulator getOrAdd(int key) {
        Accumulator found = key < accumulators.length ? accumulators[key] : null;
        if (found == null) {
            found = add(key);
        }
        if (changed != null) {
            lastChanged = epochs.current();
            changed[key] = lastChanged;
        }
        return found;
    }

    /** Adds a row to a key's accumulator, or takes it back, as its kind says. */
    void add(int key, Row row) throws Exception {
        Accumulator accumulator = getOrAdd(key);
        if (parts != null) {
            accumulator.merge(parts.read(row));
        } else if (row.kind().isRetraction()) {
            accumulator.retract(row);
        } else {
            accumulator.accumulate(row);
        }
    }

    /** Adds what the slice's key of a place has to another slice. */
    void mergeInto(Slice other, int place) throws Exception {
        int key = members[place];
        other.getOrAdd(key).merge(accumulators[key]);
    }

    private Accumulator add(int key) {
        makeRoom(key, size);
        members[size++] = key;
        Accumulator accumulator = spareCount > 0 ? spares[--spareCount] : null;
        if (accumulator == null || !accumulator.reset()) {
            accumulator = prototype.newInstance();
        }
        accumulators[key] = accumulator;
        keys.use(key);
        return accumulator;
    }

    private void makeRoom(int key, int place) {
        if (key >= accumulators.length) {
            accumulators = Arrays.copyOf(accumulators, Math.max(key + 1, 2 * accumulators.length));
            if (changed != null) {
                changed = Arrays.copyOf(changed, accumulators.length);
            }
        }
        if (place >= members.length) {
            members = Arrays.copyOf(members, Math.max(place + 1, 2 * members.length));
        }
    }

    /** Writes the groups that changed since the last complete checkpoint. */
    void write(long end, Changes changes, SliceTable table) {
        if (!changes.includes(lastChanged)) {
            return;
        }
        for (int place = 0; place < size; place++) {
            int key = members[place];
            if (changes.includes(changed[key])) {
                SliceTable.beginEntry(end, keys, key, changes);
                BinaryWriter value = changes.value();
                value.writeInt(place);
                accumulators[key].write(value);
                table.sample(changes.put());
            }
        }
        stored = size;
    }

    /** Whether the last complete checkpoint has all of it, and it did not change in that checkpoint's time. */
    boolean isAtRest(int completed) {
        return lastChanged < completed;
    }

    /** Takes back a group that was written. Groups may come in any order; the slice is usable when all have come. */
    void read(int key, BinaryReader value) {
        int place = value.readInt();
        makeRoom(key, place);
        members[place] = key;
        size = Math.max(size, place + 1);
        stored = size;
        accumulators[key] = prototype.newInstance();
        accumulators[key].read(value);
        changed[key] = 0;
        keys.use(key);
    }

    /** Takes back a group that was written in another subtask: its place is another one now. */
    void readAnew(int key, BinaryReader value) {
        value.readInt();
        Accumulator accumulator = getOrAdd(key);
        accumulator.read(value);
        stored = size;
    }

    /** The keys that may be in the store, in use once more each; null if there are none. */
    int[] useStored() {
        for (int place = 0; place < stored; place++) {
            keys.use(members[place]);
        }
        return stored == 0 ? null : Arrays.copyOf(members, stored);
    }

    /** Whether it takes so little memory that many may be kept. */
    boolean isSmall() {
        return accumulators.length <= SMALL;
    }

    /** Makes the slice empty; false if it is so large that it is better dropped. */
    boolean clear() {
        if (spares.length < members.length) {
            spares = Arrays.copyOf(spares, members.length);
        }
        for (int i = size - 1; i >= 0; i--) {
            int key = members[i];
            keys.release(key);
            if (spareCount < spares.length) {
                spares[spareCount++] = accumulators[key];
            }
            accumulators[key] = null;
        }
        size = 0;
        stored = 0;
        lastChanged = 0;
        return accumulators.length <= MAX_KEPT;
    }
}
