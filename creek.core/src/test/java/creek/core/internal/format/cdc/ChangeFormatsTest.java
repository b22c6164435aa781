package creek.core.internal.format.cdc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import creek.core.format.Format;
import creek.core.format.WantedColumn;
import creek.core.internal.format.FormatHarness;
import creek.core.option.OptionException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Formats of change logs; what they give is what Flink 2.2.0 gives for the same lines. */
class ChangeFormatsTest {
    private static final String SCHEMA = "id INT, name STRING, w DOUBLE";

    private static FormatHarness harness(Format format, Map<String, String> options) {
        return new FormatHarness(format, options, SCHEMA);
    }

    private static void assertError(String expected, Format format, String record) {
        assertEquals(expected, assertThrows(DecodeException.class, () -> harness(format, Map.of()).changes(record)).getMessage());
    }

    @Test
    void debezium_then_beforeAndAfter() throws Exception {
        assertEquals("""
                +I 1 | a | 1.5
                -U 1 | a | 1.5
                +U 1 | b | 2.5
                +I 2 | c | NULL
                -D 2 | c | NULL
                +I 3 | NULL | NULL
                -U NULL | NULL | NULL
                +U 1 | b | 2.5""", harness(new DebeziumJsonFormat(), Map.of()).changes("""
                {"before":null,"after":{"id":1,"name":"a","w":1.5},"source":{"x":1},"op":"c","ts_ms":1,"transaction":null}
                {"before":{"id":1,"name":"a","w":1.5},"after":{"id":1,"name":"b","w":2.5},"op":"u"}
                {"before":null,"after":{"id":2,"name":"c","w":null},"op":"r"}

                {"before":{"id":2,"name":"c","w":null},"after":null,"op":"d"}
                {"op":"c","after":{"id":3,"name":null}}
                {"before":{"id":null},"after":{"id":1,"name":"b","w":2.5},"op":"u"}"""));
    }

    @Test
    void debezium_when_schemaIncluded_then_payload() throws Exception {
        FormatHarness harness = harness(new DebeziumJsonFormat(), Map.of("schema-include", "true"));
        assertEquals("+I 1 | a | 1.5",
                harness.changes("{\"schema\":{\"type\":\"struct\"},\"payload\":{\"before\":null,\"after\":{\"id\":1,\"name\":\"a\",\"w\":1.5},\"op\":\"c\"}}"));
        assertThrows(OptionException.class, () -> harness.encode(new Row(3)));
    }

    @Test
    void debezium_when_recordIsNoChange_then_whatIsWrong() {
        Format format = new DebeziumJsonFormat();
        assertError("unknown \"op\" value \"x\"", format, "{\"after\":{\"id\":1},\"op\":\"x\"}");
        assertError("the field 'op', which says what has changed, is missing", format, "{\"after\":{\"id\":1}}");
        assertError("the \"before\" field of the UPDATE message is null; a PostgreSQL table, for one, must have been set REPLICA IDENTITY to FULL "
                + "level", format, "{\"before\":null,\"after\":{\"id\":1},\"op\":\"u\"}");
        assertError("the \"after\" field of the INSERT message is null", format, "{\"op\":\"c\"}");
        assertError("'zz' is not a value of type INT", format, "{\"after\":{\"id\":\"zz\"},\"op\":\"c\"}");
    }

    @Test
    void debezium_when_errorsAreIgnored_then_recordsAreLeftOut() throws Exception {
        FormatHarness harness = harness(new DebeziumJsonFormat(), Map.of("ignore-parse-errors", "true"));
        assertEquals("+I 1 | NULL | NULL\n+I NULL | NULL | NULL", harness.changes("""
                {"after":{"id":1},"op":"c"}
                {"after":{"id":"zz"},"op":"c"}
                nonsense
                {"after":{"id":5},"op":"q"}
                {"before":null,"op":"d"}
                {"after":null,"op":"c"}
                {"after":{"id":9}}"""));
        assertEquals(5, harness.ignored());
    }

    @Test
    void ogg_then_beforeAndAfter() throws Exception {
        assertEquals("+I 1 | a | 1.5\n-U 1 | a | 1.5\n+U 1 | b | 2.5\n-D 1 | b | 2.5", harness(new OggJsonFormat(), Map.of()).changes("""
                {"before":null,"after":{"id":1,"name":"a","w":1.5},"op_type":"I","op_ts":"2020-05-13 15:40:06.000000","table":"OGG.T"}
                {"before":{"id":1,"name":"a","w":1.5},"after":{"id":1,"name":"b","w":2.5},"op_type":"U"}
                {"before":{"id":1,"name":"b","w":2.5},"after":null,"op_type":"D"}"""));
        assertError("unknown \"op_type\" value \"T\"", new OggJsonFormat(), "{\"after\":{\"id\":1},\"op_type\":\"T\"}");
    }

    @Test
    void maxwell_then_whatOldNamesWasDifferent() throws Exception {
        assertEquals("""
                +I 1 | a | 1.5
                -U 1 | a | 1.5
                +U 1 | b | 1.5
                -U 1 | NULL | 1.5
                +U 1 | c | 2.5
                -D 1 | c | 2.5""", harness(new MaxwellJsonFormat(), Map.of()).changes("""
                {"database":"t","table":"p","type":"insert","ts":1,"xid":1,"commit":true,"data":{"id":1,"name":"a","w":1.5}}
                {"database":"t","table":"p","type":"update","data":{"id":1,"name":"b","w":1.5},"old":{"name":"a"}}
                {"database":"t","table":"p","type":"update","data":{"id":1,"name":"c","w":2.5},"old":{"name":null,"w":1.5}}
                {"database":"t","table":"p","type":"delete","data":{"id":1,"name":"c","w":2.5}}"""));
        assertError("unknown \"type\" value \"bootstrap-insert\"", new MaxwellJsonFormat(), "{\"type\":\"bootstrap-insert\",\"data\":{\"id\":1}}");
        assertError("the field 'old' of the UPDATE message is null", new MaxwellJsonFormat(), "{\"type\":\"update\",\"data\":{\"id\":1}}");
    }

    private static final String CANAL = """
            {"data":[{"id":"101","name":"scooter","w":"3.14"},{"id":"102","name":"car","w":"8.1"}],"database":"inv","old":null,"table":"products","type":"INSERT"}
            {"data":[{"id":"101","name":"scooter2","w":"5.18"}],"database":"inv","old":[{"w":"3.14","name":"scooter"}],"table":"products","type":"UPDATE"}
            {"data":[{"id":"102","name":"car","w":null},{"id":"101","name":"x","w":"5.18"}],"database":"inv","old":[{"w":"8.1"},{"name":null}],"table":"products","type":"UPDATE"}
            {"data":[{"id":"102","name":"car","w":null}],"database":"inv","old":null,"table":"products","type":"DELETE"}
            {"data":null,"database":"inv","table":"products2","type":"CREATE"}
            {"data":[{"id":"7","name":"other","w":"1"}],"database":"other","old":null,"table":"products","type":"INSERT"}""";

    @Test
    void canal_then_severalRowsARecord() throws Exception {
        String rows = """
                +I 101 | scooter | 3.14
                +I 102 | car | 8.1
                -U 101 | scooter | 3.14
                +U 101 | scooter2 | 5.18
                -U 102 | NULL | 8.1
                +U 102 | car | NULL
                -U 101 | NULL | NULL
                +U 101 | x | 5.18
                -D 102 | car | NULL""";
        assertEquals(rows + "\n+I 7 | other | 1.0", harness(new CanalJsonFormat(), Map.of()).changes(CANAL));
        assertEquals(rows, harness(new CanalJsonFormat(), Map.of("database.include", "inv")).changes(CANAL));
        assertEquals("+I 7 | other | 1.0",
                harness(new CanalJsonFormat(), Map.of("database.include", "^o.*", "table.include", "prod.*")).changes(CANAL));
        assertError("unknown \"type\" value \"QUERY\"", new CanalJsonFormat(), "{\"type\":\"QUERY\",\"data\":[{\"id\":\"1\"}]}");
        assertThrows(OptionException.class, () -> harness(new CanalJsonFormat(), Map.of("table.include", "(")));
    }

    @Test
    void when_nestedFieldsAreWanted_then_onlyThose() throws Exception {
        WantedColumn inner = new WantedColumn(1, List.of("b", "c"), DataType.string());
        FormatHarness maxwell = new FormatHarness(new MaxwellJsonFormat(), Map.of(), "id INT, r ROW<a INT, b ROW<c STRING>>", inner);
        assertEquals("-U x\n+U NULL", maxwell.changes("{\"type\":\"update\",\"data\":{\"id\":1,\"r\":{\"a\":1,\"b\":null}},\"old\":{\"r\":{\"b\":{\"c\":\"x\"}}}}"));
        FormatHarness debezium = new FormatHarness(new DebeziumJsonFormat(), Map.of(), "id INT, r ROW<a INT, b ROW<c STRING>>", inner);
        assertEquals("-U x\n+U NULL", debezium.changes("{\"op\":\"u\",\"after\":{\"id\":1,\"r\":{\"a\":1,\"b\":null}},\"before\":{\"r\":{\"b\":{\"c\":\"x\"}}}}"));
    }

    @Test
    void encoded_then_oneRecordARow() {
        assertEncoded(new DebeziumJsonFormat(), "{\"before\":null,\"after\":{\"id\":1,\"name\":\"a\",\"w\":null},\"op\":\"c\"}",
                "{\"before\":{\"id\":1,\"name\":\"a\",\"w\":null},\"after\":null,\"op\":\"d\"}", "{\"after\":{\"id\":1,\"name\":\"a\"},\"op\":\"c\"}");
        assertEncoded(new OggJsonFormat(), "{\"before\":null,\"after\":{\"id\":1,\"name\":\"a\",\"w\":null},\"op_type\":\"I\"}",
                "{\"before\":{\"id\":1,\"name\":\"a\",\"w\":null},\"after\":null,\"op_type\":\"D\"}", "{\"after\":{\"id\":1,\"name\":\"a\"},\"op_type\":\"I\"}");
        assertEncoded(new MaxwellJsonFormat(), "{\"data\":{\"id\":1,\"name\":\"a\",\"w\":null},\"type\":\"insert\"}",
                "{\"data\":{\"id\":1,\"name\":\"a\",\"w\":null},\"type\":\"delete\"}", "{\"data\":{\"id\":1,\"name\":\"a\"},\"type\":\"insert\"}");
        assertEncoded(new CanalJsonFormat(), "{\"data\":[{\"id\":1,\"name\":\"a\",\"w\":null}],\"type\":\"INSERT\"}",
                "{\"data\":[{\"id\":1,\"name\":\"a\",\"w\":null}],\"type\":\"DELETE\"}", "{\"data\":[{\"id\":1,\"name\":\"a\"}],\"type\":\"INSERT\"}");
    }

    private static void assertEncoded(Format format, String added, String takenBack, String withoutNulls) {
        Row row = new Row(3);
        row.setLong(0, 1);
        row.setUtf8(1, Utf8.of("a"));
        assertEquals(withoutNulls, harness(format, Map.of("encode.ignore-null-fields", "true")).encode(row));
        FormatHarness harness = harness(format, Map.of());
        for (RowKind kind : RowKind.values()) {
            row.setKind(kind);
            assertEquals(kind.isRetraction() ? takenBack : added, harness.encode(row), kind.name());
        }
    }
}
