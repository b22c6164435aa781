package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import creek.core.state.StateStoreContract;
import java.io.IOException;
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
}
