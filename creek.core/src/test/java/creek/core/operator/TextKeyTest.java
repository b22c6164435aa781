package creek.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextKeyTest {
    private final KeySelector selector = new KeySelector(new int[] {0}, Schema.empty().with("device", DataType.string()));
    private final BinaryWriter written = new BinaryWriter();
    private final Row row = new Row(1);

    @Test
    void when_stringIsLookedUpWhereItLies_then_hashAndEqualityAreThoseOfTheWrittenKey() {
        Random random = new Random(3);
        for (int length = 0; length <= 127; length++) {
            byte[] bytes = new byte[length + 24];
            random.nextBytes(bytes);
            Utf8 text = new Utf8(bytes, 5, length);
            byte[] key = write(text);
            assertTrue(TextKey.isOne(text), "length " + length);
            assertFalse(equals(key, new Utf8(bytes, 5, length + 1)), "one more than " + length);
            assertTrue(length == 0 || !equals(key, new Utf8(bytes, 5, length - 1)), "one less than " + length);
            assertEquals(Utf8.hash(key, 0, key.length), TextKey.hash(text, TextKey.start(text)), "length " + length);
            for (int changed = 0; changed < length; changed++) {
                bytes[5 + changed]++;
                assertFalse(equals(key, text), "length " + length + ", place " + changed);
                bytes[5 + changed]--;
            }
            assertTrue(equals(key, text), "length " + length);
        }
    }

    @Test
    void when_keysAreNumbered_then_eachStringHasOneNumberWhereverItLies() {
        KeyTable table = new KeyTable(selector);
        int[] numbers = new int[300];
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < numbers.length; i++) {
                // short and long ones, some at the very end of their array
                byte[] bytes = ("x".repeat(i % 140) + i).getBytes(StandardCharsets.US_ASCII);
                byte[] all = Arrays.copyOf(bytes, bytes.length + (round == 0 ? 8 : 0));
                row.setUtf8(0, all, 0, bytes.length);
                int number = table.number(selector, row);
                if (round == 0) {
                    numbers[i] = number;
                    table.use(number);
                }
                assertEquals(numbers[i], number, "key " + i);
            }
        }
    }

    private static boolean equals(byte[] key, Utf8 text) {
        return TextKey.start(key, key.length) == TextKey.start(text) && TextKey.restDifference(key, key.length, text) == 0;
    }

    private byte[] write(Utf8 text) {
        row.setUtf8(0, text);
        written.reset();
        selector.write(row, written);
        return written.toBytes();
    }
}
