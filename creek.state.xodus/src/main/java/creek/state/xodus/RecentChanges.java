package creek.state.xodus;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the last checkpoints changed and the tree does not know yet. A checkpoint of a thousand keys would have most of the tree's nodes written anew;
 * so changes are gathered, here in memory and in the log as they came, until there are enough of them to be worth that.
 *
 * <p>Guarded by the store's monitor.
 */
final class RecentChanges {
    /** Stands for the value of a key that was removed. */
    static final byte[] REMOVED = new byte[0];
    /** About what a change takes up in memory besides its bytes. */
    private static final int OVERHEAD = 96;

    private final NavigableMap<byte[], byte[]> values = new TreeMap<>(Arrays::compareUnsigned);
    private long size;

    /** What a batch would take up at most. */
    static long sizeOf(Batch batch) {
        return batch.bytes() + (long) OVERHEAD * batch.size();
    }

    /** Bytes in memory, about. */
    long size() {
        return size;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    void add(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            byte[] key = batch.key(i);
            byte[] value = batch.value(i);
            byte[] before = values.put(key, value == null ? REMOVED : value);
            size += value == null ? 0 : value.length;
            size += before == null ? OVERHEAD + key.length : -before.length;
        }
    }

    /** The value, {@link #REMOVED}, or null where the key was not changed. */
    byte[] get(byte[] key) {
        return values.get(key);
    }

    /** The first change at a key or behind it, or null. */
    Map.Entry<byte[], byte[]> from(byte[] key) {
        return values.ceilingEntry(key);
    }

    Map.Entry<byte[], byte[]> after(byte[] key) {
        return values.higherEntry(key);
    }

    /** All changes, in order. */
    NavigableMap<byte[], byte[]> all() {
        return values;
    }

    void clear() {
        values.clear();
        size = 0;
    }
}
