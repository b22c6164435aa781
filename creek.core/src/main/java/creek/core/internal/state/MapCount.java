package creek.core.internal.state;

import creek.core.data.BinaryReader;
import java.util.Arrays;

/** Counts the entries of a {@link StateMap} in the store, and the parts of its collections, one collection after the other in memory. */
final class MapCount<V> implements TableStore.Visitor {
    private final StateMap<V> map;
    private final PartsForm<V> parts;
    private final BinaryReader reader = new BinaryReader();
    private long entries;
    private long values;
    private byte[] owner;
    private V collection;

    MapCount(StateMap<V> map) {
        this.map = map;
        parts = map.parts;
    }

    @Override
    public void entry(byte[] key, byte[] value) {
        if (parts == null) {
            entries++;
            return;
        }
        reader.reset(key, TableStore.PREFIX, key.length - TableStore.PREFIX);
        byte[] own = reader.readBytes();
        if (!Arrays.equals(own, owner)) {
            finish();
            owner = own;
            collection = parts.create();
            entries++;
        }
        long part = PartWriter.readNumber(reader);
        PartLog log = parts.log(collection);
        if (log != null) {
            log.read(part);
        }
        parts.read(collection, part, new BinaryReader(value));
    }

    private void finish() {
        if (collection != null) {
            values += parts.size(collection);
            map.loaded(collection);
            map.evicted(collection);
            collection = null;
        }
    }

    long entries() {
        finish();
        return entries;
    }

    /** Of all collections. */
    long values() {
        finish();
        return values;
    }
}
