package creek.core.internal.state;

import creek.core.state.StateStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A store that survives only as long as the test. */
public final class MemoryStateStore implements StateStore {
    private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    /** What failed checkpoints have changed since the last complete one, as it was there; null where there was nothing. */
    private final Map<byte[], byte[]> before = new TreeMap<>(Arrays::compareUnsigned);
    private long last;

    /** Leaves what a loss of power leaves: the last complete checkpoint. */
    public void crash() {
        apply(before);
        before.clear();
    }

    private void apply(Map<byte[], byte[]> changes) {
        changes.forEach((key, value) -> {
            if (value == null) {
                entries.remove(key);
            } else {
                entries.put(key, value);
            }
        });
    }

    /** Number of entries. */
    public int size() {
        return entries.size();
    }

    /** Empties it, as a store that is given everything with each checkpoint. */
    public void clear() {
        entries.clear();
    }

    @Override
    public long lastCheckpoint() {
        return last;
    }

    @Override
    public byte[] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void scan(byte[] prefix, Visitor visitor) throws IOException {
        scan(prefix, prefix, visitor);
    }

    @Override
    public void scan(byte[] prefix, byte[] from, Visitor visitor) throws IOException {
        for (Map.Entry<byte[], byte[]> each : entries.tailMap(from, true).entrySet()) {
            if (!Arrays.equals(prefix, 0, prefix.length, each.getKey(), 0, Math.min(prefix.length, each.getKey().length))
                    || !visitor.entry(each.getKey(), each.getValue())) {
                return;
            }
        }
    }

    @Override
    public long bytesWritten() {
        return 0;
    }

    @Override
    public long bytesStored() {
        return 0;
    }

    @Override
    public Checkpoint begin(long number) {
        Map<byte[], byte[]> changes = new TreeMap<>(Arrays::compareUnsigned);
        return new Checkpoint() {
            @Override
            public void put(byte[] key, byte[] value) {
                changes.put(key, value);
            }

            @Override
            public void remove(byte[] key) {
                changes.put(key, null);
            }

            @Override
            public void complete() {
                apply(changes);
                before.clear();
                last = number;
            }

            /** What was changed is seen by reads, as the contract allows. */
            @Override
            public void abort() {
                changes.forEach((key, value) -> {
                    if (!before.containsKey(key)) {
                        before.put(key, entries.get(key));
                    }
                });
                apply(changes);
            }
        };
    }

    @Override
    public void close() {
        // nothing to let go of
    }
}
