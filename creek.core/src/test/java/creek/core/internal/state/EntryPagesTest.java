package creek.core.internal.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntryPagesTest {
    private record Entry(int address, byte[] key, byte[] value) {
    }

    private final EntryPages pages = new EntryPages();
    private final Random random = new Random(3);

    /** Most are small, some larger than what has sizes of its own, few larger than a page. */
    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(switch (random.nextInt(500)) {
            case 0 -> 3_000_000;
            case 1, 2, 3 -> 40_000;
            default -> 100;
        })];
        random.nextBytes(bytes);
        return bytes;
    }

    private void fill(int address, byte[] value) {
        System.arraycopy(value, 0, pages.page(address), pages.value(address), value.length);
    }

    private void check(Entry entry) {
        int from = pages.value(entry.address());
        assertEquals(entry.value().length, pages.valueLength(entry.address()));
        assertArrayEquals(entry.value(), Arrays.copyOfRange(pages.page(entry.address()), from, from + entry.value().length));
        assertEquals(entry.key().length, pages.keyLength(entry.address()));
        assertArrayEquals(entry.key(), pages.key(entry.address()));
        assertTrue(pages.hasKey(entry.address(), Arrays.copyOf(entry.key(), entry.key().length + 1), entry.key().length));
        assertFalse(pages.hasKey(entry.address(), Arrays.copyOf(entry.key(), entry.key().length + 1), entry.key().length + 1));
    }

    private int resize(Entry entry, int length) {
        int address = pages.resize(entry.address(), length);
        int from = pages.value(address);
        int kept = Math.min(length, entry.value().length);
        assertArrayEquals(Arrays.copyOf(entry.value(), kept), Arrays.copyOfRange(pages.page(address), from, from + kept));
        return address;
    }

    @Test
    void when_entriesComeChangeAndGo_then_theOthersStayAsTheyAre() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int at = entries.isEmpty() ? 0 : random.nextInt(entries.size());
            int step = entries.isEmpty() ? 0 : random.nextInt(4);
            if (step < 2) {
                byte[] key = bytes();
                byte[] value = bytes();
                int address = pages.add(key, key.length, value.length);
                fill(address, value);
                entries.add(new Entry(address, key, value));
            } else if (step == 2) {
                byte[] value = bytes();
                int address = random.nextBoolean() ? pages.replace(entries.get(at).address(), value.length) : resize(entries.get(at), value.length);
                fill(address, value);
                entries.set(at, new Entry(address, entries.get(at).key(), value));
            } else if (entries.size() > 300) {
                pages.remove(entries.get(at).address());
                entries.set(at, entries.get(entries.size() - 1));
                entries.remove(entries.size() - 1);
            }
            if (entries.size() > 600) {
                entries.subList(300, 600).forEach(entry -> pages.remove(entry.address()));
                entries.subList(300, 600).clear();
            }
            check(entries.get(random.nextInt(entries.size())));
        }
        entries.forEach(this::check);
    }

    @Test
    void when_entriesGo_then_othersOfTheirSizeTakeTheirRoom() {
        byte[] key = new byte[20];
        Set<Integer> addresses = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            int address = pages.add(key, key.length, 30);
            addresses.add(address);
            if (i % 10 != 0) {
                pages.remove(address);
            }
        }
        assertEquals(101, addresses.size());
    }

    @Test
    void when_anEntryGrowsByLittle_then_itSeldomMoves() {
        int address = pages.add(new byte[10], 10, 1000);
        int moves = 0;
        for (int length = 1000; length < 8000; length += 20) {
            int next = pages.resize(address, length);
            moves += next == address ? 0 : 1;
            address = next;
        }
        assertTrue(moves <= 3 * 8, "it moved " + moves + " times");
    }
}
