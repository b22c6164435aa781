package creek.core.internal.heap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.option.Options;
import creek.core.state.DamagedStateException;
import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import creek.core.state.StateStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeapStateStoreTest extends StateStoreContract {
    private Map<String, String> options = Map.of("sort-memory", "64 kb");

    @Override
    protected StateBackend backend() {
        return new HeapStateBackend();
    }

    @Override
    protected StateStore open() throws IOException {
        return backend().open(folder.resolve("store"), Options.of(options));
    }

    @Test
    void when_checkpointsComplete_then_theLastTwoAreKept() throws IOException {
        fill(5);
        assertEquals(List.of("checkpoint-4.creek", "checkpoint-5.creek", "lock", "manifest-a", "manifest-b"), files());
    }

    @Test
    void when_theLastFileIsMissing_then_theStoreIsDamagedAndNotAStepBack() throws IOException {
        fill(5);
        Files.delete(store("checkpoint-5.creek"));
        DamagedStateException damaged = assertThrows(DamagedStateException.class, this::open);
        assertTrue(damaged.getMessage().endsWith("checkpoint-5.creek is missing"), damaged.getMessage());
        assertEquals(4, files().size(), "nothing is changed");
    }

    @Test
    void when_theLastFileIsReplacedByAnother_then_theStoreIsDamaged() throws IOException {
        fill(5);
        Files.delete(store("checkpoint-5.creek"));
        Files.move(store("checkpoint-4.creek"), store("checkpoint-5.creek"));
        assertThrows(DamagedStateException.class, this::open);
    }

    @Test
    void when_bothManifestsAreMissing_then_theStoreIsDamaged() throws IOException {
        fill(2);
        Files.delete(store("manifest-a"));
        open().close();
        assertEquals(5, files().size(), "the missing one is written again");
        Files.delete(store("manifest-a"));
        Files.delete(store("manifest-b"));
        assertThrows(DamagedStateException.class, this::open);
    }

    @Test
    void when_aCrashComesBeforeTheManifest_then_theCheckpointIsNotThere() throws IOException {
        fill(1);
        Path first = folder.resolve("first");
        Files.copy(store("checkpoint-1.creek"), first);
        Files.move(first, store("checkpoint-2.creek"));
        Files.createFile(store("checkpoint-3.creek.0.part"));
        try (StateStore store = open()) {
            assertEquals(1, store.lastCheckpoint());
            assertEquals(4, files().size(), "what the crash left is removed");
        }
    }

    @Test
    void when_aCrashComesBetweenTheManifests_then_theCheckpointIsThereForGood() throws IOException {
        fill(1);
        byte[] before = Files.readAllBytes(store("manifest-b"));
        try (StateStore store = open()) {
            complete(store, 2, map(bytes(1), bytes(2)));
        }
        Files.write(store("manifest-b"), before);
        open().close();
        assertArrayEquals(Files.readAllBytes(store("manifest-a")), Files.readAllBytes(store("manifest-b")));
    }

    @Test
    void when_aCheckpointCantBeWritten_then_nothingIsLeftOfItAndTheNextWorks() throws IOException {
        fill(1);
        try (StateStore store = open()) {
            // Stands for a full disk: the part can't be made.
            Path obstacle = Files.createDirectory(store("checkpoint-2.creek.0.part"));
            StateStore.Checkpoint checkpoint = store.begin(2);
            checkpoint.put(bytes(1), bytes(9));
            IOException failed = assertThrows(IOException.class, checkpoint::complete);
            assertTrue(failed.getMessage().startsWith("checkpoint 2 can't be written to "), failed.getMessage());
            assertArrayEquals(bytes(1), store.get(bytes(1)));
            Files.deleteIfExists(obstacle);
            assertEquals(4, files().size());
            complete(store, 3, map(bytes(1), bytes(3)));
        }
        try (StateStore store = open()) {
            assertEquals(3, store.lastCheckpoint());
            assertArrayEquals(bytes(3), store.get(bytes(1)));
        }
    }

    @Test
    void when_theLimitIsReached_then_theCheckpointFailsAndALaterOneThatFitsWorks() throws IOException {
        options = Map.of("disk.limit", "2 kb", "compression", "false");
        fill(2);
        try (StateStore store = open()) {
            IOException failed = assertThrows(IOException.class, () -> complete(store, 3, map(bytes(1), new byte[2000])));
            assertTrue(failed.getMessage().contains("the store may take up 2048 bytes (state.backend.heap.disk.limit)"), failed.getMessage());
            assertEquals(5, files().size(), "nothing is left of it");
            assertArrayEquals(bytes(2), store.get(bytes(1)));
            complete(store, 4, map(bytes(1), bytes(4)));
        }
        try (StateStore store = open()) {
            assertEquals(4, store.lastCheckpoint());
        }
    }

    @Test
    void when_onlyOneIsToBeKept_then_thereIsOne() throws IOException {
        options = Map.of("retained-checkpoints", "1", "compression", "false");
        fill(3);
        assertEquals(List.of("checkpoint-3.creek", "lock", "manifest-a", "manifest-b"), files());
    }

    private void fill(int checkpoints) throws IOException {
        try (StateStore store = open()) {
            for (int i = 1; i <= checkpoints; i++) {
                complete(store, i, map(bytes(1), bytes(i), bytes(2), bytes(2 * i)));
            }
        }
    }

    private Path store(String file) {
        return folder.resolve("store").resolve(file);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("store"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
