package creek.core.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberBagTest {
    private final NumberBag bag = new NumberBag();
    private final Map<Long, Long> expected = new HashMap<>();
    private final Row row = new Row(1);

    private void set(Long number) {
        if (number == null) {
            row.setNull(0);
        } else {
            row.setLong(0, number);
        }
    }

    @Test
    void holdsWhatAMapOfCountsHolds() {
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            // it grows, shrinks to nothing, and grows again
            boolean growing = i / 50_000 % 2 == 0;
            Long number = random.nextInt(50) == 0 ? null : random.nextInt(growing ? 5_000 : 500) * (random.nextBoolean() ? 1L : 1L << 40);
            set(number);
            if (random.nextInt(5) < (growing ? 4 : 1)) {
                assertEquals(expected.merge(number, 1L, Long::sum) == 1, bag.add(row, 0, 1));
            } else {
                boolean last = Long.valueOf(1).equals(expected.get(number));
                expected.computeIfPresent(number, (key, count) -> count == 1 ? null : count - 1);
                assertEquals(last, bag.remove(row, 0));
            }
            assertEquals(expected.size(), bag.size());
            if (i % 5_000 == 0) {
                assertEquals(expected, content());
            }
        }
    }

    private Map<Long, Long> content() {
        Map<Long, Long> content = new HashMap<>();
        for (int place = bag.next(0); place >= 0; place = bag.next(place + 1)) {
            bag.get(place, row, 0);
            content.put(row.isNullAt(0) ? null : row.getLong(0), bag.count(place));
        }
        return content;
    }
}
