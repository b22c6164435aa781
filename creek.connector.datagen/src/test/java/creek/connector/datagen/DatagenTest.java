package creek.connector.datagen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.option.OptionException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagenTest {
    private final DatagenConnector connector = new DatagenConnector();

    private static Schema schema(DataType... types) {
        Schema schema = Schema.empty();
        for (DataType type : types) {
            schema = schema.with("abcdefghij".substring(schema.size(), schema.size() + 1), type);
        }
        return schema;
    }

    /** All rows of a table that comes to an end. */
    private List<Row> rows(Schema schema, String... options) throws Exception {
        TestTable table = new TestTable(schema, options);
        try (SourceReader reader = table.open(connector)) {
            ReadStatus status = reader.read(table);
            while (status != ReadStatus.END_OF_INPUT) {
                table.now += 100;
                status = reader.read(table);
            }
        }
        return table.rows;
    }

    private String refusal(Schema schema, String... options) {
        return assertThrows(OptionException.class, () -> new TestTable(schema, options).open(connector)).getMessage();
    }

    @Test
    void rowsFallDueEvenly() throws Exception {
        TestTable table = new TestTable(schema(DataType.integer()), "rows-per-second", "10");
        try (SourceReader reader = table.open(connector)) {
            assertEquals(ReadStatus.NOTHING_NOW, reader.read(table));
            assertEquals(1, table.rows.size());
            table.now += 99;
            reader.read(table);
            assertEquals(1, table.rows.size());
            table.now += 1;
            reader.read(table);
            assertEquals(2, table.rows.size());
            table.now += 900;
            assertEquals(ReadStatus.NOTHING_NOW, reader.read(table));
            assertEquals(11, table.rows.size());
        }
    }

    @Test
    void pauseIsNotMadeUpFor() throws Exception {
        TestTable table = new TestTable(schema(DataType.integer()), "rows-per-second", "10");
        try (SourceReader reader = table.open(connector)) {
            table.now += 3_600_000;
            reader.read(table);
            assertEquals(11, table.rows.size());
        }
    }

    @Test
    void fullOutputIsRespected() throws Exception {
        TestTable table = new TestTable(schema(DataType.integer()), "rows-per-second", "1000000000", "number-of-rows", "5");
        try (SourceReader reader = table.open(connector)) {
            table.now += 1;
            table.capacity = 3;
            assertEquals(ReadStatus.MORE, reader.read(table));
            assertEquals(3, table.rows.size());
            table.capacity = 6;
            assertEquals(ReadStatus.END_OF_INPUT, reader.read(table));
            assertEquals(5, table.rows.size());
        }
    }

    @Test
    void boundedByNumberOfRowsOrTheShortestSequence() throws Exception {
        Schema two = schema(DataType.bigint(), DataType.string());
        assertFalse(connector.isBounded(new TestTable(two).options()));
        assertTrue(connector.isBounded(new TestTable(two, "number-of-rows", "1").options()));
        assertEquals(7, rows(two, "number-of-rows", "7").size());
        assertEquals(0, rows(two, "number-of-rows", "0").size());
        List<Row> rows = rows(two, "fields.a.kind", "sequence", "fields.a.start", "-1", "fields.a.end", "1",
                "fields.b.kind", "sequence", "fields.b.start", "8", "fields.b.end", "100");
        assertEquals(3, rows.size());
        assertEquals(-1, rows.get(0).getLong(0));
        assertEquals(1, rows.get(2).getLong(0));
        assertEquals("10", rows.get(2).getUtf8(1).toString());
    }

    @Test
    void sequenceBoundsTheTableAlsoWhenItsColumnIsNotRead() throws Exception {
        assertEquals(5, rows(Schema.empty(), "fields.a.kind", "sequence", "fields.a.start", "1", "fields.a.end", "5").size());
    }

    @Test
    void numbersStayWithinTheirBounds() throws Exception {
        Schema schema = schema(DataType.tinyint(), DataType.integer(), DataType.bigint(), DataType.doublePrecision(), DataType.decimal(4, 2),
                DataType.real());
        boolean[] seen = new boolean[4];
        for (Row row : rows(schema, "number-of-rows", "1000", "fields.b.min", "-1", "fields.b.max", "2", "fields.d.min", "0.5",
                "fields.d.max", "0.75", "fields.f.min", "-3")) {
            assertEquals(row.getByte(0), row.getLong(0));
            seen[row.getInt(1) + 1] = true;
            assertTrue(row.getDouble(3) >= 0.5 && row.getDouble(3) <= 0.75);
            BigDecimal decimal = row.getDecimal(4);
            assertTrue(decimal.scale() == 2 && decimal.signum() >= 0 && decimal.compareTo(new BigDecimal("99.99")) <= 0, decimal.toString());
            assertTrue(row.getFloat(5) >= -3);
        }
        for (boolean each : seen) {
            assertTrue(each);
        }
    }

    @Test
    void textsHaveTheirLength() throws Exception {
        Schema schema = schema(DataType.string(), DataType.character(5), DataType.string(), DataType.varbinary(7));
        boolean isVaried = false;
        for (Row row : rows(schema, "number-of-rows", "100", "fields.c.length", "9", "fields.c.var-len", "true")) {
            assertTrue(row.getUtf8(0).toString().matches("[0-9a-f]{100}"));
            assertEquals(5, row.getUtf8(1).length());
            assertTrue(row.getUtf8(2).toString().matches("[0-9a-f]{1,9}"));
            isVaried |= row.getUtf8(2).length() < 9;
            assertEquals(7, row.getBytes(3).length);
        }
        assertTrue(isVaried);
    }

    @Test
    void timesAreNowOrInThePast() throws Exception {
        Schema schema = schema(DataType.timestamp(3), DataType.timestampLtz(6), DataType.date());
        TestTable table = new TestTable(schema, "fields.b.max-past", "1 min");
        try (SourceReader reader = table.open(connector)) {
            reader.read(table);
        }
        Row row = table.rows.get(0);
        assertEquals(table.now, row.getLong(0));
        assertTrue(row.getTimestamp(1).millis() <= table.now && row.getTimestamp(1).millis() >= table.now - 60_000);
        assertEquals(Math.floorDiv(table.now, 86_400_000L), row.getInt(2));
    }

    @Test
    void collectionsAndRowsHaveOptionsOfTheirOwn() throws Exception {
        DataType nested = DataType.row(List.of(new Column("x", DataType.integer()), new Column("y", DataType.string())));
        Schema schema = schema(DataType.array(DataType.integer()), DataType.map(DataType.string(), DataType.bool()), nested);
        for (Row row : rows(schema, "number-of-rows", "20", "fields.a.element.max", "5", "fields.a.element.min", "4", "fields.a.length", "2",
                "fields.b.key.length", "1", "fields.c.x.min", "1", "fields.c.x.max", "1")) {
            assertEquals(2, row.getList(0).size());
            assertTrue(List.of(4, 5).containsAll(row.getList(0)), row.getList(0).toString());
            assertTrue(row.getMap(1).size() <= 3 && row.getMap(1).keySet().iterator().next().toString().length() == 1);
            assertEquals(1, row.getRow(2).getInt(0));
            assertEquals(100, row.getRow(2).getUtf8(1).length());
        }
    }

    @Test
    void nullRateMakesNulls() throws Exception {
        List<Row> all = new ArrayList<>(rows(schema(DataType.integer()), "number-of-rows", "1000", "fields.a.null-rate", "0.5"));
        long nulls = all.stream().filter(row -> row.isNullAt(0)).count();
        assertTrue(nulls > 300 && nulls < 700, nulls + " of 1000");
    }

    @Test
    void wrongOptionsAreRefusedByName() {
        Schema one = schema(DataType.integer());
        assertTrue(refusal(one, "fields.z.min", "1").contains("no option 'fields.z.min'; did you mean 'fields.a.min'? it has fields.a.kind"));
        assertTrue(refusal(one, "fields.a.length", "1").contains("no option 'fields.a.length'"));
        assertTrue(refusal(one, "fields.a.min", "x").contains("option 'fields.a.min': 'x' is not a whole number"));
        assertEquals("option 'fields.a.max' must be from 5 to 2147483647, not 4", refusal(one, "fields.a.min", "5", "fields.a.max", "4"));
        assertEquals("option 'fields.a.end' is missing: last value of the sequence",
                refusal(one, "fields.a.kind", "sequence", "fields.a.start", "1"));
        assertTrue(refusal(one, "fields.a.kind", "sequence", "fields.a.start", "1", "fields.a.end", "9999999999").contains("type INT"));
        assertTrue(refusal(schema(DataType.bool()), "fields.a.kind", "sequence", "fields.a.start", "1", "fields.a.end", "2")
                .contains("can't be sequence for a column of type BOOLEAN"));
        assertTrue(refusal(one, "rows-per-second", "0").contains("must be from 1 to"));
    }

    @Test
    void blackholeTakesEverything() throws Exception {
        try (var writer = new BlackholeConnector().createWriter(null)) {
            writer.open();
            writer.write(new Row(1));
            assertTrue(writer.isReady());
            writer.finish();
        }
    }

    @Test
    void restartGoesOnWithTheRowsThatWouldHaveCome() throws Exception {
        Schema schema = schema(DataType.bigint(), DataType.string(), DataType.doublePrecision(), DataType.integer(), DataType.array(DataType.integer()));
        String[] options = {"rows-per-second", "1000", "fields.a.kind", "sequence", "fields.a.start", "1", "fields.a.end", "500", "fields.b.var-len",
            "true", "fields.d.null-rate", "0.5"};
        TestTable table = new TestTable(schema, options);
        SourceReader reader = table.open(connector);
        table.capacity = 200;
        table.now += 1000;
        reader.read(table);
        BinaryWriter position = new BinaryWriter();
        reader.writePosition(position);
        table.capacity = Integer.MAX_VALUE;
        assertEquals(ReadStatus.END_OF_INPUT, reader.read(table));
        TestTable later = new TestTable(schema, options);
        SourceReader resumed = connector.createReader(later);
        resumed.restorePosition(resumed.positionVersion(), new BinaryReader(position.toBytes()));
        resumed.open();
        resumed.read(later);
        assertEquals(1, later.rows.size());
        later.now += 1000;
        assertEquals(ReadStatus.END_OF_INPUT, resumed.read(later));
        assertEquals(table.rows.subList(200, 500), later.rows);
    }

    @Test
    void damagedPositionsAreRefused() {
        SourceReader reader = connector.createReader(new TestTable(schema(DataType.integer())));
        assertThrows(PositionException.class, () -> reader.restorePosition(2, new BinaryReader(new byte[16])));
        assertThrows(PositionException.class, () -> reader.restorePosition(1, new BinaryReader(new byte[15])));
        byte[] negative = new byte[16];
        negative[7] = -1;
        assertThrows(PositionException.class, () -> reader.restorePosition(1, new BinaryReader(negative)));
    }
}
