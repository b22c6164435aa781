package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long NOW = 1_000_000;

    private final Pace pace = new Pace(2);
    private final List<Stripe> stripes = stripes("a");
    private int calls;

    private static List<Stripe> stripes(String name) {
        return Stripe.of(new SourceFile(Path.of("/" + name), name, 100, 0, name), 1);
    }

    private boolean begin(int reader, Stripe stripe) {
        return pace.begin(reader, stripe, NOW, () -> calls++);
    }

    @Test
    void nobodyIsWokenWhoDoesNotWait() {
        assertTrue(begin(1, stripes.get(1)));
        assertTrue(begin(0, stripes.get(2)));
        assertTrue(begin(1, stripes.get(3)));
        assertEquals(0, calls);
        assertFalse(begin(0, stripes.get(50)));
        assertTrue(begin(1, stripes.get(5)));
        assertEquals(1, calls);
        assertTrue(begin(1, stripes.get(7)));
        assertEquals(1, calls);
        assertFalse(begin(0, stripes.get(50)));
        assertFalse(begin(0, stripes.get(50)));
        pace.end(1);
        assertEquals(2, calls);
        assertTrue(begin(0, stripes.get(50)));
    }

    @Test
    void twoNeverWaitForEachOther_alsoWhereStripesBetweenThemHaveBeenRead() {
        assertTrue(begin(0, stripes.get(3)));
        assertTrue(begin(1, stripes.get(5)));
        assertFalse(begin(0, stripes.get(12)));
        assertTrue(begin(1, stripes.get(13)));
        assertTrue(begin(0, stripes.get(12)));
    }

    @Test
    void readersOfOtherFilesAreNotWaitedFor() {
        assertTrue(begin(1, stripes("b").get(0)));
        assertTrue(begin(0, stripes.get(50)));
    }
}
