package creek.core.internal.state;

import creek.core.data.BinaryWriter;
import java.util.Arrays;

/**
 * Serialized rows in the unsigned order of their sort keys, equal ones in the order of arrival. A row's place is its rank, from 0. The rows lie
 * in blocks, so that many of them are no burden.
 */
public final class SortedRows {
    private static final int BLOCK = 256;

    private static final class Block {
        byte[][] keys = new byte[2][];
        byte[][] rows = new byte[2][];
        int size;

        void insert(int place, byte[] key, byte[] row) {
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

        void cut(int from, int to) {
            System.arraycopy(keys, to, keys, from, size - to);
            System.arraycopy(rows, to, rows, from, size - to);
            int end = from + size - to;
            Arrays.fill(keys, end, size, null);
            Arrays.fill(rows, end, size, null);
            size = end;
        }
    }

    private Block[] blocks = {new Block()};
    private int blockCount = 1;
    private int size;
    /** The block that {@link #locate} found, and the first place in it. */
    private int block;
    private int start;

    public int size() {
        return size;
    }

    public byte[] row(int place) {
        locate(place);
        return blocks[block].rows[place - start];
    }

    public byte[] key(int place) {
        locate(place);
        return blocks[block].keys[place - start];
    }

    private void locate(int place) {
        block = 0;
        start = 0;
        while (place - start >= blocks[block].size && block < blockCount - 1) {
            start += blocks[block++].size;
        }
    }

    /** Where a row with that sort key goes: behind those with the same. */
    public int placeFor(BinaryWriter key) {
        // new rows mostly come last, or not at all
        Block last = blocks[blockCount - 1];
        if (last.size == 0 || compare(last.keys[last.size - 1], key) <= 0) {
            return size;
        }
        int found = 0;
        int before = 0;
        while (compare(blocks[found].keys[blocks[found].size - 1], key) <= 0) {
            before += blocks[found++].size;
        }
        byte[][] keys = blocks[found].keys;
        int low = 0;
        int high = blocks[found].size - 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (compare(keys[middle], key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return before + low;
    }

    /** The place of a row, or -1. */
    public int find(BinaryWriter key, BinaryWriter row) {
        for (int place = placeFor(key) - 1; place >= 0 && compare(key(place), key) == 0; place--) {
            byte[] candidate = row(place);
            if (Arrays.equals(candidate, 0, candidate.length, row.bytes(), 0, row.size())) {
                return place;
            }
        }
        return -1;
    }

    public void insert(int place, byte[] key, byte[] row) {
        locate(place);
        Block target = blocks[block];
        target.insert(place - start, key, row);
        size++;
        if (target.size > BLOCK) {
            split(target);
        }
    }

    private void split(Block full) {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * blockCount);
        }
        System.arraycopy(blocks, block + 1, blocks, block + 2, blockCount - block - 1);
        Block upper = new Block();
        int half = full.size / 2;
        upper.keys = Arrays.copyOfRange(full.keys, half, full.keys.length);
        upper.rows = Arrays.copyOfRange(full.rows, half, full.rows.length);
        upper.size = full.size - half;
        full.cut(half, full.size);
        blocks[block + 1] = upper;
        blockCount++;
    }

    public void remove(int place) {
        locate(place);
        Block target = blocks[block];
        target.cut(place - start, place - start + 1);
        size--;
        if (target.size == 0 && blockCount > 1) {
            System.arraycopy(blocks, block + 1, blocks, block, blockCount - block - 1);
            blocks[--blockCount] = null;
        }
    }

    /** Puts another row in the place of one with the same sort key. */
    public void replace(int place, byte[] row) {
        locate(place);
        blocks[block].rows[place - start] = row;
    }

    private static int compare(byte[] key, BinaryWriter other) {
        return Arrays.compareUnsigned(key, 0, key.length, other.bytes(), 0, other.size());
    }
}
