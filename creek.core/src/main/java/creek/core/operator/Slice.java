package creek.core.operator;

import creek.core.data.Row;
import java.util.Arrays;

/** A slice's groups: an accumulator for each key that it has rows of, by the key's number in the {@link KeyTable}. */
final class Slice {
    /** A slice that grew beyond that is not worth keeping for another use. */
    private static final int MAX_KEPT = 1 << 16;

    private final Accumulator prototype;
    private final KeyTable keys;
    /** By key; null for those that the slice does not have. */
    private Accumulator[] accumulators = new Accumulator[16];
    /** The keys that it has, in order of their arrival. */
    private int[] members = new int[16];
    private int size;
    /** Accumulators of earlier uses. */
    private Accumulator[] spares = {};
    private int spareCount;

    Slice(Accumulator prototype, KeyTable keys) {
        this.prototype = prototype;
        this.keys = keys;
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

    /** The accumulator of a key, an empty one if the slice did not have it. */
    Accumulator getOrAdd(int key) {
        Accumulator found = key < accumulators.length ? accumulators[key] : null;
        return found == null ? add(key) : found;
    }

    /** Adds a row to a key's accumulator, or takes it back, as its kind says. */
    void add(int key, Row row) throws Exception {
        Accumulator accumulator = getOrAdd(key);
        if (row.kind().isRetraction()) {
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
        if (key >= accumulators.length) {
            accumulators = Arrays.copyOf(accumulators, Math.max(key + 1, 2 * accumulators.length));
        }
        if (size == members.length) {
            members = Arrays.copyOf(members, 2 * size);
        }
        members[size++] = key;
        Accumulator accumulator = spareCount > 0 ? spares[--spareCount] : null;
        if (accumulator == null || !accumulator.reset()) {
            accumulator = prototype.newInstance();
        }
        accumulators[key] = accumulator;
        keys.use(key);
        return accumulator;
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
        return accumulators.length <= MAX_KEPT;
    }
}
