package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import creek.core.state.StateStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** What a store should hold, kept in memory: the entries of the last complete checkpoint, and of the one before it where that may still be. */
final class Model {
    private final Random random;
    private NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    private long number;

    Model(Random random) {
        this.random = random;
    }

    long number() {
        return number;
    }

    /** Puts random changes into a checkpoint and completes it. */
    void complete(StateStore store, int changes) throws IOException {
        NavigableMap<byte[], byte[]> next = new TreeMap<>(entries);
        StateStore.Checkpoint checkpoint = store.begin(number + 1);
        change(checkpoint, changes, next);
        checkpoint.complete();
        entries = next;
        number++;
    }

    /** Puts changes into a checkpoint that will not be completed. */
    void changeInVain(StateStore.Checkpoint checkpoint, int changes) throws IOException {
        change(checkpoint, changes, new TreeMap<>(entries));
    }

    private void change(StateStore.Checkpoint checkpoint, int changes, NavigableMap<byte[], byte[]> target) throws IOException {
        for (int i = 0; i < changes; i++) {
            byte[] key = new byte[] {0, 1, (byte) random.nextInt(8), (byte) random.nextInt(40), (byte) random.nextInt(60)};
            if (random.nextInt(5) == 0) {
                checkpoint.remove(key.clone());
                target.remove(key);
            } else {
                byte[] value = new byte[random.nextInt(random.nextInt(50) == 0 ? 3000 : 60)];
                random.nextBytes(value);
                checkpoint.put(key.clone(), value.clone());
                target.put(key, value);
            }
        }
    }

    /** Compares all entries, by scanning and some by getting. */
    void check(StateStore store) throws IOException {
        assertEquals(number, store.lastCheckpoint());
        var expected = entries.entrySet().iterator();
        store.scan(new byte[0], (key, value) -> {
            Map.Entry<byte[], byte[]> next = expected.next();
            assertArrayEquals(next.getKey(), key);
            assertArrayEquals(next.getValue(), value);
            return true;
        });
        assertFalse(expected.hasNext());
        int at = 0;
        for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
            if (at++ % 7 == 0) {
                byte[] found = store.get(entry.getKey());
                assertNotNull(found);
                assertArrayEquals(entry.getValue(), found);
            }
        }
    }
}
