package creek.format.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import creek.core.format.WantedColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class ContainerTest {
    private static final Schema SIMPLE = Schema.empty().with("name", DataType.string()).with("n", DataType.bigint());
    private static final String WRITTEN = """
            {"type":"record","name":"Reading","namespace":"some.where","fields":[
            {"name":"tree","type":{"type":"record","name":"Tree","fields":[{"name":"children","type":{"type":"array","items":"Tree"}}]}},
            {"name":"n","type":"int"},
            {"name":"unused","type":["null","string",{"type":"map","values":"double"}]},
            {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["COLD","WARM"]}},
            {"name":"hash","type":{"type":"fixed","name":"Hash","size":4}},
            {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
            {"name":"point","type":["null",{"type":"record","name":"Point","fields":[{"name":"y","type":"float"},{"name":"x","type":"int"}]}]},
            {"name":"name","type":["string","null"]}]}""";

    @Test
    void whatAvroWritesIsRead() throws Exception {
        for (CodecFactory codec : List.of(CodecFactory.nullCodec(), CodecFactory.deflateCodec(6), CodecFactory.snappyCodec())) {
            byte[] file = written(codec, 5_000);
            Schema columns = Schema.empty().with("name", DataType.string()).with("n", DataType.bigint())
                    .with("kind", DataType.string()).with("hash", DataType.bytes()).with("at", DataType.timestamp(3));
            List<Row> rows = new AvroTable(columns, Map.of()).readFile(file);
            assertEquals(5_000, rows.size(), codec.toString());
            Row row = rows.get(4_999);
            assertEquals("name 4999 4999 WARM 4 1500", row.getUtf8(0) + " " + row.getLong(1) + " " + row.getUtf8(2) + " "
                    + row.getBytes(3).length + " " + row.getLong(4));
        }
    }

    @Test
    void whatIsWrittenAvroReads() throws Exception {
        List<Row> rows = Samples.rows(3_000);
        for (Codec codec : Codec.values()) {
            byte[] file = new AvroTable(Samples.ALL, Map.of("codec", codec.id(), "timestamp_mapping.legacy", "false")).file(rows);
            List<GenericRecord> data = new ArrayList<>();
            try (var reader = new DataFileReader<>(new SeekableByteArrayInput(file), new GenericDatumReader<GenericRecord>())) {
                assertEquals(SchemaDerivation.of(DataType.row(Samples.ALL).notNull(), false), reader.getSchema());
                reader.forEach(data::add);
            }
            assertEquals(3_000, data.size());
            assertEquals("text é 2998", data.get(2_998).get("text").toString());
            assertEquals(rows.get(2_999).getInt(3), data.get(2_999).get("number"));
        }
    }

    @Test
    void everyWayOfCuttingGivesTheSameRows() throws Exception {
        AvroTable table = new AvroTable(SIMPLE, Map.of("codec", "deflate"));
        List<Row> rows = IntStream.range(0, 20_000).mapToObj(i -> simple("name " + i, i)).toList();
        byte[] file = table.file(rows);
        for (int step : new int[] {1, 17, 4_096, file.length}) {
            assertEquals(rows, table.readFile(file, table.all(), step));
        }
    }

    @Test
    void severalFilesCanFollowEachOther() throws Exception {
        AvroTable table = new AvroTable(SIMPLE, Map.of());
        byte[] first = table.file(List.of(simple("a", 1)));
        byte[] second = new AvroTable(SIMPLE, Map.of("codec", "null")).file(List.of(simple("b", 2)));
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(first);
        both.write(second);
        both.write(table.file(List.of()));
        assertEquals(List.of(simple("a", 1), simple("b", 2)), table.readFile(both.toByteArray()));
    }

    @Test
    void nestedFieldsAndWholeColumnsAreRead() throws Exception {
        DataType point = DataType.row(List.of(new Column("x", DataType.bigint()), new Column("z", DataType.string())));
        AvroTable table = new AvroTable(Schema.empty().with("point", point).with("none", point), Map.of());
        List<WantedColumn> wanted = List.of(new WantedColumn(0, List.of("x"), DataType.bigint()), new WantedColumn(0, List.of(), point),
                new WantedColumn(0, List.of("z"), DataType.string()), new WantedColumn(1, List.of("x"), DataType.bigint()));
        List<Row> rows = table.readFile(written(CodecFactory.nullCodec(), 2), wanted, 100);
        assertTrue(rows.get(0).isNullAt(0) && rows.get(0).isNullAt(1));
        Row row = rows.get(1);
        assertEquals(7, row.getLong(0));
        assertEquals(7, row.getRow(1).getLong(0));
        assertTrue(row.getRow(1).isNullAt(1) && row.isNullAt(2) && row.isNullAt(3));
    }

    @Test
    void schemasThatDoNotFitAreRefused() throws Exception {
        byte[] file = written(CodecFactory.nullCodec(), 1);
        refused(file, "missing", DataType.string().notNull(), "there is no field 'missing', and its column is STRING NOT NULL");
        refused(file, "hash", DataType.integer(), "field 'hash': Avro's fixed can't be read as INT");
        refused(file, "at", DataType.integer(), "field 'at': Avro's timestamp-micros can't be read as INT");
        refused(file, "point", DataType.string(), "field 'point': Avro's record can't be read as STRING");
        refused("hello, world, this is text".getBytes(), "n", DataType.integer(), "not a container file");
        refused(written(CodecFactory.bzip2Codec(), 1), "n", DataType.integer(), "the file is compressed with 'bzip2'");
    }

    private static void refused(byte[] file, String column, DataType type, String reason) {
        AvroTable table = new AvroTable(Schema.empty().with(column, type), Map.of());
        String message = assertThrows(DecodeException.class, () -> table.readFile(file)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void decimalsKeepTheirValueInAnotherScale() throws Exception {
        Schema written = Schema.empty().with("price", DataType.decimal(6, 2));
        Row row = new Row(1);
        row.setObject(0, new java.math.BigDecimal("1234.56"));
        byte[] file = new AvroTable(written, Map.of()).file(List.of(row));
        assertEquals("1234.5600", read(file, DataType.decimal(10, 4)).getDecimal(0).toString());
        assertEquals("1234.6", read(file, DataType.decimal(10, 1)).getDecimal(0).toString());
        assertTrue(read(file, DataType.decimal(4, 2)).isNullAt(0));
    }

    private static Row read(byte[] file, DataType type) throws DecodeException {
        return new AvroTable(Schema.empty().with("price", type), Map.of()).readFile(file).get(0);
    }

    @Test
    void emptyTablesAreFilesToo() throws Exception {
        AvroTable table = new AvroTable(SIMPLE, Map.of());
        byte[] file = table.file(List.of());
        assertEquals(List.of(), table.readFile(file));
        try (var reader = new DataFileReader<>(new SeekableByteArrayInput(file), new GenericDatumReader<GenericRecord>())) {
            assertFalse(reader.hasNext());
        }
    }

    static Row simple(String name, long n) {
        Row row = new Row(2);
        row.setUtf8(0, Utf8.of(name));
        row.setLong(1, n);
        return row;
    }

    /** A file of Avro's own writer; every second row has a point. */
    private static byte[] written(CodecFactory codec, int count) throws IOException {
        var schema = new org.apache.avro.Schema.Parser().parse(WRITTEN);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema)).setCodec(codec).create(schema, out)) {
            var tree = schema.getField("tree").schema();
            for (int i = 0; i < count; i++) {
                GenericRecord leaf = new GenericData.Record(tree);
                leaf.put("children", List.of());
                GenericRecord root = new GenericData.Record(tree);
                root.put("children", List.of(leaf, leaf));
                GenericRecord datum = new GenericData.Record(schema);
                datum.put("tree", root);
                datum.put("n", i);
                datum.put("unused", i % 2 == 0 ? "text" : Map.of("a", 1.0));
                datum.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), i % 2 == 0 ? "COLD" : "WARM"));
                datum.put("hash", new GenericData.Fixed(schema.getField("hash").schema(), new byte[4]));
                datum.put("at", 1_500_000L);
                datum.put("name", "name " + i);
                if (i % 2 == 1) {
                    GenericRecord point = new GenericData.Record(schema.getField("point").schema().getTypes().get(1));
                    point.put("x", 7);
                    point.put("y", 0.5f);
                    datum.put("point", point);
                }
                writer.append(datum);
            }
        }
        return out.toByteArray();
    }
}
