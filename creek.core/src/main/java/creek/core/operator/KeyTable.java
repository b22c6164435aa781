package creek.core.operator;

import java.util.Arrays;

/**
 * Small numbers for keys, which are bytes, for as long as somebody uses them: an open-addressing table with linear probing. A key is copied
 * only when it is new, and numbers and arrays of keys that are used no longer serve others.
 */
final class KeyTable {
    private static final int FIRST_CAPACITY = 16;

    /** Hash in the upper half, number plus one in the lower; 0 is a free slot. At most half of them are taken. */
    private long[] slots = new long[2 * FIRST_CAPACITY];
    private byte[][] keys = new byte[FIRST_CAPACITY][];
    private int[] lengths = new int[FIRST_CAPACITY];
    private int[] hashes = new int[FIRST_CAPACITY];
    private int[] uses = new int[FIRST_CAPACITY];
    /** Numbers below this one have been given out. */
    private int given;
    private int[] free = new int[FIRST_CAPACITY];
    private int freeCount;

    /** The key's bytes are the first {@link #length} of these. */
    byte[] key(int number) {
        return keys[number];
    }

    int length(int number) {
        return lengths[number];
    }

    /** The number of a key; a new one's is not used by anybody yet. */
    int number(byte[] key, int length, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
            int number = (int) entry - 1;
            if ((int) (entry >>> 32) == hash && Arrays.equals(keys[number], 0, lengths[number], key, 0, length)) {
                return number;
            }
            slot = slot + 1 & mask;
        }
        return add(slot, key, length, hash);
    }

    private int add(int freeSlot, byte[] key, int length, int hash) {
        int slot = freeSlot;
        if (freeCount == 0 && given == keys.length) {
            grow();
            slot = freeSlot(hash);
        }
        int number = freeCount > 0 ? free[--freeCount] : given++;
        if (keys[number] == null || keys[number].length < length) {
            keys[number] = new byte[length];
        }
        System.arraycopy(key, 0, keys[number], 0, length);
        lengths[number] = length;
        hashes[number] = hash;
        slots[slot] = (long) hash << 32 | number + 1;
        return number;
    }

    private int freeSlot(int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int capacity = 2 * keys.length;
        keys = Arrays.copyOf(keys, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        uses = Arrays.copyOf(uses, capacity);
        free = Arrays.copyOf(free, capacity);
        long[] old = slots;
        slots = new long[2 * capacity];
        for (long entry : old) {
            if (entry != 0) {
                slots[freeSlot((int) (entry >>> 32))] = entry;
            }
        }
    }

    void use(int number) {
        uses[number]++;
    }

    /** Forgets the key if nobody else uses it. */
    void release(int number) {
        if (--uses[number] > 0) {
            return;
        }
        int mask = slots.length - 1;
        int hole = hashes[number] & mask;
        while ((int) slots[hole] != number + 1) {
            hole = hole + 1 & mask;
        }
        // what was pushed beyond the hole by a collision moves back, so that a search never ends too early
        for (int next = hole + 1 & mask; slots[next] != 0; next = next + 1 & mask) {
            if ((next - (int) (slots[next] >>> 32) & mask) >= (next - hole & mask)) {
                slots[hole] = slots[next];
                hole = next;
            }
        }
        slots[hole] = 0;
        free[freeCount++] = number;
    }
}
