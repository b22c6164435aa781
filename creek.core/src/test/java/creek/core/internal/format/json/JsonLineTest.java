package creek.core.internal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.TypeRoot;
import creek.core.format.DecodeException;
import creek.core.format.Framing;
import creek.core.format.WantedColumn;
import creek.core.internal.format.FormatHarness;
import creek.core.internal.format.Schemas;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A line that is decoded before its end was looked for gives what it gives otherwise, and ends where it ends. */
class JsonLineTest {
    private static final String STRINGS = "f3 BIGINT, f9 STRING, f12 DOUBLE, g ROW<f3 INT, f5 STRING>, f1 STRING, f4 STRING, f14 STRING";
    private static final String TYPES = "f3 BIGINT, f9 STRING, f12 DOUBLE, g ROW<f3 INT, f5 STRING>, f1 BOOLEAN, f4 DECIMAL(10, 2), f14 ARRAY<STRING>, "
            + "f6 INT, f7 ARRAY<STRING>, f11 MAP<STRING, STRING>";
    private static final int G = 3;
    private static final int MAX_COLUMNS = 12;
    private static final String[] BREAKS = {"\n", "\r\n", "\r", " \n ", "\n\n"};

    private final JsonRecords records = new JsonRecords();
    private final Random random = new Random(12);

    @Test
    void sameAsWithItsEnd() {
        compare(Map.of(), STRINGS);
    }

    @Test
    void sameAsWithItsEndWhereErrorsAreIgnored() {
        compare(Map.of(JsonFormat.IGNORE_PARSE_ERRORS.key(), "true"), TYPES);
    }

    /** What was remembered of a message of several lines may not be taken for part of a line. */
    @Test
    void linesAfterAMessageOfSeveralLines() throws DecodeException {
        FormatHarness harness = harness(Map.of(), STRINGS);
        byte[] message = "{\"f3\":1,\n\"f9\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        assertTrue(harness.show(harness.decodeRecord(message)).startsWith("1 | a | "));
        byte[] lines = Arrays.copyOf(message, message.length + 1 + Long.BYTES);
        lines[message.length] = '\n';
        assertEquals(-1, harness.decodeLine(lines, 0, message.length + 1, new Row(MAX_COLUMNS)));
    }

    private void compare(Map<String, String> options, String schema) {
        FormatHarness learned = harness(options, schema);
        Row row = new Row(MAX_COLUMNS);
        int decoded = 0;
        for (int i = 0; i < 9_000; i += 3) {
            if (i % 60 == 0) {
                // One that has come across a carriage return between keys no longer does it.
                learned = harness(options, schema);
            }
            byte[] bytes = lines(i);
            int to = random.nextInt(4) > 0 ? bytes.length - Long.BYTES : random.nextInt(bytes.length - Long.BYTES + 1);
            for (int from = 0; from < to;) {
                int start = from;
                int lineFeed = Framing.LINES.findEnd(bytes, from, to);
                int found = learned.decodeLine(bytes, from, to, row);
                if (found >= 0) {
                    assertEquals(lineFeed, found, () -> new String(bytes, start, to - start, StandardCharsets.UTF_8));
                    int end = lineFeed > from && bytes[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
                    byte[] record = Arrays.copyOfRange(bytes, from, end);
                    String shown = learned.show(row);
                    assertEquals(outcome(options, schema, record), shown, () -> new String(record, StandardCharsets.UTF_8));
                    decoded++;
                }
                from = lineFeed < 0 ? to : lineFeed + 1;
            }
        }
        int lines = decoded;
        assertTrue(lines > 1_000, () -> lines + " lines were decoded so");
    }

    private static FormatHarness harness(Map<String, String> options, String types) {
        Schema schema = Schemas.schema(types);
        List<WantedColumn> wanted = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            wanted.add(new WantedColumn(i, i == G ? List.of("f5") : List.of(), schema.type(i == G ? 1 : i)));
            if (schema.type(i).root() == TypeRoot.ARRAY) {
                wanted.add(new WantedColumn(i, List.of(), schema.type(i), 2));
            }
        }
        return new FormatHarness(new JsonFormat(), options, types, wanted.toArray(WantedColumn[]::new));
    }

    private static String outcome(Map<String, String> options, String schema, byte[] record) {
        try {
            FormatHarness fresh = harness(options, schema);
            Row row = fresh.decodeRecord(record);
            return row == null ? "none" : fresh.show(row);
        } catch (DecodeException e) {
            return "error " + e.getMessage();
        }
    }

    /** Some records, one after the other, with line ends here and there, and spare bytes. */
    private byte[] lines(int number) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            byte[] record = records.record(number + i);
            int place = random.nextInt(3) == 0 ? random.nextInt(record.length + 1) : record.length;
            lines.write(record, 0, place);
            lines.writeBytes(BREAKS[random.nextInt(BREAKS.length)].getBytes(StandardCharsets.US_ASCII));
            lines.write(record, place, record.length - place);
            lines.write('\n');
        }
        lines.writeBytes("\"}\n\n456,".getBytes(StandardCharsets.US_ASCII));
        return lines.toByteArray();
    }
}
