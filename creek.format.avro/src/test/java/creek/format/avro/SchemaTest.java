package creek.format.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.DataType;
import creek.core.data.Schema;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void schemaIsWhatFlinkDerives() {
        DataType type = DataType.row(Schema.empty().with("id", DataType.bigint().notNull()).with("tiny", DataType.tinyint())
                .with("price", DataType.decimal(10, 2)).with("day", DataType.date().notNull()).with("clock", DataType.time(0).notNull())
                .with("ts", DataType.timestamp(3)).with("names", DataType.array(DataType.string()))
                .with("counts", DataType.map(DataType.string(), DataType.integer())).with("point", Samples.POINT)).notNull();
        assertEquals("""
                {"type":"record","name":"record","namespace":"org.apache.flink.avro.generated","fields":[
                {"name":"id","type":"long"},
                {"name":"tiny","type":["null","int"],"default":null},
                {"name":"price","type":["null",{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}],"default":null},
                {"name":"day","type":{"type":"int","logicalType":"date"}},
                {"name":"clock","type":{"type":"int","logicalType":"time-millis"}},
                {"name":"ts","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null},
                {"name":"names","type":["null",{"type":"array","items":["null","string"]}],"default":null},
                {"name":"counts","type":["null",{"type":"map","values":["null","int"]}],"default":null},
                {"name":"point","type":["null",{"type":"record","name":"record_point","fields":[
                {"name":"x","type":"int"},{"name":"label","type":["null","string"],"default":null}]}],"default":null}]}
                """.replace("\n", ""), SchemaDerivation.of(type, true).toString());
    }

    @Test
    void timestampsAreLocalOrNotWithoutTheLegacyMapping() {
        assertEquals("local-timestamp-millis", exact(DataType.timestamp(3)));
        assertEquals("local-timestamp-micros", exact(DataType.timestamp(6)));
        assertEquals("local-timestamp-nanos", exact(DataType.timestamp(9)));
        assertEquals("timestamp-millis", exact(DataType.timestampLtz(3)));
        assertEquals("timestamp-micros", exact(DataType.timestampLtz(6)));
    }

    private static String exact(DataType type) {
        return SchemaDerivation.of(type.notNull(), false).getLogicalType().getName();
    }

    @Test
    void typesWithoutSchemaAreRefused() {
        refused(DataType.timestamp(6), "'avro.timestamp_mapping.legacy' = 'false'");
        refused(DataType.timestampLtz(3), "'avro.timestamp_mapping.legacy' = 'false'");
        refused(DataType.time(6), "TIME(0) to TIME(3)");
        refused(DataType.map(DataType.integer(), DataType.integer()), "keys must be strings");
        refused(DataType.intervalDayTime(), "can't carry");
    }

    private static void refused(DataType type, String reason) {
        AvroTable table = new AvroTable(Schema.empty().with("c", type), Map.of());
        String messages = assertThrows(IllegalArgumentException.class, () -> table.message(null)).getMessage();
        assertTrue(messages.contains(reason), messages);
        String files = assertThrows(IllegalArgumentException.class, () -> table.readFile(new byte[1])).getMessage();
        assertTrue(files.contains(reason), files);
    }

    @Test
    void namesThatAvroDoesNotHaveAreRefused() {
        AvroTable table = new AvroTable(Schema.empty().with("a b", DataType.integer()), Map.of());
        assertThrows(IllegalArgumentException.class, () -> table.file(java.util.List.of()));
    }
}
