package creek.core.internal.state;

import creek.core.data.BinaryWriter;
import creek.core.data.Utf8;
import java.util.Arrays;

/**
 * Values by keys that are runs of bytes: a key is looked up where it was written and only a new one becomes an array. Open addressing with
 * linear probing. Entries may have a time to live. Not thread-safe.
 */
public class KeyMap<V> {
    private static final int FIRST_CAPACITY = 16;
    /** How many places are looked at for expired entries when one is added. */
    private static final int SWEPT = 4;

    private byte[][] keys = new byte[FIRST_CAPACITY][];
    /** 0 where there is no key, so that most of what is looked for in vain is told by this array alone. */
    private int[] hashes = new int[FIRST_CAPACITY];
    private Object[] values = new Object[FIRST_CAPACITY];
    private int size;
    /** Null if entries live for ever. */
    private TimeToLive timeToLive;
    private long[] written;
    private int found;
    private int swept;

    public final int size() {
        return size;
    }

    /** Lets entries go that have not been {@linkplain #touch touched} for their time to live. Called while there are none. */
    public final void expireAfter(TimeToLive limit) {
        if (limit.isLimited()) {
            timeToLive = limit;
            written = new long[keys.length];
        }
    }

    /** The value of the key that was written, or null. */
    @SuppressWarnings("unchecked")
    public final V get(BinaryWriter key) {
        found = find(key.bytes(), key.size());
        if (found >= 0 && timeToLive != null && timeToLive.isExpired(written[found], timeToLive.now())) {
            expire(found);
            found = -1;
        }
        return found < 0 ? null : (V) values[found];
    }

    /** Says that the value that {@link #get} gave last, with nothing added or removed since, is written to now. */
    public final void touch() {
        if (timeToLive != null) {
            written[found] = timeToLive.now();
        }
    }

    /** Sets the value of a key that is not there yet; the array is kept. */
    public final void add(byte[] key, V value) {
        long now = 0;
        if (timeToLive != null) {
            now = timeToLive.now();
            sweep(2 * size >= keys.length ? keys.length : SWEPT, now);
        }
        if (2 * size >= keys.length) {
            grow();
        }
        insert(key, hash(key, key.length), value, now);
        size++;
    }

    /** Removes expired entries from the next places. */
    private void sweep(int places, long now) {
        for (int i = 0; i < places; i++) {
            swept = swept + 1 & keys.length - 1;
            while (keys[swept] != null && timeToLive.isExpired(written[swept], now)) {
                expire(swept);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void expire(int place) {
        expired((V) values[place]);
        removeAt(place);
    }

    /** Called with a value that goes because its time is over. */
    protected void expired(V value) {
    }

    /** Removes a key that is there. */
    public final void remove(byte[] key) {
        removeAt(find(key, key.length));
    }

    private void removeAt(int place) {
        int mask = keys.length - 1;
        int hole = place;
        for (int slot = hole + 1 & mask; keys[slot] != null; slot = slot + 1 & mask) {
            // an entry may fill the hole unless its first choice lies behind the hole
            if ((slot - hashes[slot] & mask) >= (slot - hole & mask)) {
                keys[hole] = keys[slot];
                hashes[hole] = hashes[slot];
                values[hole] = values[slot];
                if (timeToLive != null) {
                    written[hole] = written[slot];
                }
                hole = slot;
            }
        }
        keys[hole] = null;
        hashes[hole] = 0;
        values[hole] = null;
        size--;
    }

    private int find(byte[] bytes, int length) {
        int mask = keys.length - 1;
        int hash = hash(bytes, length);
        for (int slot = hash & mask; hashes[slot] != 0; slot = slot + 1 & mask) {
            if (hashes[slot] == hash && Arrays.equals(keys[slot], 0, keys[slot].length, bytes, 0, length)) {
                return slot;
            }
        }
        return -1;
    }

    private static int hash(byte[] bytes, int length) {
        int hash = Utf8.hash(bytes, 0, length);
        return hash == 0 ? 1 : hash;
    }

    private void insert(byte[] key, int hash, Object value, long time) {
        int mask = keys.length - 1;
        int slot = hash & mask;
        while (hashes[slot] != 0) {
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        hashes[slot] = hash;
        values[slot] = value;
        if (timeToLive != null) {
            written[slot] = time;
        }
    }

    private void grow() {
        byte[][] oldKeys = keys;
        int[] oldHashes = hashes;
        Object[] oldValues = values;
        long[] oldWritten = written;
        keys = new byte[2 * oldKeys.length][];
        hashes = new int[keys.length];
        values = new Object[keys.length];
        written = timeToLive == null ? null : new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                insert(oldKeys[i], oldHashes[i], oldValues[i], timeToLive == null ? 0 : oldWritten[i]);
            }
        }
    }
}
