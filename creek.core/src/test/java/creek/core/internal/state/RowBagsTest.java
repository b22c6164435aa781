package creek.core.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Of joins without checkpoints, where least is kept of a row. */
class RowBagsTest {
    private static final Schema SCHEMA = Schema.empty().with("number", DataType.bigint()).with("text", DataType.string());

    private static BinaryWriter key(int key) {
        BinaryWriter bytes = new BinaryWriter();
        bytes.writeInt(key);
        return bytes;
    }

    @Test
    void when_aKeyHasAnyNumberOfRows_then_theyAreAllThereInTheirOrder() {
        Random random = new Random(7);
        RowBags bags = new RowBags(SCHEMA, TimeToLive.FOREVER, false, false);
        Map<Integer, List<String>> expected = new HashMap<>();
        Row row = new Row(2);
        for (int i = 0; i < 40_000; i++) {
            int key = random.nextInt(1 + random.nextInt(1 + random.nextInt(500)));
            String text = "-".repeat(random.nextInt(300)) + random.nextInt(10);
            row.setLong(0, i);
            row.setUtf8(1, Utf8.of(text));
            bags.update(key(key), row, false, 0);
            expected.computeIfAbsent(key, each -> new ArrayList<>()).add(i + text);
        }
        assertEquals(40_000, bags.rows());
        expected.forEach((key, rows) -> {
            RowBag bag = bags.get(key(key));
            List<String> found = new ArrayList<>();
            for (int entry = bag.first(); entry >= 0; entry = bag.next(entry)) {
                bags.read(bag, entry, row, 0);
                found.add(row.getLong(0) + row.getUtf8(1).toString());
                assertEquals(1, bag.count(entry));
            }
            assertEquals(rows, found);
        });
    }
}
