package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.state.DamagedStateException;
import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import creek.core.state.StateStoreContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jetbrains.exodus.ExodusException;
import org.junit.jupiter.api.Test;

class XodusStoreTest extends StateStoreContract {
    @Override
    protected StateBackend backend() {
        return new XodusBackend();
    }

    @Test
    void when_aValueIsLongerThanAFile_then_itIsKeptInParts() throws IOException {
        byte[] value = new byte[1_500_000];
        value[1_400_000] = 1;
        try (StateStore store = open()) {
            complete(store, 1, map(bytes(1), value, bytes(2), bytes(3)));
            assertArrayEquals(value, store.get(bytes(1)));
            complete(store, 2, map(bytes(3), new byte[4_000_000]));
        }
        try (StateStore store = open()) {
            assertArrayEquals(value, store.get(bytes(1)));
            assertEquals(4_000_000, store.get(bytes(3)).length);
            complete(store, 3, map(bytes(1), bytes(5), bytes(3), new byte[200_000]));
            assertEquals(200_000, store.get(bytes(3)).length);
        }
        try (StateStore store = open()) {
            assertArrayEquals(bytes(5), store.get(bytes(1)));
            assertEquals(java.util.List.of("01", "02", "03"), keys(store, bytes()));
        }
    }

    @Test
    void when_aStoreIsInUse_then_theMessageSaysByWhom() throws IOException {
        try (StateStore store = open()) {
            IOException refused = assertThrows(IOException.class, this::open);
            assertEquals("the state in " + folder.resolve("store") + " is in use by this process", refused.getMessage());
            assertEquals(0, store.lastCheckpoint());
        }
    }

    @Test
    void when_aStoreIsOpenOrClosed_then_noThreadOfItRuns() throws IOException {
        try (StateStore store = open()) {
            complete(store, 1, map(bytes(1), bytes(10)));
            assertEquals(0, xodusThreads());
        }
        assertEquals(0, xodusThreads());
    }

    private static long xodusThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("xodus") || thread.getName().contains("threadJobProcessor")).count();
    }

    @Test
    void when_aNumberIsNotHigherThanTheLast_then_theCheckpointIsRefused() throws IOException {
        try (StateStore store = open()) {
            complete(store, 5, map(bytes(1), bytes(10)));
            assertThrows(IllegalArgumentException.class, () -> store.begin(5));
            assertTrue(store.bytesWritten() > 0);
        }
    }

    @Test
    void when_memoryRanOutInXodus_then_thatIsNoFailureOfTheDisk() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        assertEquals(error, assertThrows(OutOfMemoryError.class, () -> XodusStore.failure("can't write", ExodusException.toExodusException(error))));
        IOException other = XodusStore.failure("can't write", new ExodusException("no"));
        assertEquals("can't write: jetbrains.exodus.ExodusException: no", other.getMessage());
    }

    @Test
    void when_aStoreIsOfAnEarlierForm_then_itIsRefusedAndLeftAsItIs() throws IOException {
        byte[] manifest = new byte[100];
        System.arraycopy("CREEKXD1".getBytes(StandardCharsets.US_ASCII), 0, manifest, 0, 8);
        Path first = Files.createDirectories(folder.resolve("store")).resolve("checkpoint.a");
        Files.write(first, manifest);
        DamagedStateException refused = assertThrows(DamagedStateException.class, this::open);
        assertEquals("the store is of an earlier form, which this version of the backend does not read", refused.getMessage());
        assertArrayEquals(manifest, Files.readAllBytes(first));
    }
}
