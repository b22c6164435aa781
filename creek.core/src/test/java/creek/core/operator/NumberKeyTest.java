package creek.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NumberKeyTest {
    private static final long[] EDGES = {0, 1, -1, 255, 256, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 56, -1L << 56};

    private final KeySelector selector = new KeySelector(new int[] {0}, Schema.empty().with("id", DataType.bigint()));
    private final Row row = new Row(1);

    @Test
    void hashAndNumberAreThoseOfTheWrittenKey() {
        LongStream.concat(LongStream.of(EDGES), new Random(5).longs(1000)).forEach(number -> {
            row.setLong(0, number);
            byte[] key = write();
            assertEquals(Utf8.hash(key, 0, key.length), NumberKey.hash(number), "number " + number);
            assertEquals(number, NumberKey.number(key, key.length));
        });
        row.setNull(0);
        byte[] none = write();
        assertNotEquals(Utf8.hash(none, 0, none.length), NumberKey.hash(NumberKey.number(none, none.length)), "NULL is told by its hash");
    }

    /** Also while the table grows, and when it forgets those that nobody uses. */
    @Test
    void when_keysAreNumbered_then_eachHasOneNumber() {
        KeyTable table = new KeyTable(selector);
        Map<Long, Integer> numbers = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Long key = switch (random.nextInt(20)) {
                case 0 -> null;
                case 1 -> EDGES[random.nextInt(EDGES.length)];
                default -> (long) random.nextInt(3000) << 8 * random.nextInt(6);
            };
            if (key == null) {
                row.setNull(0);
            } else {
                row.setLong(0, key);
            }
            int number = table.number(selector, row);
            Integer known = numbers.put(key, number);
            if (known == null) {
                table.use(number);
            } else {
                assertEquals(known, number, "key " + key);
            }
            byte[] written = write();
            assertEquals(number, table.number(written, written.length, Utf8.hash(written, 0, written.length)), "key " + key);
            if (random.nextInt(3) == 0) {
                table.release(number);
                numbers.remove(key);
            }
        }
        assertEquals(numbers.size(), numbers.values().stream().distinct().count());
    }

    private byte[] write() {
        BinaryWriter output = new BinaryWriter();
        selector.write(row, output);
        return output.toBytes();
    }
}
