package creek.core.internal.format;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import creek.core.format.DecodeException;
import creek.core.format.Format;
import creek.core.internal.format.csv.CsvFormat;
import creek.core.internal.format.json.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged records give rows or a {@link DecodeException} within the record, nothing else. */
class MalformedInputTest {
    private static final String SCHEMA = "a STRING, b BOOLEAN, e INT, f BIGINT, g FLOAT, h DOUBLE, i DECIMAL(20, 5), j DATE, k TIME(3), "
            + "l TIMESTAMP(3), n TIMESTAMP_LTZ(9), o BYTES, p ARRAY<STRING>, r ROW<x STRING, y ROW<z BIGINT>>";
    private static final byte[] SPICE = "{}[]\",:\\0123456789.eE+-truefalsn \t\r\u0000'u\u0080\u00FF\u00C3".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void json() {
        mutate(new JsonFormat(), Map.of(), SCHEMA + ", q MAP<STRING, DOUBLE>, s ARRAY<ROW<t INT, u ARRAY<INT>>>");
    }

    @Test
    void jsonWithErrorsIgnored() {
        mutate(new JsonFormat(), Map.of("ignore-parse-errors", "true"), SCHEMA + ", q MAP<STRING, DOUBLE>");
    }

    @Test
    void csv() {
        mutate(new CsvFormat(), Map.of("escape-character", "\\"), "a STRING, b BOOLEAN, e INT, f BIGINT, g FLOAT, h DOUBLE, i DECIMAL(20, 5), "
                + "j DATE, k TIME(3), l TIMESTAMP(3), n TIMESTAMP_LTZ(9), o BYTES, p ARRAY<STRING>, r ROW<x STRING, y BIGINT>");
    }

    private static void mutate(Format format, Map<String, String> options, String schema) {
        FormatHarness harness = new FormatHarness(format, options, schema);
        RandomRows rows = new RandomRows(44, 0.05, false);
        Random random = new Random(45);
        assertTimeoutPreemptively(Duration.ofMinutes(3), () -> {
            for (int i = 0; i < 8_000; i++) {
                byte[] record = harness.encodeBytes(rows.next(harness.schema()));
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    record = mutate(record, random);
                }
                decode(harness, record);
            }
        });
    }

    private static byte[] mutate(byte[] record, Random random) {
        if (record.length == 0) {
            return record;
        }
        int place = random.nextInt(record.length);
        byte[] changed = record.clone();
        switch (random.nextInt(4)) {
            case 0 -> changed[place] = SPICE[random.nextInt(SPICE.length)];
            case 1 -> changed = Arrays.copyOf(record, place);
            case 2 -> {
                int from = random.nextInt(record.length);
                System.arraycopy(record, from, changed, place, Math.min(random.nextInt(20), record.length - Math.max(from, place)));
            }
            default -> {
                changed = new byte[record.length + 1];
                System.arraycopy(record, 0, changed, 0, place);
                changed[place] = SPICE[random.nextInt(SPICE.length)];
                System.arraycopy(record, place, changed, place + 1, record.length - place);
            }
        }
        return changed;
    }

    private static void decode(FormatHarness harness, byte[] record) {
        try {
            harness.decodeRecord(record);
        } catch (DecodeException e) {
            assertTrue(e.offset() >= 0 && e.offset() <= record.length && !e.getMessage().isBlank(), e.getMessage() + " at " + e.offset());
        } catch (RuntimeException e) {
            fail("'" + new String(record, StandardCharsets.UTF_8) + "'", e);
        }
    }
}
