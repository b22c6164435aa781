package creek.core.operator;

import java.util.Arrays;
import java.util.BitSet;

/** A slice's groups: an accumulator for each key that it has rows of, by the key's number in the {@link KeyTable}. */
final class Slice {
    /** A slice that grew beyond that is not worth keeping for another use. */
    private static final int MAX_KEPT = 1 << 16;

    private final Accumulator prototype;
    private final KeyTable keys;
    private final BitSet present = new BitSet();
    /** Those that are not present are of earlier uses. */
    private Accumulator[] accumulators = new Accumulator[16];

    Slice(Accumulator prototype, KeyTable keys) {
        this.prototype = prototype;
        this.keys = keys;
    }

    /** The first key from that number on that the slice has, or -1. */
    int next(int key) {
        return present.nextSetBit(key);
    }

    boolean has(int key) {
        return present.get(key);
    }

    /** The accumulator of a key that the slice has. */
    Accumulator get(int key) {
        return accumulators[key];
    }

    /** The accumulator of a key, an empty one if the slice did not have it. */
    Accumulator getOrAdd(int key) {
        return present.get(key) ? accumulators[key] : add(key);
    }

    private Accumulator add(int key) {
        if (key >= accumulators.length) {
            accumulators = Arrays.copyOf(accumulators, Math.max(key + 1, 2 * accumulators.length));
        }
        Accumulator accumulator = accumulators[key];
        if (accumulator == null || !accumulator.reset()) {
            accumulator = prototype.newInstance();
            accumulators[key] = accumulator;
        }
        present.set(key);
        keys.use(key);
        return accumulator;
    }

    /** Makes the slice empty; false if it is so large that it is better dropped. */
    boolean clear() {
        for (int key = present.nextSetBit(0); key >= 0; key = present.nextSetBit(key + 1)) {
            keys.release(key);
        }
        present.clear();
        return accumulators.length <= MAX_KEPT;
    }
}
