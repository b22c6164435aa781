package creek.core.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The search for a delimiter finds what a search byte by byte does. */
class FramingTest {
    @Test
    void delimitersAmongBytesOfAllKinds() {
        Random random = new Random(11);
        byte[] similar = {'\n', '\n' + 1, '\n' - 1, '\n' ^ (byte) 0x80, 0, -1, 'a'};
        for (int i = 0; i < 50_000; i++) {
            int most = random.nextInt(2) == 0 ? 1 : similar.length;
            byte[] bytes = new byte[150 + Long.BYTES];
            for (int p = 0; p < bytes.length; p++) {
                bytes[p] = random.nextInt(40) == 0 ? similar[random.nextInt(most)] : (byte) (most == 1 ? 'a' + random.nextInt(26) : 0x80 + random.nextInt(0x80));
            }
            int to = random.nextInt(bytes.length - Long.BYTES + 1);
            int from = random.nextInt(to + 1);
            int expected = from;
            while (expected < to && bytes[expected] != '\n') {
                expected++;
            }
            assertEquals(expected < to ? expected : -1, Framing.LINES.findEnd(bytes, from, to));
        }
    }
}
