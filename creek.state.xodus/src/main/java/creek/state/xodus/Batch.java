package creek.state.xodus;

import java.util.Arrays;

/**
 * Changes that are sorted by key before they are written, so that neighbours go into a page together. In one array, so that a hundred thousand of
 * them are not a hundred thousand objects. For one thread.
 */
final class Batch {
    private static final int HEADER = 2 * Integer.BYTES;
    private static final int REMOVED = -1;

    private byte[] data;
    private int used;
    private int[] places = new int[1024];
    private int[] merged = new int[1024];
    private int size;

    Batch(int capacity) {
        data = new byte[capacity];
    }

    int size() {
        return size;
    }

    /** Bytes that the changes take up. */
    int bytes() {
        return used;
    }

    /** Some of those bytes, in the order in which the changes came. */
    byte[] bytes(int from, int count) {
        return Arrays.copyOfRange(data, from, from + count);
    }

    /** The changes in such bytes. */
    static Batch of(byte[] bytes) {
        Batch batch = new Batch(0);
        batch.data = bytes;
        while (batch.used < bytes.length) {
            int key = batch.getInt(batch.used);
            int value = batch.getInt(batch.used + Integer.BYTES);
            batch.place(batch.used);
            batch.used += HEADER + key + Math.max(0, value);
        }
        return batch;
    }

    /** Whether another change fits, or there is none yet. */
    boolean hasRoom(byte[] key, byte[] value) {
        return size == 0 || used + HEADER + key.length + (value == null ? 0 : value.length) <= data.length;
    }

    /** Adds a change; a value of null removes the key. */
    void add(byte[] key, byte[] value) {
        int length = value == null ? 0 : value.length;
        int end = Math.addExact(used, Math.addExact(HEADER + key.length, length));
        if (end > data.length) {
            data = Arrays.copyOf(data, end);
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
            merged = new int[2 * size];
        }
        places[size++] = at;
    }

    /** Sorts by key; of one key's changes the last stays last. */
    void sort() {
        for (int width = 1; width < size; width *= 2) {
            for (int from = 0; from < size; from += 2 * width) {
                merge(from, Math.min(from + width, size), Math.min(from + 2 * width, size));
            }
            int[] sorted = merged;
            merged = places;
            places = sorted;
        }
    }

    private void merge(int from, int middle, int to) {
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

    /** Whether the next change, in order, is of the same key, and so undoes this one. */
    boolean isUndone(int index) {
        return index + 1 < size && compare(places[index], places[index + 1]) == 0;
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

    void clear() {
        size = 0;
        used = 0;
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
