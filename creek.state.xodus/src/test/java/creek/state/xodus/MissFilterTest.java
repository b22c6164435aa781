package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.option.Options;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissFilterTest {
    private static final int KEYS = 40_000;

    @Test
    void when_aKeyWasAdded_then_itMayBeThereAndMostOthersAreNot() {
        MissFilter filter = new MissFilter(64 << 10);
        assertTrue(filter.mayHave(key(1)), "nothing is known before all keys were added");
        for (int i = 0; i < KEYS; i++) {
            filter.add(key(i));
        }
        filter.setFull();
        int wrong = 0;
        for (int i = 0; i < KEYS; i++) {
            assertTrue(filter.mayHave(key(i)));
            wrong += filter.mayHave(key(KEYS + i)) ? 1 : 0;
        }
        assertTrue(wrong < KEYS / 10, wrong + " of " + KEYS);
    }

    @Test
    void when_aStoreIsLarge_then_allThatItHasIsFoundBeforeAndAfterItIsOpenedAgain(@TempDir Path folder) throws IOException {
        // Of values of half a kilobyte and a heap of no more than some gigabytes this is more than any filter is worth.
        int keys = (int) Math.max(2 * KEYS, 20L * MissFilter.size(Runtime.getRuntime().maxMemory()) / 512);
        long number = 0;
        for (int round = 0; round < 2; round++) {
            try (StateStore store = new XodusBackend().open(folder, Options.of(Map.of()))) {
                for (int i = 0; i < 6; i++) {
                    StateStore.Checkpoint checkpoint = store.begin(++number);
                    for (int k = i; k < keys; k += 6) {
                        checkpoint.put(key(k), value(k + round));
                    }
                    checkpoint.remove(key(i));
                    checkpoint.complete();
                }
                for (int k = 0; k < keys; k += 7) {
                    if (k < 6) {
                        assertNull(store.get(key(k)));
                    } else {
                        assertArrayEquals(value(k + round), store.get(key(k)));
                    }
                    assertNull(store.get(key(keys + k)));
                }
                assertEquals(number, store.lastCheckpoint());
            }
        }
        assertTrue(MissFilter.isWorth(1 << 20, 17 << 20));
        assertFalse(MissFilter.isWorth(1 << 20, 15 << 20));
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(7).putShort((short) 1).put((byte) (number & 127)).putInt(number).array();
    }

    private static byte[] value(int number) {
        return ByteBuffer.allocate(512).putInt(number).array();
    }
}
