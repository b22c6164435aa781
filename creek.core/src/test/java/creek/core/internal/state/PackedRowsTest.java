package creek.core.internal.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedRowsTest {
    private static final Schema SCHEMA = Schema.empty().with("id", DataType.bigint()).with("name", DataType.string()).with("flag", DataType.bool())
            .with("small", DataType.integer()).with("price", DataType.decimal(10, 2)).with("weight", DataType.doublePrecision())
            .with("at", DataType.timestamp(3)).with("fine", DataType.timestamp(9)).with("note", DataType.string());
    private static final long[] NUMBERS = {0, 1, -1, 127, 128, -128, 255, 256, 1L << 55, -(1L << 56), Long.MAX_VALUE, Long.MIN_VALUE};

    private final Random random = new Random(5);

    private Row row() {
        Row row = new Row(SCHEMA.size());
        row.setLong(0, random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextLong());
        row.setUtf8(1, Utf8.of("the name of number " + random.nextInt(20)));
        row.setBoolean(2, random.nextBoolean());
        row.setLong(3, random.nextInt());
        if (random.nextBoolean()) {
            row.setDecimal(4, random.nextInt(), 2);
        } else {
            row.setObject(4, BigDecimal.valueOf(random.nextInt(), 2));
        }
        row.setDouble(5, random.nextGaussian());
        row.setLong(6, 1_700_000_000_000L + random.nextInt(100_000));
        row.setObject(7, new Timestamp(random.nextLong(), random.nextInt(1_000_000)));
        row.setUtf8(8, Utf8.of("-".repeat(random.nextInt(400)) + random.nextInt()));
        for (int i = 0; i < SCHEMA.size(); i++) {
            if (random.nextInt(5) == 0) {
                row.setNull(i);
            }
        }
        return row;
    }

    private static PackedRows withDictionaries(Schema schema) {
        return new PackedRows(schema).withDictionaries(() -> Long.MAX_VALUE);
    }

    private static byte[] pack(PackedRows packed, Row row) {
        BinaryWriter bytes = new BinaryWriter();
        packed.write(row, bytes);
        return bytes.toBytes();
    }

    private static byte[] serialize(Row row) {
        BinaryWriter bytes = new BinaryWriter();
        new RowSerializer(SCHEMA).write(row, bytes);
        return bytes.toBytes();
    }

    /** With a column before them. */
    private static Row read(PackedRows packed, byte[] bytes, int from, int length) {
        Row wide = new Row(SCHEMA.size() + 1);
        packed.read(bytes, from, length, wide, 1);
        Row row = new Row(SCHEMA.size());
        for (int i = 0; i < row.arity(); i++) {
            row.setFrom(i, wide, i + 1);
        }
        return row.copy();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void when_rowsArePacked_then_theyAreReadAsTheyWere(boolean dictionaries) {
        PackedRows packed = dictionaries ? withDictionaries(SCHEMA) : new PackedRows(SCHEMA);
        BinaryWriter bytes = new BinaryWriter();
        List<Row> rows = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            rows.add(row());
            packed.write(rows.get(i), bytes);
            ends.add(bytes.size());
        }
        for (int i = 0; i < rows.size(); i++) {
            int from = i == 0 ? 0 : ends.get(i - 1);
            assertEquals(rows.get(i), read(packed, bytes.bytes(), from, ends.get(i) - from));
        }
        byte[] last = pack(packed, rows.get(0));
        assertEquals(rows.get(0), read(packed, last, 0, last.length), "with nothing behind it");
    }

    @Test
    void when_textsHaveNoDictionaries_then_equalRowsHaveEqualBytes() {
        PackedRows packed = new PackedRows(SCHEMA);
        List<Row> rows = new ArrayList<>();
        List<byte[]> bytes = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            rows.add(row());
            bytes.add(pack(packed, rows.get(i)));
        }
        for (int i = 0; i < rows.size(); i++) {
            assertArrayEquals(bytes.get(i), pack(packed, rows.get(i).copy()));
        }
    }

    @Test
    void when_rowsGoToACheckpointAndBack_then_theyAreTheSame() {
        PackedRows packed = withDictionaries(SCHEMA);
        PackedRows restored = withDictionaries(SCHEMA);
        for (int i = 0; i < 5000; i++) {
            Row row = row();
            byte[] bytes = pack(packed, row);
            BinaryWriter stored = new BinaryWriter();
            packed.unpack(bytes, 0, bytes.length, stored);
            assertArrayEquals(serialize(row), stored.toBytes());
            BinaryWriter again = new BinaryWriter();
            restored.pack(new BinaryReader(stored.toBytes()), again);
            assertEquals(row, read(restored, again.bytes(), 0, again.size()));
        }
    }

    @Test
    void when_valuesAreAlike_then_rowsTakeFewBytes() {
        Schema bid = Schema.empty().with("bidder", DataType.bigint()).with("at", DataType.timestamp(3)).with("page", DataType.string())
                .with("channel", DataType.string());
        PackedRows packed = withDictionaries(bid);
        Row row = new Row(4);
        int last = 0;
        for (int i = 0; i < 20_000; i++) {
            row.setLong(0, 1000 + i % 5000);
            row.setLong(1, 1_700_000_000_000L + i);
            row.setUtf8(2, Utf8.of("https://www.example.com/some/page?of=the&channel=" + i % 3000));
            row.setUtf8(3, Utf8.of("channel with the number " + i % 3000));
            last = pack(packed, row).length;
        }
        assertTrue(last <= 12, last + " bytes");
    }

    @Test
    void when_moreTextsRepeatThanHaveNumbers_then_allAreReadAsTheyWere() {
        PackedRows packed = withDictionaries(Schema.empty().with("text", DataType.string()));
        Row row = new Row(1);
        List<byte[]> bytes = new ArrayList<>();
        for (int i = 0; i < 400_000; i++) {
            row.setUtf8(0, Utf8.of("a text with a number: " + i / 2));
            bytes.add(pack(packed, row));
        }
        for (int i = 0; i < bytes.size(); i++) {
            packed.read(bytes.get(i), 0, bytes.get(i).length, row, 0);
            assertEquals("a text with a number: " + i / 2, row.getUtf8(0).toString());
        }
        assertTrue(bytes.get(1000).length <= 3, "the first ones have numbers");
        assertTrue(bytes.get(bytes.size() - 1).length > 20, "there are only so many");
    }

    @Test
    void when_textsDifferInTheirBeginningsOnly_then_theyAreReadAsTheyWere() {
        PackedRows packed = withDictionaries(Schema.empty().with("text", DataType.string()));
        Row row = new Row(1);
        for (int i = 0; i < 5000; i++) {
            String text = i % 1000 + "-".repeat(200);
            row.setUtf8(0, Utf8.of(text));
            byte[] bytes = pack(packed, row);
            packed.read(bytes, 0, bytes.length, row, 0);
            assertEquals(text, row.getUtf8(0).toString());
        }
    }

    @Test
    void when_fewRowsAreKept_then_fewTextsAre() {
        PackedRows packed = new PackedRows(Schema.empty().with("text", DataType.string())).withDictionaries(() -> 100);
        Row row = new Row(1);
        int numbered = 0;
        for (int i = 0; i < 2000; i++) {
            row.setUtf8(0, Utf8.of("some text of some length " + i / 2));
            numbered += pack(packed, row).length <= 3 ? 1 : 0;
        }
        assertTrue(numbered >= 200 && numbered <= 210, numbered + " texts have numbers");
    }
}
