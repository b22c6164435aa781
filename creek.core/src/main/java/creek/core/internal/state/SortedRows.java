package creek.core.internal.state;

import creek.core.data.BinaryWriter;
import java.util.Arrays;

/** Serialized rows in the unsigned order of their sort keys, equal ones in the order of arrival. A row's place is its rank, from 0. */
public final class SortedRows {
    private byte[][] keys = new byte[2][];
    private byte[][] rows = new byte[2][];
    private int size;

    public int size() {
        return size;
    }

    public byte[] row(int place) {
        return rows[place];
    }

    /** Where a row with that sort key goes: behind those with the same. */
    public int placeFor(BinaryWriter key) {
        int low = 0;
        int high = size;
        // new rows mostly come last, or not at all
        if (size > 0 && compare(keys[size - 1], key) <= 0) {
            return size;
        }
        while (low < high) {
            int middle = low + high >>> 1;
            if (compare(keys[middle], key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The place of a row, or -1. */
    public int find(BinaryWriter key, BinaryWriter row) {
        for (int place = placeFor(key) - 1; place >= 0 && compare(keys[place], key) == 0; place--) {
            if (Arrays.equals(rows[place], 0, rows[place].length, row.bytes(), 0, row.size())) {
                return place;
            }
        }
        return -1;
    }

    public void insert(int place, byte[] key, byte[] row) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            rows = Arrays.copyOf(rows, 2 * size);
        }
        System.arraycopy(keys, place, keys, place + 1, size - place);
        System.arraycopy(rows, place, rows, place + 1, size - place);
        keys[place] = key;
        rows[place] = row;
        size++;
    }

    public void remove(int place) {
        size--;
        System.arraycopy(keys, place + 1, keys, place, size - place);
        System.arraycopy(rows, place + 1, rows, place, size - place);
        keys[size] = null;
        rows[size] = null;
    }

    private static int compare(byte[] key, BinaryWriter other) {
        return Arrays.compareUnsigned(key, 0, key.length, other.bytes(), 0, other.size());
    }
}
