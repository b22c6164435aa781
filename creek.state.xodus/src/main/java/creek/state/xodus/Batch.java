package creek.state.xodus;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Changes that are sorted by key before they are written, so that neighbours go into a page together. In one array, so that a hundred thousand of
 * them are not a hundred thousand objects. For one thread, once they are {@linkplain #sort sorted} for any.
 */
final class Batch {
    private static final int HEADER = 2 * Integer.BYTES;
    private static final int REMOVED = -1;
    private static final int FIRST_CAPACITY = 1 << 14;

    private final int capacity;
    private byte[] data;
    private int used;
    private int[] places = new int[1024];
    private int size;

    /** @param capacity how many bytes the changes may take up, unless a single one takes more */
    Batch(int capacity) {
        this.capacity = capacity;
        data = new byte[Math.min(FIRST_CAPACITY, capacity)];
    }

    int size() {
        return size;
    }

    /** Bytes that the changes take up. */
    int bytes() {
        return used;
    }

    /** The changes in their order as bytes, in pieces: a change may go over several of them. */
    void toPieces(int pieceSize, Consumer<byte[]> action) {
        byte[] piece = new byte[pieceSize];
        int filled = 0;
        for (int i = 0; i < size; i++) {
            int at = places[i];
            int end = at + length(at);
            while (at < end) {
                int part = Math.min(end - at, pieceSize - filled);
                System.arraycopy(data, at, piece, filled, part);
                at += part;
                filled += part;
                if (filled == pieceSize) {
                    action.accept(piece);
                    piece = new byte[pieceSize];
                    filled = 0;
                }
            }
        }
        if (filled > 0) {
            action.accept(Arrays.copyOf(piece, filled));
        }
    }

    /** Bytes of the change at a place. */
    private int length(int place) {
        return HEADER + getInt(place) + Math.max(0, getInt(place + Integer.BYTES));
    }

    /** The changes in such bytes. */
    static Batch of(byte[] bytes) {
        Batch batch = new Batch(bytes.length);
        batch.data = bytes;
        while (batch.used < bytes.length) {
            batch.place(batch.used);
            batch.used += batch.length(batch.used);
        }
        return batch;
    }

    /** Whether another change fits, or there is none yet. */
    boolean hasRoom(byte[] key, byte[] value) {
        return size == 0 || used + HEADER + key.length + (value == null ? 0 : value.length) <= capacity;
    }

    /** Adds a change; a value of null removes the key. */
    void add(byte[] key, byte[] value) {
        int length = value == null ? 0 : value.length;
        int end = Math.addExact(used, Math.addExact(HEADER + key.length, length));
        if (end > data.length) {
            data = Arrays.copyOf(data, Math.max(end, Math.min(capacity, data.length + data.length / 2)));
        }
        place(used);
        putInt(used, key.length);
        putInt(used + Integer.BYTES, value == null ? REMOVED : length);
        System.arraycopy(key, 0, data, used + HEADER, key.length);
        if (value != null) {
            System.arraycopy(value, 0, data, used + HEADER + key.length, length);
        }
        used = end;
    }

    private void place(int at) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        places[size++] = at;
    }

    /**
     * Sorts by key and forgets all but the last change of each; nothing is added afterwards. What is sorted in parts, such as the changes of several
     * checkpoints behind one another, takes little time.
     */
    void sort() {
        int[] ends = new int[size];
        int runs = 0;
        for (int i = 1; i <= size; i++) {
            if (i == size || compare(places[i - 1], places[i]) > 0) {
                ends[runs++] = i;
            }
        }
        for (int[] merged = runs > 1 ? new int[size] : null; runs > 1; ) {
            int from = 0;
            int left = 0;
            for (int i = 0; i < runs; i += 2) {
                int to = ends[Math.min(i + 1, runs - 1)];
                merge(merged, from, ends[i], to);
                ends[left++] = to;
                from = to;
            }
            runs = left;
            int[] sorted = merged;
            merged = places;
            places = sorted;
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i + 1 == size || compare(places[i], places[i + 1]) != 0) {
                places[kept++] = places[i];
            }
        }
        size = kept;
        shrink();
    }

    private void shrink() {
        places = Arrays.copyOf(places, size);
        if (data.length > used + used / 4) {
            data = Arrays.copyOf(data, used);
        }
    }

    private void merge(int[] merged, int from, int middle, int to) {
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            if (left < middle && (right == to || compare(places[left], places[right]) <= 0)) {
                merged[at] = places[left++];
            } else {
                merged[at] = places[right++];
            }
        }
    }

    private int compare(int left, int right) {
        int leftKey = left + HEADER;
        int rightKey = right + HEADER;
        return Arrays.compareUnsigned(data, leftKey, leftKey + getInt(left), data, rightKey, rightKey + getInt(right));
    }

    /** The changes of two that are sorted, sorted; of a key that both have, that of the second. */
    static Batch merge(Batch first, Batch second) {
        Batch both = new Batch(first.used + second.used);
        both.data = new byte[both.capacity];
        both.places = new int[first.size + second.size];
        int left = 0;
        int right = 0;
        while (left < first.size || right < second.size) {
            int order = left == first.size ? 1 : right == second.size ? -1 : first.compare(left, second, right);
            Batch source = order < 0 ? first : second;
            int from = source.places[order < 0 ? left : right];
            int length = source.length(from);
            System.arraycopy(source.data, from, both.data, both.used, length);
            both.places[both.size++] = both.used;
            both.used += length;
            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
        }
        both.shrink();
        return both;
    }

    /** Compares a key of this with one of another. */
    int compare(int index, Batch other, int otherIndex) {
        int key = places[index] + HEADER;
        int otherKey = other.places[otherIndex] + HEADER;
        return Arrays.compareUnsigned(data, key, key + getInt(key - HEADER), other.data, otherKey,
                otherKey + other.getInt(otherKey - HEADER));
    }

    private int compare(int index, byte[] key) {
        int from = places[index] + HEADER;
        return Arrays.compareUnsigned(data, from, from + getInt(places[index]), key, 0, key.length);
    }

    /** Of a sorted batch the first change of a key that is not before that one; {@link #size} if there is none. */
    int ceiling(byte[] key) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (compare(middle, key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Of a sorted batch the change of a key, or -1. */
    int find(byte[] key) {
        int place = ceiling(key);
        return place < size && compare(place, key) == 0 ? place : -1;
    }

    byte[] key(int index) {
        int from = places[index] + HEADER;
        return Arrays.copyOfRange(data, from, from + getInt(places[index]));
    }

    /** The value, or null where the key is removed. */
    byte[] value(int index) {
        int length = getInt(places[index] + Integer.BYTES);
        int from = places[index] + HEADER + getInt(places[index]);
        return length == REMOVED ? null : Arrays.copyOfRange(data, from, from + length);
    }

    private void putInt(int at, int value) {
        data[at] = (byte) (value >>> 24);
        data[at + 1] = (byte) (value >>> 16);
        data[at + 2] = (byte) (value >>> 8);
        data[at + 3] = (byte) value;
    }

    private int getInt(int at) {
        return data[at] << 24 | (data[at + 1] & 0xFF) << 16 | (data[at + 2] & 0xFF) << 8 | data[at + 3] & 0xFF;
    }
}
