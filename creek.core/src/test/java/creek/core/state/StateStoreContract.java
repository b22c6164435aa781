package creek.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.option.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every state backend does. A backend's test extends this. */
public abstract class StateStoreContract {
    @TempDir
    protected Path folder;

    protected abstract StateBackend backend();

    protected StateStore open() throws IOException {
        return backend().open(folder.resolve("store"), Options.of(Map.of()));
    }

    @Test
    void when_aStoreIsNew_then_itIsEmpty() throws IOException {
        try (StateStore store = open()) {
            assertEquals(0, store.lastCheckpoint());
            assertNull(store.get(bytes(1)));
            assertEquals(List.of(), keys(store, bytes()));
        }
        try (StateStore store = open()) {
            assertEquals(0, store.lastCheckpoint());
        }
    }

    @Test
    void when_itIsReopened_then_theLastCompleteCheckpointIsThere() throws IOException {
        try (StateStore store = open()) {
            complete(store, 7, map(bytes(1), bytes(10), bytes(2), bytes()));
            assertEquals(7, store.lastCheckpoint());
            assertArrayEquals(bytes(10), store.get(bytes(1)));
            assertTrue(store.bytesWritten() > 0);
            assertTrue(store.bytesStored() > 0);
        }
        try (StateStore store = open()) {
            assertEquals(7, store.lastCheckpoint());
            assertArrayEquals(bytes(10), store.get(bytes(1)));
            assertArrayEquals(bytes(), store.get(bytes(2)));
            assertNull(store.get(bytes(3)));
            assertNull(store.get(bytes()));
        }
    }

    @Test
    void when_aCheckpointIsNotComplete_then_itIsAsIfItHadNeverBegun() throws IOException {
        try (StateStore store = open()) {
            complete(store, 1, map(bytes(1), bytes(10)));
            StateStore.Checkpoint checkpoint = store.begin(2);
            checkpoint.put(bytes(1), bytes(11));
            checkpoint.put(bytes(2), bytes(12));
        }
        try (StateStore store = open()) {
            assertEquals(1, store.lastCheckpoint());
            assertArrayEquals(bytes(10), store.get(bytes(1)));
            assertNull(store.get(bytes(2)));
        }
    }

    @Test
    void when_aCheckpointIsAborted_then_anotherMayBegin() throws IOException {
        try (StateStore store = open()) {
            complete(store, 1, map(bytes(1), bytes(10)));
            StateStore.Checkpoint checkpoint = store.begin(2);
            checkpoint.put(bytes(1), bytes(11));
            checkpoint.abort();
            complete(store, 3, map(bytes(1), bytes(12)));
        }
        try (StateStore store = open()) {
            assertEquals(3, store.lastCheckpoint());
            assertArrayEquals(bytes(12), store.get(bytes(1)));
        }
    }

    @Test
    void when_aKeyIsChangedSeveralTimesInACheckpoint_then_theLastChangeCounts() throws IOException {
        try (StateStore store = open()) {
            StateStore.Checkpoint checkpoint = store.begin(1);
            checkpoint.put(bytes(1), bytes(10));
            checkpoint.put(bytes(1), bytes(11));
            checkpoint.put(bytes(2), bytes(12));
            checkpoint.remove(bytes(2));
            checkpoint.remove(bytes(3));
            checkpoint.put(bytes(3), bytes(13));
            checkpoint.remove(bytes(4));
            checkpoint.complete();
        }
        try (StateStore store = open()) {
            assertArrayEquals(bytes(11), store.get(bytes(1)));
            assertEquals(List.of("01", "03"), keys(store, bytes()));
        }
    }

    @Test
    void when_aPrefixIsScanned_then_itsKeysComeInTheOrderOfUnsignedBytes() throws IOException {
        try (StateStore store = open()) {
            complete(store, 1, map(bytes(1, 0xFF), bytes(), bytes(1, 0x7F), bytes(), bytes(1), bytes(), bytes(2, 3), bytes(), bytes(0xFF), bytes(),
                    bytes(1, 0x80, 0), bytes(), bytes(0, 9), bytes()));
            assertEquals(List.of("01", "017f", "018000", "01ff"), keys(store, bytes(1)));
            assertEquals(List.of("018000"), keys(store, bytes(1, 0x80)));
            assertEquals(List.of("ff"), keys(store, bytes(0xFF)));
            assertEquals(List.of(), keys(store, bytes(1, 2)));
            assertEquals(7, keys(store, bytes()).size());
            List<String> some = new ArrayList<>();
            store.scan(bytes(1), (key, value) -> {
                some.add(text(key));
                return some.size() < 2;
            });
            assertEquals(List.of("01", "017f"), some);
        }
    }

    @Test
    void when_aStoreIsInUse_then_itCantBeOpenedAgain() throws IOException {
        try (StateStore store = open()) {
            complete(store, 1, map(bytes(1), bytes(10)));
            assertThrows(IOException.class, this::open);
            complete(store, 2, map(bytes(1), bytes(11)));
        }
        open().close();
    }

    @Test
    void when_entriesAreLongAndMany_then_eachIsTheOneThatWasPut() throws IOException {
        Random random = new Random(4);
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        try (StateStore store = open()) {
            for (int number = 1; number <= 4; number++) {
                changeRandomly(model, store.begin(number), random);
                check(model, store);
            }
        }
        try (StateStore store = open()) {
            assertEquals(4, store.lastCheckpoint());
            check(model, store);
        }
    }

    /** Changes a third of the entries; a backend that takes everything with each checkpoint is given everything. */
    private void changeRandomly(NavigableMap<byte[], byte[]> model, StateStore.Checkpoint checkpoint, Random random) throws IOException {
        NavigableMap<byte[], byte[]> changed = new TreeMap<>(model.comparator());
        for (int i = 0; i < 6000; i++) {
            byte[] key = new byte[1 + random.nextInt(i % 100 == 0 ? 300 : 3)];
            random.nextBytes(key);
            byte[] value = random.nextInt(4) == 0 ? null : new byte[random.nextInt(i % 1000 == 0 ? 300_000 : 200)];
            if (value == null) {
                model.remove(key);
            } else {
                random.nextBytes(value);
                model.put(key, value);
            }
            changed.put(key, key);
        }
        List<byte[]> keys = new ArrayList<>(backend().isIncremental() ? changed.keySet() : model.keySet());
        Collections.shuffle(keys, random);
        for (byte[] key : keys) {
            byte[] value = model.get(key);
            if (value == null) {
                checkpoint.remove(key.clone());
            } else {
                checkpoint.put(key.clone(), value.clone());
            }
        }
        checkpoint.complete();
    }

    private static void check(NavigableMap<byte[], byte[]> model, StateStore store) throws IOException {
        var expected = model.entrySet().iterator();
        store.scan(bytes(), (key, value) -> {
            Map.Entry<byte[], byte[]> next = expected.next();
            assertArrayEquals(next.getKey(), key);
            assertArrayEquals(next.getValue(), value);
            return true;
        });
        assertTrue(!expected.hasNext());
        assertArrayEquals(model.firstEntry().getValue(), store.get(model.firstKey()));
        assertArrayEquals(model.lastEntry().getValue(), store.get(model.lastKey()));
    }

    protected static void complete(StateStore store, long number, Map<byte[], byte[]> puts) throws IOException {
        StateStore.Checkpoint checkpoint = store.begin(number);
        for (Map.Entry<byte[], byte[]> put : puts.entrySet()) {
            checkpoint.put(put.getKey(), put.getValue());
        }
        checkpoint.complete();
    }

    /** Keys and values in turn. */
    protected static Map<byte[], byte[]> map(byte[]... entries) {
        Map<byte[], byte[]> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put(entries[i], entries[i + 1]);
        }
        return map;
    }

    protected static List<String> keys(StateStore store, byte[] prefix) throws IOException {
        List<String> keys = new ArrayList<>();
        store.scan(prefix, (key, value) -> keys.add(text(key)));
        return keys;
    }

    private static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    protected static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
