package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeKeyTest {
    @Test
    void when_keysAreHalved_then_theirOrderStaysAndTheyCanBeReadBack() {
        Random random = new Random(1);
        byte[] before = {};
        for (int i = 0; i < 20_000; i++) {
            byte[] key = new byte[random.nextInt(40)];
            random.nextBytes(key);
            System.arraycopy(before, 0, key, 0, Math.min(random.nextInt(40), Math.min(before.length, key.length)));
            assertArrayEquals(key, TreeKey.toKey(TreeKey.of(key)));
            assertEquals(Integer.signum(Arrays.compareUnsigned(before, key)), Integer.signum(TreeKey.of(before).compareTo(TreeKey.of(key))));
            before = key;
        }
    }
}
