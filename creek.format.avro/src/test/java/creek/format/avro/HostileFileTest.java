package creek.format.avro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.format.DecodeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class HostileFileTest {
    private static final Schema SIMPLE = Schema.empty().with("name", DataType.string()).with("n", DataType.bigint());

    @Test
    void damagedFilesAreRowsOrRefused() {
        Random random = new Random(11);
        for (Codec codec : Codec.values()) {
            AvroTable table = new AvroTable(Samples.ALL, Map.of("codec", codec.id(), "timestamp_mapping.legacy", "false"));
            byte[] valid = table.file(Samples.rows(20));
            int refused = 0;
            for (int i = 0; i < 700; i++) {
                byte[] file = valid.clone();
                for (int k = 0; k <= random.nextInt(3); k++) {
                    file[random.nextInt(file.length)] = (byte) random.nextInt();
                }
                try {
                    table.readFile(Arrays.copyOf(file, random.nextInt(4) == 0 ? random.nextInt(file.length + 1) : file.length));
                } catch (DecodeException e) {
                    assertTrue(e.getMessage().startsWith("avro: "), e.getMessage());
                    refused++;
                }
            }
            assertTrue(refused > 350, codec + ": only " + refused + " were refused");
        }
    }

    @Test
    void sizesThatAreNotThereAreRefused() {
        String element = "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"c\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}]}";
        BinaryWriter elements = new BinaryWriter();
        ValueWriter.writeLong(Integer.MAX_VALUE, elements);
        refused(file(element, 1, elements), "2147483647 elements where");

        BinaryWriter none = new BinaryWriter();
        refused(file("{\"type\":\"record\",\"name\":\"r\",\"fields\":[]}", Long.MAX_VALUE, none), "can't have 9223372036854775807 rows");

        String text = "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"c\",\"type\":\"string\"}]}";
        BinaryWriter length = new BinaryWriter();
        ValueWriter.writeLong(1L << 40, length);
        refused(file(text, 1, length), "a length of 1099511627776");
    }

    @Test
    void elementsWithoutBytesTakeNoTime() throws Exception {
        String schema = "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"c\",\"type\":{\"type\":\"array\","
                + "\"items\":{\"type\":\"array\",\"items\":\"null\"}}}]}";
        BinaryWriter data = new BinaryWriter();
        int arrays = 1_000_000;
        ValueWriter.writeLong(arrays, data);
        for (int i = 0; i < arrays; i++) {
            ValueWriter.writeLong(Math.max(0, arrays - 5 * i), data);
            if (arrays - 5 * i > 0) {
                ValueWriter.writeLong(0, data);
            }
        }
        ValueWriter.writeLong(0, data);
        byte[] file = file(schema, 1, data);
        assertEquals(1, new AvroTable(SIMPLE, Map.of()).readFile(file).size());
        AvroTable table = new AvroTable(Schema.empty().with("c", DataType.array(DataType.array(DataType.nullType()))), Map.of());
        assertTrue(assertThrows(DecodeException.class, () -> table.readFile(file)).getMessage().contains("elements without bytes"));
    }

    @Test
    void nestingEndsSomewhere() {
        int depth = 30_000;
        refused(file("{\"type\":\"array\",\"items\":".repeat(depth) + "\"int\"" + "}".repeat(depth), 0, new BinaryWriter()),
                "the file's schema is not one");
        refused(file("[[".repeat(400) + "\"int\"" + "]]".repeat(400), 0, new BinaryWriter()), "the file's schema is not one");

        String list = "{\"type\":\"record\",\"name\":\"List\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"List\"]}]}";
        BinaryWriter data = new BinaryWriter();
        for (int i = 0; i < depth; i++) {
            ValueWriter.writeLong(1, data);
        }
        ValueWriter.writeLong(0, data);
        refused(file(list, 1, data), "more than 500 deep");
    }

    @Test
    void blocksHaveALimit() {
        AvroTable table = new AvroTable(Schema.empty().with("c", DataType.bytes()), Map.of("codec", "deflate"));
        var row = new creek.core.data.Row(1);
        row.setObject(0, new byte[17 << 20]);
        byte[] file = table.file(List.of(row));
        assertTrue(file.length < 100_000);
        assertTrue(assertThrows(DecodeException.class, () -> table.readFile(file)).getMessage().contains("more than 16 MB"));
    }

    @Test
    void snappyGivesBackWhatItTook() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(70_000 >> random.nextInt(16))];
            for (int p = 0; p < bytes.length; p++) {
                bytes[p] = (byte) (random.nextInt(50) == 0 || p < 10 ? random.nextInt() : bytes[p - 1 - random.nextInt(Math.min(p, 1 + i % 9))]);
            }
            BinaryWriter compressed = new BinaryWriter();
            Snappy.compress(bytes, bytes.length, compressed);
            assertArrayEquals(bytes, org.xerial.snappy.Snappy.uncompress(compressed.toBytes()));
            byte[] others = org.xerial.snappy.Snappy.compress(bytes);
            Codec.Block block = new Codec.Block();
            int size = Snappy.decompress(others, 0, others.length, block);
            assertArrayEquals(bytes, Arrays.copyOf(block.bytes, size));
        }
    }

    private static void refused(byte[] file, String reason) {
        AvroTable table = new AvroTable(Schema.empty().with("n", DataType.bigint()), Map.of());
        String message = assertThrows(DecodeException.class, () -> table.readFile(file)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    /** A file of one block of that content. */
    private static byte[] file(String schema, long rows, BinaryWriter data) {
        BinaryWriter file = new BinaryWriter();
        file.writeRaw(ContainerFraming.MAGIC, 0, 4);
        ValueWriter.writeLong(1, file);
        for (String text : new String[] {ContainerHeader.SCHEMA_KEY, schema}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            ValueWriter.writeBytes(bytes, 0, bytes.length, file);
        }
        ValueWriter.writeLong(0, file);
        file.writeRaw(new byte[16], 0, 16);
        ValueWriter.writeLong(rows, file);
        ValueWriter.writeBytes(data.bytes(), 0, data.size(), file);
        file.writeRaw(new byte[16], 0, 16);
        return file.toBytes();
    }
}
