package creek.core.internal.format;

import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.format.WantedColumn;
import creek.core.internal.format.csv.CsvFormat;
import creek.core.internal.format.json.JsonFormat;
import creek.core.option.Options;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records of plain types cost no garbage, whichever order and form their fields come in. */
class AllocationTest {
    private static final String SCHEMA = "s STRING, e STRING, b BOOLEAN, i INT, l BIGINT, d DOUBLE, x DOUBLE, f FLOAT, day DATE, t TIME, "
            + "ts TIMESTAMP(3), ltz TIMESTAMP_LTZ(3)";
    private static final int RECORDS = 5000;

    @Test
    void json() throws Exception {
        check(new JsonFormat(), "{\"s\":\"dev-1\",\"e\":\"a\\n\\u00e9\",\"b\":true,\"i\":42,\"l\":1700000000000,\"d\":21.37,"
                + "\"x\":21.370000000000001,\"f\":1.5,\"day\":\"2024-02-29\",\"t\":\"23:59:59\",\"ts\":\"2024-02-29 23:59:59.123\","
                + "\"ltz\":\"2024-02-29 23:59:59.123Z\"}",
                "{ \"other\" : [1, {}], \"i\":\"17\", \"s\":null, \"x\":1.5e-7, \"d\": -3, \"ltz\":null, \"l\":12345678, \"b\":false}");
    }

    @Test
    void csv() throws Exception {
        check(new CsvFormat(), "dev-1,\"a \"\"quoted\"\"\", True,42,1700000000000,21.37,21.370000000000001,1.5,2024-02-29,23:59:59,"
                + "2024-02-29 23:59:59.123,2024-02-29 23:59:59.123Z");
    }

    private static void check(Format format, String... records) throws Exception {
        Schema schema = Schemas.schema(SCHEMA);
        List<WantedColumn> wanted = IntStream.range(0, schema.size())
                .mapToObj(i -> new WantedColumn(i, List.of(), schema.type(i))).toList();
        RowDecoder decoder = format.createDecoder(new DecoderContext(Options.of(Map.of()), schema, wanted, ZoneOffset.UTC));
        byte[][] padded = Arrays.stream(records).map(record -> (record + "\n" + " ".repeat(8)).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        Row row = new Row(schema.size());
        decode(decoder, padded, row);
        long before = allocated();
        decode(decoder, padded, row);
        long perRecord = (allocated() - before) / RECORDS;
        assertTrue(perRecord < 1, () -> "decoding allocates " + perRecord + " bytes a record");
    }

    private static void decode(RowDecoder decoder, byte[][] records, Row row) throws Exception {
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = records[i % records.length];
            if (i % 3 == 0 || decoder.decodeLine(record, 0, record.length - 8, row) < 0) {
                decoder.decode(record, 0, record.length - 9, row);
            }
        }
    }

    @Test
    void encoding() throws Exception {
        Schema schema = Schemas.schema("s STRING, b BOOLEAN, i INT, l BIGINT, d DOUBLE, f FLOAT, day DATE, t TIME, ts TIMESTAMP(3)");
        FormatHarness rows = new FormatHarness(new JsonFormat(), Map.of(),
                "s STRING, b BOOLEAN, i INT, l BIGINT, d DOUBLE, f FLOAT, day DATE, t TIME, ts TIMESTAMP(3)");
        Row row = rows.decodeRecord(("{\"s\":\"a\\n\",\"b\":true,\"i\":-42,\"l\":1700000000000,\"d\":21.37,\"f\":0.1,\"day\":\"2024-02-29\","
                + "\"t\":\"23:59:59\",\"ts\":\"2024-02-29 23:59:59.123\"}").getBytes(StandardCharsets.UTF_8));
        for (Format format : List.of(new JsonFormat(), new CsvFormat())) {
            RowEncoder encoder = format.createEncoder(new EncoderContext(Options.of(Map.of()), schema,
                    IntStream.range(0, schema.size()).boxed().toList(), ZoneOffset.UTC));
            BinaryWriter output = new BinaryWriter();
            encode(encoder, row, output);
            long before = allocated();
            encode(encoder, row, output);
            long perRow = (allocated() - before) / RECORDS;
            assertTrue(perRow < 1, () -> "encoding allocates " + perRow + " bytes a row");
        }
    }

    private static void encode(RowEncoder encoder, Row row, BinaryWriter output) {
        for (int i = 0; i < RECORDS; i++) {
            output.reset();
            encoder.encode(row, output);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
