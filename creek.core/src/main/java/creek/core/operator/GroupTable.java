package creek.core.operator;

import java.util.Arrays;

/**
 * Accumulators by key bytes: an open-addressing table whose keys lie one behind the other in one array. A key is copied only when it is new.
 * Groups are numbered in order of their arrival. Reused: {@link #clear} keeps arrays and accumulators.
 */
final class GroupTable {
    private static final int FIRST_SLOTS = 16;
    /** A table that grew beyond that is not worth keeping. */
    private static final int MAX_KEPT_SLOTS = 1 << 17;

    private final Accumulator prototype;
    /** Hash in the upper half, number of the group plus one in the lower; 0 is a free slot. */
    private long[] slots = new long[FIRST_SLOTS];
    private byte[] keys = new byte[FIRST_SLOTS * 16];
    private int[] keyEnds = new int[FIRST_SLOTS / 2];
    /** Beyond {@link #size} are those of earlier uses of this table. */
    private Accumulator[] accumulators = new Accumulator[FIRST_SLOTS / 2];
    private int size;

    GroupTable(Accumulator prototype) {
        this.prototype = prototype;
    }

    int size() {
        return size;
    }

    Accumulator accumulator(int group) {
        return accumulators[group];
    }

    byte[] keys() {
        return keys;
    }

    /** Where a group's key starts in {@link #keys}. */
    int keyStart(int group) {
        return group == 0 ? 0 : keyEnds[group - 1];
    }

    int keyLength(int group) {
        return keyEnds[group] - keyStart(group);
    }

    /** The accumulator of the group with that key, or null if there is none. */
    Accumulator find(byte[] key, int from, int length, int hash) {
        int mask = slots.length - 1;
        for (int slot = hash & mask;; slot = slot + 1 & mask) {
            long entry = slots[slot];
            if (entry == 0) {
                return null;
            }
            if (isOf(entry, key, from, length, hash)) {
                return accumulators[(int) entry - 1];
            }
        }
    }

    /** The accumulator of the group with that key, an empty one if the group is new. */
    Accumulator findOrAdd(byte[] key, int from, int length, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if (isOf(entry, key, from, length, hash)) {
                return accumulators[(int) entry - 1];
            }
            slot = slot + 1 & mask;
        }
        return add(slot, key, from, length, hash);
    }

    private boolean isOf(long entry, byte[] key, int from, int length, int hash) {
        if ((int) (entry >>> 32) != hash) {
            return false;
        }
        int group = (int) entry - 1;
        return Arrays.equals(keys, keyStart(group), keyEnds[group], key, from, from + length);
    }

    private Accumulator add(int slot, byte[] key, int from, int length, int hash) {
        int group = size++;
        if (group == keyEnds.length) {
            grow();
            slot = hash & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
        }
        int start = keyStart(group);
        int end = Math.addExact(start, length);
        if (end > keys.length) {
            keys = Arrays.copyOf(keys, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * keys.length, end)));
        }
        System.arraycopy(key, from, keys, start, length);
        keyEnds[group] = end;
        slots[slot] = (long) hash << 32 | size;
        Accumulator accumulator = accumulators[group];
        if (accumulator == null || !accumulator.reset()) {
            accumulator = prototype.newInstance();
            accumulators[group] = accumulator;
        }
        return accumulator;
    }

    /** Doubles the table, which is at most half full. */
    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        int mask = slots.length - 1;
        for (long entry : old) {
            if (entry != 0) {
                int slot = (int) (entry >>> 32) & mask;
                while (slots[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = entry;
            }
        }
        keyEnds = Arrays.copyOf(keyEnds, slots.length / 2);
        accumulators = Arrays.copyOf(accumulators, slots.length / 2);
    }

    /** Makes the table empty; false if it is so large that it is better dropped. */
    boolean clear() {
        if (slots.length > MAX_KEPT_SLOTS) {
            return false;
        }
        Arrays.fill(slots, 0);
        size = 0;
        return true;
    }
}
