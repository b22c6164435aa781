package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Utf8;
import java.util.Arrays;

/**
 * Small numbers for keys, which are bytes, for as long as somebody uses them: an open-addressing table with linear probing. A key is copied
 * only when it is new. One that is used no longer stays until room is needed, since the same keys tend to come back with each window; then its
 * number and its array serve others.
 */
final class KeyTable {
    private static final int FIRST_CAPACITY = 16;
    private static final int SLOT_WORDS = 2;
    /** Slots for each number, so many that most keys lie in the first that is looked at: whether one does can't be foreseen. */
    private static final int FREE = 4;
    private static final int NONE = -1;

    /**
     * Two words a slot, side by side since memory is what a look-up waits for. The first is the hash in the upper half and the number plus one in the
     * lower, or 0 for a free slot; the second is what {@link TextKey#start} or {@link NumberKey#number} gives for the key. At most a quarter of the slots
     * is taken.
     */
    private long[] slots = new long[SLOT_WORDS * FREE * FIRST_CAPACITY];
    private byte[][] keys = new byte[FIRST_CAPACITY][];
    private int[] lengths = new int[FIRST_CAPACITY];
    private int[] hashes = new int[FIRST_CAPACITY];
    private int[] uses = new int[FIRST_CAPACITY];
    private int unused;
    /** Numbers below this one have been given out. */
    private int given;
    private int[] free = new int[FIRST_CAPACITY];
    private int freeCount;
    private final BinaryWriter written = new BinaryWriter();
    private final boolean ofNumbers;

    /** @param selector tells what kind of keys there will be */
    KeyTable(KeySelector selector) {
        ofNumbers = selector.isNumber();
    }

    /** The key's bytes are the first {@link #length} of these. */
    byte[] key(int number) {
        return keys[number];
    }

    int length(int number) {
        return lengths[number];
    }

    int hash(int number) {
        return hashes[number];
    }

    /** The number of a row's key; a new one's is not used by anybody yet. */
    int number(KeySelector selector, Row row) {
        int number = NONE;
        if (ofNumbers) {
            number = selector.hasNull(row) ? NONE : find(selector.onlyNumber(row));
        } else {
            Utf8 text = selector.onlyText(row);
            number = text != null && TextKey.isOne(text) ? find(text) : NONE;
        }
        if (number == NONE) {
            written.reset();
            selector.write(row, written);
            number = number(written.bytes(), written.size(), Utf8.hash(written.bytes(), 0, written.size()));
        }
        return number;
    }

    private int find(Utf8 text) {
        long start = TextKey.start(text);
        int hash = TextKey.hash(text, start);
        int mask = slots.length - 1;
        int slot = firstSlot(hash);
        for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
            int number = (int) entry - 1;
            long difference = (int) (entry >>> 32) ^ hash | slots[slot + 1] ^ start;
            if (difference == 0) {
                difference = TextKey.restDifference(keys[number], lengths[number], text);
            }
            if (difference == 0) {
                return number;
            }
            slot = slot + SLOT_WORDS & mask;
        }
        return NONE;
    }

    private int find(long key) {
        int hash = NumberKey.hash(key);
        int mask = slots.length - 1;
        int slot = firstSlot(hash);
        for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if (((int) (entry >>> 32) ^ hash | slots[slot + 1] ^ key) == 0) {
                return (int) entry - 1;
            }
            slot = slot + SLOT_WORDS & mask;
        }
        return NONE;
    }

    private long start(byte[] key, int length) {
        return ofNumbers ? NumberKey.number(key, length) : TextKey.start(key, length);
    }

    /** The number of a key; a new one's is not used by anybody yet. */
    int number(byte[] key, int length, int hash) {
        int mask = slots.length - 1;
        int slot = firstSlot(hash);
        for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
            int number = (int) entry - 1;
            long difference = (int) (entry >>> 32) ^ hash;
            if (difference == 0) {
                difference = Utf8.difference(keys[number], 0, lengths[number], key, 0, length);
            }
            if (difference == 0) {
                return number;
            }
            slot = slot + SLOT_WORDS & mask;
        }
        return add(slot, key, length, hash);
    }

    private int firstSlot(int hash) {
        return hash * SLOT_WORDS & slots.length - 1;
    }

    private int add(int freeSlot, byte[] key, int length, int hash) {
        int slot = freeSlot;
        if (freeCount == 0 && given == keys.length) {
            if (unused > given / 2) {
                removeUnused();
            } else {
                grow();
            }
            slot = freeSlot(hash);
        }
        slots[slot + 1] = start(key, length);
        int number = freeCount > 0 ? free[--freeCount] : given++;
        if (keys[number] == null || keys[number].length < length) {
            keys[number] = new byte[length];
        }
        System.arraycopy(key, 0, keys[number], 0, length);
        lengths[number] = length;
        hashes[number] = hash;
        slots[slot] = (long) hash << 32 | number + 1;
        unused++;
        return number;
    }

    private int freeSlot(int hash) {
        int slot = firstSlot(hash);
        while (slots[slot] != 0) {
            slot = slot + SLOT_WORDS & slots.length - 1;
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
        slots = new long[SLOT_WORDS * FREE * capacity];
        for (int i = 0; i < old.length; i += SLOT_WORDS) {
            if (old[i] != 0) {
                int slot = freeSlot((int) (old[i] >>> 32));
                slots[slot] = old[i];
                slots[slot + 1] = old[i + 1];
            }
        }
    }

    void use(int number) {
        if (uses[number]++ == 0) {
            unused--;
        }
    }

    /** Ends one use. */
    void release(int number) {
        if (--uses[number] == 0) {
            unused++;
        }
    }

    /** Forgets keys that nobody uses. Called when all numbers are given out, so that each key is in use or counts as unused. */
    private void removeUnused() {
        Arrays.fill(slots, 0);
        for (int number = 0; number < given; number++) {
            if (uses[number] == 0) {
                free[freeCount++] = number;
            } else {
                int slot = freeSlot(hashes[number]);
                slots[slot] = (long) hashes[number] << 32 | number + 1;
                slots[slot + 1] = start(keys[number], lengths[number]);
            }
        }
        unused = 0;
    }
}
