package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.state.StateStore;
import java.util.Arrays;

/**
 * Looks at some of the entries in the store whose keys are not in memory, and has those removed whose time to live is over. A collection is looked at as
 * a whole.
 */
final class StoreSweep<V> implements StateStore.Visitor {
    private final StateMap<V> map;
    private final BinaryReader reader = new BinaryReader();
    private final long now;
    private int left;
    private byte[] next;
    /** Of the part that was looked at last. */
    private byte[] owner;
    /** Null if it is in memory. */
    private V collection;

    /** @param limit how many entries are looked at */
    StoreSweep(StateMap<V> map, int limit) {
        this.map = map;
        now = map.timeToLive.now();
        left = limit;
    }

    @Override
    public boolean entry(byte[] key, byte[] value) {
        return map.parts == null ? value(key, value) : part(key, value);
    }

    private boolean value(byte[] key, byte[] bytes) {
        if (!hasMore(key)) {
            return false;
        }
        reader.reset(bytes, 0, bytes.length);
        byte[] own = TableStore.ownKey(key);
        if (reader.readByte() == StateMap.TIMED && map.timeToLive.isExpired(reader.readLong(), now) && !map.isInMemory(own)) {
            V value = map.form.read(reader);
            map.loaded(value);
            map.expired(value);
            map.addRemoved(own, null);
        }
        return true;
    }

    private boolean part(byte[] key, byte[] bytes) {
        reader.reset(key, TableStore.PREFIX, key.length - TableStore.PREFIX);
        byte[] own = reader.readBytes();
        boolean isFirst = !Arrays.equals(own, owner);
        if (isFirst) {
            finish();
        }
        // a collection that has been begun is looked at to its end
        if (collection == null && !hasMore(key)) {
            return false;
        }
        if (isFirst) {
            owner = own;
            collection = map.isInMemory(own) ? null : map.parts.create();
        }
        if (collection != null) {
            map.readPart(collection, PartWriter.readNumber(reader), bytes);
        }
        return true;
    }

    private boolean hasMore(byte[] key) {
        if (left-- > 0) {
            return true;
        }
        next = key;
        return false;
    }

    private void finish() {
        if (collection == null) {
            return;
        }
        map.loaded(collection);
        if (map.timeToLive.isExpired(map.parts.written(collection), now)) {
            map.expired(collection);
            map.addRemoved(owner, map.parts.remains(collection));
        } else {
            map.evicted(collection);
        }
        collection = null;
    }

    /** Where the next one goes on; null for the start. */
    byte[] end() {
        finish();
        return next;
    }
}
