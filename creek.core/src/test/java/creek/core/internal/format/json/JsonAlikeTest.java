package creek.core.internal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.internal.format.FormatHarness;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A decoder that has seen records which look alike makes the same of the next one as a decoder that has seen none, whatever that one has. */
class JsonAlikeTest {
    private static final String SCHEMA = "f3 BIGINT, f9 STRING, f12 DOUBLE, g ROW<f3 INT, f5 STRING>";

    private final JsonRecords records = new JsonRecords();

    @Test
    void sameResultsAsWithoutWhatWasSeen() {
        FormatHarness learned = harness();
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] record = records.record(i);
            String expected = outcome(harness(), record);
            assertEquals(expected, outcome(learned, record), () -> new String(record, StandardCharsets.UTF_8));
            good += expected.startsWith("row") ? 1 : 0;
        }
        int rows = good;
        assertTrue(rows > 7_000 && rows < 18_000, () -> rows + " records were good");
    }

    /** Each place at which a record of all forms may end, whatever follows it in the buffer. */
    @Test
    void recordsCutAnywhere() throws DecodeException {
        FormatHarness learned = harness();
        byte[] whole = ("{\"f1\":\"ok-164\",\"f2\":true,\"f3\":485,\"f4\":780.44,\"f5\":false,\"f6\":\"sixteen letters!\",\"f7\":null,\"f8\":-12.5,"
                + "\"f9\":\"x\",\"f10\":\"fail-968\",\"f11\":1234567,\"f12\":1.5,\"f13\":\"\u00FC\\\"\",\"f14\":[1,{\"a\":\"b\"}]}").getBytes(StandardCharsets.UTF_8);
        for (int to = 0; to <= whole.length; to++) {
            assertEquals("485 | x | 1.5 | NULL", learned.show(learned.decodeRecord(whole)));
            byte[] cut = Arrays.copyOf(whole, to);
            assertEquals(outcome(harness(), cut), outcome(learned, cut));
            assertEquals(to == whole.length || to == 0, !outcome(learned, cut).startsWith("error"));
        }
    }

    private static FormatHarness harness() {
        return new FormatHarness(new JsonFormat(), Map.of(), SCHEMA);
    }

    private static String outcome(FormatHarness harness, byte[] record) {
        try {
            Row row = harness.decodeRecord(record);
            return row == null ? "none" : "row " + harness.show(row);
        } catch (DecodeException e) {
            return "error " + e.getMessage() + " at " + e.offset();
        }
    }
}
