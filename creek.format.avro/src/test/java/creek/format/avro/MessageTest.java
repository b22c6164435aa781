package creek.format.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final Schema SIMPLE = Schema.empty().with("name", DataType.string()).with("n", DataType.integer().notNull());

    @Test
    void allTypesComeBack() throws Exception {
        for (String encoding : new String[] {"binary", "json"}) {
            AvroTable table = new AvroTable(Samples.ALL, Map.of("encoding", encoding, "timestamp_mapping.legacy", "false"));
            for (Row row : Samples.rows(30)) {
                assertEquals(show(row), show(table.decodeMessage(table.message(row))), encoding);
            }
        }
    }

    /** Rows compare arrays of bytes within them by identity. */
    private static String show(Row row) {
        byte[] data = row.isNullAt(8) ? null : row.getBytes(8);
        Row shown = row.copy();
        shown.setNull(8);
        return shown.hashCode() + " " + Arrays.toString(data) + " " + row.isNullAt(8);
    }

    @Test
    void otherReadersReadIt() throws Exception {
        AvroTable table = new AvroTable(Samples.ALL, Samples.EXACT_TIMESTAMPS);
        byte[] message = table.message(Samples.rows(1).get(0));
        var schema = SchemaDerivation.of(DataType.row(Samples.ALL).notNull(), false);
        GenericRecord datum = new GenericDatumReader<GenericRecord>(schema).read(null, DecoderFactory.get().binaryDecoder(message, null));
        assertEquals("text é 0", datum.get("text").toString());
        assertEquals(Long.MIN_VALUE, datum.get("large"));
        assertEquals("[{\"x\": 1, \"label\": \"one\"}, null]", datum.get("points").toString());
    }

    @Test
    void jsonIsAvros() {
        AvroTable table = new AvroTable(SIMPLE, Map.of("encoding", "json"));
        assertEquals("{\"name\":{\"string\":\"a\"},\"n\":7}", new String(table.message(row("a", 7)), StandardCharsets.UTF_8));
    }

    @Test
    void jsonInAFileIsADatumALine() throws Exception {
        AvroTable table = new AvroTable(SIMPLE, Map.of("encoding", "json"));
        byte[] file = table.file(java.util.List.of(row("a", 7), row(null, 8)));
        assertEquals("{\"name\":{\"string\":\"a\"},\"n\":7}\n{\"name\":null,\"n\":8}\n", new String(file, StandardCharsets.UTF_8));
        assertEquals(java.util.List.of(row("a", 7), row(null, 8)), table.readFile(file));
    }

    @Test
    void nullIsRefusedWhereTheColumnHasNone() {
        AvroTable table = new AvroTable(SIMPLE, Map.of());
        String message = assertThrows(IllegalArgumentException.class, () -> table.message(new Row(2))).getMessage();
        assertEquals("column 'n': there is no value, and the type is INT NOT NULL", message);
    }

    @Test
    void whatIsCutOffOrTooLongIsRefusedWithItsPlace() throws Exception {
        AvroTable table = new AvroTable(SIMPLE, Map.of());
        byte[] message = table.message(row("abc", 300));
        assertEquals(row("abc", 300), table.decodeMessage(message));
        for (int length = 0; length < message.length; length++) {
            byte[] cut = Arrays.copyOf(message, length);
            assertThrows(DecodeException.class, () -> table.decodeMessage(cut));
        }
        DecodeException longer = assertThrows(DecodeException.class, () -> table.decodeMessage(Arrays.copyOf(message, message.length + 2)));
        assertEquals("avro: the datum is followed by 2 more bytes (byte " + message.length + ")", longer.getMessage());
    }

    @Test
    void stringsAreUtf8() {
        AvroTable table = new AvroTable(SIMPLE, Map.of());
        for (byte[] text : new byte[][] {{(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xFF}, {(byte) 0xE2, (byte) 0x82}}) {
            byte[] message = new byte[text.length + 3];
            message[0] = 2;
            message[1] = (byte) (2 * text.length);
            System.arraycopy(text, 0, message, 2, text.length);
            assertThrows(DecodeException.class, () -> table.decodeMessage(message));
        }
    }

    @Test
    void jsonThatIsNotOfTheSchemaIsRefused() {
        AvroTable table = new AvroTable(SIMPLE, Map.of("encoding", "json"));
        for (String text : new String[] {"{", "[]", "7", "{\"name\":1,\"n\":2}", "{\"name\":null}", "{\"n\":\"x\",\"name\":null}", "[".repeat(5000)}) {
            assertThrows(DecodeException.class, () -> table.decodeMessage(text.getBytes(StandardCharsets.UTF_8)), text);
        }
    }

    @Test
    void randomBytesAreRowsOrRefused() {
        AvroTable table = new AvroTable(Samples.ALL, Samples.EXACT_TIMESTAMPS);
        Random random = new Random(7);
        byte[] valid = table.message(Samples.rows(1).get(0));
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] message = valid.clone();
            for (int k = 0; k <= random.nextInt(3); k++) {
                message[random.nextInt(message.length)] = (byte) random.nextInt();
            }
            try {
                table.decodeMessage(Arrays.copyOf(message, random.nextInt(4) == 0 ? random.nextInt(message.length + 1) : message.length));
            } catch (DecodeException e) {
                assertTrue(e.getMessage().startsWith("avro: "), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 1_000, "only " + refused + " were refused");
    }

    static Row row(String name, int n) {
        Row row = new Row(2);
        if (name != null) {
            row.setUtf8(0, Utf8.of(name));
        }
        row.setLong(1, n);
        return row;
    }
}
