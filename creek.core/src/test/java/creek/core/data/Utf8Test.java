package creek.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hashes of keys as people have them. */
class Utf8Test {
    private static final int KEYS = 100_000;
    private static final int GROUPS = 128;

    @Test
    void keysThatLookAlikeHaveHashesOfTheirOwn() {
        List<IntFunction<byte[]>> forms = List.of(
                i -> text("site-" + i % 317 + "/sensor-" + i / 317),
                i -> text("device-%08d".formatted(i)),
                i -> text("10.0." + i / 256 + "." + i % 256),
                i -> text(i + "/" + i % 10 + "/temperature"),
                i -> ByteBuffer.allocate(Long.BYTES).putLong(i).array(),
                i -> ByteBuffer.allocate(Long.BYTES).putDouble(i).array(),
                i -> ByteBuffer.allocate(2 * Long.BYTES).putLong(i % 300).putLong(i / 300).array());
        for (IntFunction<byte[]> form : forms) {
            Set<Integer> hashes = new HashSet<>();
            int[] groups = new int[GROUPS];
            for (int i = 0; i < KEYS; i++) {
                byte[] key = form.apply(i);
                int hash = Utf8.hash(key, 0, key.length);
                hashes.add(hash);
                groups[hash & GROUPS - 1]++;
            }
            String like = " of keys like " + new String(form.apply(12_345), StandardCharsets.ISO_8859_1);
            // by chance one or two are equal
            assertTrue(hashes.size() > KEYS - 20, hashes.size() + " hashes" + like);
            int largest = IntStream.of(groups).max().orElseThrow();
            assertTrue(largest < 1.3 * KEYS / GROUPS, largest + " in a group" + like);
        }
    }

    @Test
    void runsOfBytesDifferWhereOneByteOrTheLengthDoes() {
        for (int length = 0; length < 40; length++) {
            byte[] bytes = new byte[length + 5];
            byte[] others = new byte[length + 9];
            for (int i = 0; i < length; i++) {
                bytes[3 + i] = (byte) (17 * i + 1);
                others[7 + i] = bytes[3 + i];
            }
            bytes[2] = 1;
            others[6] = 2;
            bytes[3 + length] = 3;
            others[7 + length] = 4;
            assertEquals(0, Utf8.difference(bytes, 3, length, others, 7, length), "of " + length + " bytes");
            assertNotEquals(0, Utf8.difference(bytes, 3, length + 1, others, 7, length), "one more than " + length);
            assertNotEquals(0, Utf8.difference(bytes, 3, length, others, 7, length + 1), "one less than " + (length + 1));
            for (int i = 0; i < length; i++) {
                others[7 + i] ^= (byte) 0x80;
                assertNotEquals(0, Utf8.difference(bytes, 3, length, others, 7, length), "in byte " + i + " of " + length);
                others[7 + i] ^= (byte) 0x80;
            }
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
