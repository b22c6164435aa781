package creek.core.internal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.internal.format.FormatHarness;
import creek.core.internal.format.RandomRows;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is encoded decodes to the same row again. */
class JsonRoundTripTest {
    private static final String SCHEMA = "a STRING, b BOOLEAN, c TINYINT, d SMALLINT, e INT, f BIGINT, g FLOAT, h DOUBLE, i DECIMAL(30, 12), "
            + "j DATE, k TIME(3), l TIMESTAMP(3), m TIMESTAMP(9), n TIMESTAMP_LTZ(3), o BYTES, p ARRAY<STRING>, q MAP<STRING, DOUBLE>, "
            + "r ROW<x STRING, y ROW<z BIGINT>>, s ARRAY<ROW<t INT, u ARRAY<INT>>>, v DECIMAL(9, 2)";

    @Test
    void randomRows() throws DecodeException {
        roundTrip(Map.of());
    }

    @Test
    void randomRowsWithOtherOptions() throws DecodeException {
        roundTrip(Map.of("timestamp-format.standard", "ISO-8601", "encode.ignore-null-fields", "true",
                "encode.decimal-as-plain-number", "true"));
    }

    private static void roundTrip(Map<String, String> options) throws DecodeException {
        FormatHarness harness = new FormatHarness(new JsonFormat(), options, SCHEMA);
        RandomRows rows = new RandomRows(42, 0.1, true);
        for (int i = 0; i < 2000; i++) {
            Row row = rows.next(harness.schema());
            byte[] record = harness.encodeBytes(row);
            Row again = harness.decodeRecord(record);
            if (!row.equals(again)) {
                assertEquals(harness.show(row), harness.show(again), "of " + new String(record, StandardCharsets.UTF_8));
            }
        }
    }
}
