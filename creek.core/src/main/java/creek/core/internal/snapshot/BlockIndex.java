package creek.core.internal.snapshot;

import java.util.Arrays;

/** Where the blocks of a snapshot are and with which key each begins. Filled once, then read by any thread. */
public final class BlockIndex {
    private long[] firstKeys = new long[16];
    private long[] offsets = new long[16];
    private int size;

    void add(byte[] firstKey, long offset) {
        add(SnapshotForm.firstBytes(firstKey), offset);
    }

    void add(long firstKey, long offset) {
        if (size == offsets.length) {
            firstKeys = Arrays.copyOf(firstKeys, 2 * size);
            offsets = Arrays.copyOf(offsets, 2 * size);
        }
        firstKeys[size] = firstKey;
        offsets[size++] = offset;
    }

    int size() {
        return size;
    }

    long offset(int block) {
        return offsets[block];
    }

    /** The last block that may have entries before or at the first with that prefix; 0 if there is none. */
    int find(byte[] prefix) {
        long wanted = SnapshotForm.firstBytes(prefix);
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Long.compareUnsigned(firstKeys[middle], wanted) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low - 1);
    }
}
