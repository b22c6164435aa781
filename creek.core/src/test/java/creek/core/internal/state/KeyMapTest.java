package creek.core.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyMapTest {
    private final BinaryWriter key = new BinaryWriter();
    private long now;

    private BinaryWriter key(long value) {
        key.reset();
        key.writeLong(value);
        return key;
    }

    @Test
    void when_entriesExpire_then_theyAreNotThere() {
        KeyMap<Long> map = new KeyMap<>();
        map.expireAfter(TimeToLive.ofMillis(() -> now, 100));
        Map<Long, Long> expected = new HashMap<>();
        Map<Long, Long> written = new HashMap<>();
        Random random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            now += random.nextInt(3);
            long k = random.nextInt(500);
            boolean lives = written.containsKey(k) && now - written.get(k) < 100;
            Long value = map.get(key(k));
            assertEquals(lives ? expected.get(k) : null, value);
            if (value != null && random.nextInt(4) == 0) {
                map.remove(key(k).toBytes());
                written.remove(k);
            } else if (value != null && random.nextBoolean()) {
                map.touch();
                written.put(k, now);
            } else if (value == null) {
                map.add(key(k).toBytes(), (long) i);
                expected.put(k, (long) i);
                written.put(k, now);
            }
        }
    }

    @Test
    void when_keysNeverComeAgain_then_expiredOnesMakeRoom() {
        KeyMap<Long> map = new KeyMap<>();
        map.expireAfter(TimeToLive.ofMillis(() -> now, 1000));
        for (long k = 0; k < 1_000_000; k++) {
            now++;
            map.get(key(k));
            map.add(key(k).toBytes(), k);
            assertTrue(map.size() < 4096, () -> map.size() + " entries");
        }
    }
}
