package creek.core.internal.state;

import creek.core.data.BinaryWriter;
import creek.core.data.Utf8;

/** Finds the entries of a large {@link RowBag} by the hashes of their rows. Entries that were removed stay in it; nothing is found there. */
final class RowIndex {
    /** Entries plus one. */
    private final int[] table;
    private int used;

    /** For that many entries, and at least as many more. */
    RowIndex(int size) {
        table = new int[8 * Integer.highestOneBit(size)];
    }

    /** Adds an entry; false if there is no room. */
    boolean add(RowBag bag, int entry) {
        if (2 * used >= table.length) {
            return false;
        }
        int mask = table.length - 1;
        int slot = Utf8.hash(bag.bytes(), bag.offset(entry), bag.length(entry)) & mask;
        while (table[slot] != 0) {
            slot = slot + 1 & mask;
        }
        table[slot] = entry + 1;
        used++;
        return true;
    }

    /** The entry of a row, or -1. */
    int find(RowBag bag, BinaryWriter row) {
        int mask = table.length - 1;
        for (int slot = Utf8.hash(row.bytes(), 0, row.size()) & mask; table[slot] != 0; slot = slot + 1 & mask) {
            int entry = table[slot] - 1;
            if (bag.count(entry) > 0 && bag.holds(entry, row)) {
                return entry;
            }
        }
        return -1;
    }
}
