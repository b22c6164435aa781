package creek.core.internal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import creek.core.internal.format.FormatHarness;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How rows are written as JSON; the texts are Flink's. */
class JsonEncodeTest {
    /** Decodes and encodes again: the text must stay what it is, unless another is expected. */
    private static void assertEncoded(String expected, Map<String, String> options, String schema, String json) throws DecodeException {
        FormatHarness harness = new FormatHarness(new JsonFormat(), options, schema);
        assertEquals(expected, harness.encode(harness.decodeRecord(json.getBytes(StandardCharsets.UTF_8))));
    }

    private static void assertSame(String schema, String json) throws DecodeException {
        assertEncoded(json, Map.of(), schema, json);
    }

    @Test
    void valuesOfEveryType() throws DecodeException {
        assertSame("a BOOLEAN, b TINYINT, c BIGINT, d FLOAT, e DOUBLE, f DECIMAL(10, 3), g STRING, h BYTES",
                "{\"a\":true,\"b\":-128,\"c\":-9223372036854775808,\"d\":0.1,\"e\":-1.0E-7,\"f\":1.500,\"g\":\"é\\n\\\"\\\\/\\u0001\",\"h\":\"aGVsbG8=\"}");
        assertSame("a DATE, b TIME, c TIMESTAMP(3), d TIMESTAMP(9), e TIMESTAMP_LTZ(3)",
                "{\"a\":\"1969-12-31\",\"b\":\"12:34:56\",\"c\":\"2024-02-29 23:59:59.5\",\"d\":\"1969-12-31 23:59:59.000000001\",\"e\":\"0001-01-01 00:00:00Z\"}");
        assertSame("a ARRAY<INT>, m MAP<STRING, DOUBLE>, r ROW<x ROW<y INT>, z STRING>, n ARRAY<ROW<q INT>>",
                "{\"a\":[1,null,3],\"m\":{\"k\":1.0,\"l\":null},\"r\":{\"x\":{\"y\":1},\"z\":null},\"n\":[]}");
        assertEncoded("{\"a\":\"NaN\",\"b\":\"-Infinity\"}", Map.of(), "a DOUBLE, b FLOAT", "{\"a\":\"NaN\",\"b\":\"-Infinity\"}");
        assertSame("a INT, m MAP<STRING, INT>", "{\"a\":null,\"m\":{}}");
    }

    @Test
    void isoTimestamps() throws DecodeException {
        String json = "{\"a\":\"2024-02-29T23:59:59.123\",\"b\":\"2024-02-29T23:59:59Z\"}";
        assertEncoded(json, Map.of("timestamp-format.standard", "ISO-8601"), "a TIMESTAMP(3), b TIMESTAMP_LTZ(3)", json);
    }

    @Test
    void nullFieldsAndPlainDecimals() throws DecodeException {
        assertEncoded("{\"b\":{\"y\":1}}", Map.of("encode.ignore-null-fields", "true"), "a INT, b ROW<x INT, y INT>, c STRING",
                "{\"b\":{\"y\":1}}");
        assertEncoded("{}", Map.of("encode.ignore-null-fields", "true"), "a INT", "{}");
        assertEncoded("{\"a\":2.7E-8}", Map.of(), "a DECIMAL(10, 9)", "{\"a\":0.000000027}");
        assertEncoded("{\"a\":0.000000027}", Map.of("encode.decimal-as-plain-number", "true"), "a DECIMAL(10, 9)", "{\"a\":0.000000027}");
    }

    @Test
    void nullKeys() {
        Map<Utf8, Integer> map = new LinkedHashMap<>();
        map.put(null, 1);
        map.put(Utf8.of("k"), 2);
        Row row = new Row(1);
        row.setObject(0, map);
        String schema = "m MAP<STRING, INT>";
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> new FormatHarness(new JsonFormat(), Map.of(), schema).encode(row));
        assertTrue(e.getMessage().startsWith("column 'm': a map has a NULL key"), e.getMessage());
        assertEquals("{\"m\":{\"k\":2}}", new FormatHarness(new JsonFormat(), Map.of("map-null-key.mode", "DROP"), schema).encode(row));
        assertEquals("{\"m\":{\"none\":1,\"k\":2}}", new FormatHarness(new JsonFormat(),
                Map.of("map-null-key.mode", "LITERAL", "map-null-key.literal", "none"), schema).encode(row));
    }
}
