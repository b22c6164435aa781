package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import creek.core.option.Options;
import creek.core.state.StateStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstTest {
    @TempDir Path folder;

    @Test
    void keepsWhatACheckpointCompleted() throws Exception {
        try (StateStore store = open()) {
            StateStore.Checkpoint checkpoint = store.begin(1);
            checkpoint.put(bytes("a"), bytes("one"));
            checkpoint.put(bytes("b"), bytes("two"));
            checkpoint.complete();
            assertArrayEquals(bytes("one"), store.get(bytes("a")));
            checkpoint = store.begin(2);
            checkpoint.remove(bytes("a"));
            checkpoint.put(bytes("c"), bytes("three"));
            checkpoint.complete();
            assertNull(store.get(bytes("a")));
            checkpoint = store.begin(3);
            checkpoint.put(bytes("d"), bytes("four"));
        }
        try (StateStore store = open()) {
            assertEquals(2, store.lastCheckpoint());
            assertNull(store.get(bytes("a")));
            assertNull(store.get(bytes("d")));
            assertArrayEquals(bytes("three"), store.get(bytes("c")));
            StateStore.Checkpoint checkpoint = store.begin(3);
            checkpoint.put(bytes("e"), bytes("five"));
            checkpoint.abort();
            assertNull(store.get(bytes("e")));
        }
    }

    private StateStore open() throws Exception {
        return new XodusBackend().open(folder, Options.of(Map.of()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
