package creek.core.internal.state;

import creek.core.data.BinaryWriter;
import creek.core.data.Utf8;
import java.util.Arrays;

/**
 * Values by keys that are runs of bytes: a key is looked up where it was written and only a new one becomes an array. Open addressing with
 * linear probing. Not thread-safe.
 */
public final class KeyMap<V> {
    private static final int FIRST_CAPACITY = 16;

    private byte[][] keys = new byte[FIRST_CAPACITY][];
    private int[] hashes = new int[FIRST_CAPACITY];
    private Object[] values = new Object[FIRST_CAPACITY];
    private int size;

    public int size() {
        return size;
    }

    /** The value of the key that was written, or null. */
    @SuppressWarnings("unchecked")
    public V get(BinaryWriter key) {
        int slot = find(key.bytes(), key.size());
        return slot < 0 ? null : (V) values[slot];
    }

    /** Sets the value of a key that is not there yet; the array is kept. */
    public void add(byte[] key, V value) {
        if (2 * size >= keys.length) {
            grow();
        }
        insert(key, Utf8.hash(key, 0, key.length), value);
        size++;
    }

    /** Removes a key that is there. */
    public void remove(byte[] key) {
        int mask = keys.length - 1;
        int hole = find(key, key.length);
        for (int slot = hole + 1 & mask; keys[slot] != null; slot = slot + 1 & mask) {
            // an entry may fill the hole unless its first choice lies behind the hole
            if ((slot - hashes[slot] & mask) >= (slot - hole & mask)) {
                keys[hole] = keys[slot];
                hashes[hole] = hashes[slot];
                values[hole] = values[slot];
                hole = slot;
            }
        }
        keys[hole] = null;
        values[hole] = null;
        size--;
    }

    private int find(byte[] bytes, int length) {
        int mask = keys.length - 1;
        int hash = Utf8.hash(bytes, 0, length);
        for (int slot = hash & mask; keys[slot] != null; slot = slot + 1 & mask) {
            if (hashes[slot] == hash && Arrays.equals(keys[slot], 0, keys[slot].length, bytes, 0, length)) {
                return slot;
            }
        }
        return -1;
    }

    private void insert(byte[] key, int hash, Object value) {
        int mask = keys.length - 1;
        int slot = hash & mask;
        while (keys[slot] != null) {
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        hashes[slot] = hash;
        values[slot] = value;
    }

    private void grow() {
        byte[][] oldKeys = keys;
        int[] oldHashes = hashes;
        Object[] oldValues = values;
        keys = new byte[2 * oldKeys.length][];
        hashes = new int[keys.length];
        values = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                insert(oldKeys[i], oldHashes[i], oldValues[i]);
            }
        }
    }
}
