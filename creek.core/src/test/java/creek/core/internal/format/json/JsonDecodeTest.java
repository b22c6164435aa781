package creek.core.internal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.format.DecodeException;
import creek.core.format.WantedColumn;
import creek.core.internal.format.FormatHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the JSON decoder makes of well-formed records; the results are Flink's. */
class JsonDecodeTest {
    private static String decode(String schema, String... lines) throws DecodeException {
        return new FormatHarness(new JsonFormat(), Map.of(), schema).decode(String.join("\n", lines));
    }

    @Test
    void numbersOfEveryTypeAndTheirExtremes() throws DecodeException {
        assertEquals("""
                127 | 32767 | 2147483647 | 9223372036854775807 | 1.5 | 2.25 | 1234567.891 | TRUE
                -128 | -32768 | -2147483648 | -9223372036854775808 | -0.1 | -1.0E-7 | -0.001 | FALSE
                0 | 0 | 0 | 0 | 0.0 | 0.0 | 0.000 | NULL
                1 | 2 | 3 | 4 | 3.4028235E38 | 1.7976931348623157E308 | 9999999.999 | TRUE
                7 | 300 | 70000 | 5000000000 | 1.0E-10 | 1.2345678912345679E8 | 12.346 | FALSE
                NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
                10 | 10 | 10 | 10 | 1.6777216E7 | 1.0E21 | 1000.000 | TRUE""",
                decode("t TINYINT, s SMALLINT, i INT, b BIGINT, f FLOAT, d DOUBLE, dc DECIMAL(10, 3), ok BOOLEAN",
                        "{\"t\": 127, \"s\": 32767, \"i\": 2147483647, \"b\": 9223372036854775807, \"f\": 1.5, \"d\": 2.25, \"dc\": 1234567.891, \"ok\": true}",
                        "{\"t\": -128, \"s\": -32768, \"i\": -2147483648, \"b\": -9223372036854775808, \"f\": -0.1, \"d\": -1e-07, \"dc\": -0.001, \"ok\": false}",
                        "{\"t\": 0, \"s\": 0, \"i\": 0, \"b\": 0, \"f\": 0.0, \"d\": 0.0, \"dc\": 0, \"ok\": null}",
                        "{\"t\": 1, \"s\": 2, \"i\": 3, \"b\": 4, \"f\": 3.4028235e+38, \"d\": 1.7976931348623157e+308, \"dc\": 9999999.999, \"ok\": true}",
                        "{\"t\": 7, \"s\": 300, \"i\": 70000, \"b\": 5000000000, \"f\": 1e-10, \"d\": 123456789.12345679, \"dc\": 12.3456, \"ok\": false}",
                        "{\"t\": null, \"s\": null, \"i\": null, \"b\": null, \"f\": null, \"d\": null, \"dc\": null, \"ok\": null}",
                        "{\"t\": 10, \"s\": 10, \"i\": 10, \"b\": 10, \"f\": 16777217, \"d\": 1e+21, \"dc\": 1000.0, \"ok\": true}"));
    }

    @Test
    void numbersInQuotesAndBetweenForms() throws DecodeException {
        assertEquals("""
                42 | 1.25 | 3.46 | TRUE
                7 | 3.0 | 3.46 | FALSE
                -7 | 1000.0 | 100.00 | FALSE
                12 | 2.5 | 9999.99 | TRUE
                0 | -0.0 | -1.01 | TRUE
                1 | NaN | NULL | FALSE""",
                decode("i INT, d DOUBLE, dc DECIMAL(6, 2), b BOOLEAN",
                        "{\"i\":\"42\",\"d\":\"1.25\",\"dc\":\"3.456\",\"b\":\"true\"}",
                        "{\"i\":7,\"d\":3,\"dc\":3.455,\"b\":\"FALSE\"}",
                        "{\"i\":\"-7\",\"d\":\"1e3\",\"dc\":\"1e2\",\"b\":false}",
                        "{\"i\":\" 12 \",\"d\":\" 2.5 \",\"dc\":9999.99,\"b\":\"TRUE\"}",
                        "{\"i\":0,\"d\":-0.0,\"dc\":-1.005,\"b\":true}",
                        "{\"i\":1.99,\"d\":\"NaN\",\"dc\":10000,\"b\":1}"));
    }

    @Test
    void decimalsRoundHalfUpAndAreNullBeyondTheirPrecision() throws DecodeException {
        assertEquals("""
                12.35 | 1234567890123456789012345678.0123456789 | 12345
                99.99 | 0.0000000001 | 2
                NULL | 0.0000000000 | 3
                NULL | 1.0000000000 | NULL
                -99.99 | -100000.0000000000 | 0
                NULL | 0.0000000000 | NULL""",
                decode("a DECIMAL(4, 2), b DECIMAL(38, 10), c DECIMAL(5, 0)",
                        "{\"a\":12.345,\"b\":1234567890123456789012345678.0123456789,\"c\":12345}",
                        "{\"a\":99.994,\"b\":0.00000000005,\"c\":1.5}",
                        "{\"a\":99.995,\"b\":-0.00000000004,\"c\":2.5}",
                        "{\"a\":100,\"b\":1,\"c\":123456}",
                        "{\"a\":-99.99,\"b\":-1e5,\"c\":-0.4}",
                        "{\"a\":1e999999999,\"b\":1e-999999999,\"c\":-1e2147483647}"));
    }

    @Test
    void strings() throws DecodeException {
        assertEquals("ABCDEFG | much too long value | \n | Zürich | 温度センサー | \t| \"q\" \\ / é 🚜 ?",
                decode("a CHAR(5), v VARCHAR(8), e STRING, z STRING, k STRING, s STRING",
                        "{\"a\": \"ABCDEFG\", \"v\": \"much too long value\", \"e\": \"\\n\", \"z\": \"Zürich\", \"k\": \"温度センサー\","
                                + " \"s\": \"\\t| \\\"q\\\" \\\\ \\/ \\u00e9 \\ud83d\\ude9c \\ud83d\"}"));
    }

    @Test
    void stringsTakeAnythingAsText() throws DecodeException {
        assertEquals("""
                text
                12
                12.50
                true
                {"a":1,"b":[1,2,{"c":null}]}
                [1,"two",3.0]
                NULL

                1e5
                with "quotes" and é
                {"s":"a\\"b\\\\\\u0001é/"}""",
                decode("s STRING", "{\"s\":\"text\"}", "{\"s\":12}", "{\"s\":12.50}", "{\"s\":true}",
                        "{\"s\":{\"a\": 1, \"b\": [1, 2, {\"c\": null}]}}", "{\"s\":[1, \"two\", 3.0]}", "{\"s\":null}", "{\"s\":\"\"}",
                        "{\"s\":1e5}", "{\"s\":\"with \\\"quotes\\\" and \\u00e9\"}", "{\"s\":{\"s\": \"a\\\"b\\\\\\u0001\\u00e9\\/\"}}"));
    }

    @Test
    void oddLines() throws DecodeException {
        assertEquals("""
                1 | first | 1.0
                2 | sp  ace | 2.0
                3 | café 🚜 / \t| | 3.0
                4 | fourth | 4.0
                5 | NULL | 5.0
                NULL | NULL | NULL
                7 | last wins | NULL
                8 | escaped name | 8.0""",
                decode("id INT, name STRING, val DOUBLE",
                        "{\"val\":1.0,\"name\":\"first\",\"id\":1}",
                        "  { \"id\" : 2 , \"name\" : \"sp  ace\" , \"val\" : 2e0 }  ",
                        "{\"id\":3,\"name\":\"caf\\u00e9 \\ud83d\\ude9c \\/ \\t|\",\"val\":3}\r",
                        "",
                        "{\"id\":4,\"val\":4,\"name\":\"fourth\",\"more\":{\"id\":9, \"x\": [[], {}, [1, true, \"]\"]]}}",
                        "{\"id\":5,\"Name\":\"wrong case\",\"val\":5}",
                        "{}",
                        "{\"id\":6,\"val\":6,\"name\":\"n\",\"id\":7,\"name\":\"last wins\",\"val\":null}",
                        "{\"id\":8,\"n\\u0061me\":\"escaped name\",\"val\":8.0}"));
    }

    @Test
    void missingFieldsAreNull() throws DecodeException {
        assertEquals("""
                gw-1 | 1.0.3 | 97.5 | (TRUE, FALSE) | [a, b]
                gw-2 | NULL | NULL | NULL | NULL
                gw-3 | NULL | NULL | NULL | NULL
                gw-4 | NULL | NULL | (NULL, TRUE) | []
                gw-5 | NULL | 3.0 | NULL | [NULL, x]""",
                decode("device STRING, fw STRING, battery DOUBLE, flags ROW<charging BOOLEAN, low BOOLEAN>, tags ARRAY<STRING>",
                        "{\"device\": \"gw-1\", \"fw\": \"1.0.3\", \"battery\": 97.5, \"flags\": {\"charging\": true, \"low\": false}, \"tags\": [\"a\", \"b\"]}",
                        "{\"device\": \"gw-2\"}",
                        "{\"fw\": null, \"device\": \"gw-3\", \"battery\": null, \"flags\": null, \"tags\": null}",
                        "{\"tags\": [], \"flags\": {\"low\": true}, \"device\": \"gw-4\", \"rssi\": -71}",
                        "{\"battery\": 3, \"device\": \"gw-5\", \"tags\": [null, \"x\"], \"extra\": {\"deep\": [1, 2]}}"));
    }

    @Test
    void nestedValues() throws DecodeException {
        assertEquals("""
                (48.1, (9, 3D)) | [(1, 0.5), (2, 0.75)] | {t=(C, 10)} | [[1], [], NULL]
                (NULL, NULL) | [] | {} | NULL
                NULL | [NULL, (NULL, 1.0)] | {t=NULL, u=(F, 2)} | []""",
                decode("pos ROW<lat DOUBLE, fix ROW<sats INT, mode STRING>>, samples ARRAY<ROW<ch INT, val DOUBLE>>, "
                        + "chans MAP<STRING, ROW<unit STRING, scale INT>>, m ARRAY<ARRAY<INT>>",
                        "{\"pos\": {\"lat\": 48.1, \"lon\": 11.5, \"fix\": {\"sats\": 9, \"mode\": \"3D\"}}, \"samples\": [{\"ch\": 1, \"val\": 0.5}, "
                                + "{\"ch\": 2, \"val\": 0.75}], \"chans\": {\"t\": {\"unit\": \"C\", \"scale\": 10}}, \"m\": [[1], [ ], null]}",
                        "{\"pos\": {\"fix\": null}, \"samples\": [ ], \"chans\": { }, \"m\": null}",
                        "{\"pos\": null, \"samples\": [null, {\"val\": 1}], \"chans\": {\"t\": null, \"u\" : {\"unit\": \"F\", \"scale\": 2}}, \"m\": []}"));
    }

    @Test
    void onlyWantedColumnsAndPathsAreDecoded() throws DecodeException {
        FormatHarness harness = new FormatHarness(new JsonFormat(), Map.of(), "id INT, pos ROW<lat DOUBLE, fix ROW<sats INT>>, bad INT",
                new WantedColumn(1, List.of("fix", "sats"), DataType.integer()), new WantedColumn(0, List.of(), DataType.integer()),
                new WantedColumn(1, List.of("lat"), DataType.doublePrecision()),
                new WantedColumn(1, List.of("fix"), DataType.row(List.of(new Column("sats", DataType.integer())))));
        assertEquals("""
                9 | 1 | 48.1 | (9)
                NULL | 2 | NULL | NULL
                NULL | 3 | 1.0 | NULL
                NULL | 4 | NULL | NULL""", harness.decode("""
                {"id": 1, "bad": "x", "pos": {"lat": 48.1, "fix": {"sats": 9}}}
                {"id": 2, "bad": "x", "pos": null}
                {"id": 3, "pos": {"fix": null, "lat": 1}}
                {"id": 4, "pos": {"fix": {"sats": 9}, "lat": 1}, "pos": {}}"""));
    }

    @Test
    void datesAndTimesInSqlForm() throws DecodeException {
        assertEquals("""
                2024-02-29 | 23:59:59.000 | 2024-02-29 23:59:59 | 2024-02-29 23:59:59.999 | 2024-02-29 23:59:59.999999999 | 2024-02-29 23:59:59.999
                1970-01-01 | 00:00:00.250 | 1970-01-01 00:00:00 | 1970-01-01 00:00:00.500 | 1970-01-01 00:00:00.000000001 | 1970-01-01 00:00:00.000
                1969-12-31 | 12:34:56.000 | 1969-12-31 23:59:59 | 1969-12-31 23:59:59.001 | 1969-12-31 23:59:59.000000000 | 1969-12-31 23:59:59.500
                0000-03-01 | 00:00:00.000 | 2023-02-28 00:00:00 | 2024-01-02 00:00:00.000 | 2100-03-01 00:00:00.000000000 | 9999-12-31 23:59:59.999""",
                decode("d DATE, t TIME, t0 TIMESTAMP(0), t3 TIMESTAMP(3), t9 TIMESTAMP(9), l3 TIMESTAMP_LTZ(3)",
                        "{\"d\": \"2024-02-29\", \"t\": \"23:59:59\", \"t0\": \"2024-02-29 23:59:59\", \"t3\": \"2024-02-29 23:59:59.999\", \"t9\": \"2024-02-29 23:59:59.999999999\", \"l3\": \"2024-02-29 23:59:59.999Z\"}",
                        "{\"d\": \"1970-01-01\", \"t\": \"00:00:00.25\", \"t0\": \"1970-01-01 00:00:00\", \"t3\": \"1970-01-01 00:00:00.5\", \"t9\": \"1970-01-01 00:00:00.000000001\", \"l3\": \"1970-01-01 00:00:00Z\"}",
                        "{\"d\": \"1969-12-31\", \"t\": \"12:34:56\", \"t0\": \"1969-12-31 23:59:59\", \"t3\": \"1969-12-31 23:59:59.001\", \"t9\": \"1969-12-31 23:59:59\", \"l3\": \"1969-12-31 23:59:59.5Z\"}",
                        "{\"d\": \"0000-03-01\", \"t\": \"24:00:00\", \"t0\": \"2023-02-30 00:00:00\", \"t3\": \"2024-01-01 24:00:00\", \"t9\": \"2100-03-01 00:00:00\", \"l3\": \"9999-12-31 23:59:59.9999Z\"}"));
    }

    @Test
    void datesAndTimesInIsoForm() throws DecodeException {
        FormatHarness harness = new FormatHarness(new JsonFormat(), Map.of("timestamp-format.standard", "ISO-8601"),
                "t3 TIMESTAMP(3), t6 TIMESTAMP(6), l3 TIMESTAMP_LTZ(3)");
        assertEquals("""
                2024-06-01 10:00:00.123 | 2024-06-01 10:00:00.123456 | 2024-06-01 10:00:00.123
                2024-12-31 23:59:59.900 | 2024-12-31 23:59:00.000000 | 2024-12-31 23:59:59.900""", harness.decode("""
                {"t3": "2024-06-01T10:00:00.123", "t6": "2024-06-01T10:00:00.123456", "l3": "2024-06-01T10:00:00.123Z"}
                {"t3": "2024-12-31T23:59:59.9", "t6": "2024-12-31T23:59", "l3": "2024-12-31T23:59:59.9Z"}"""));
    }

    @Test
    void bytesAreBase64() throws DecodeException {
        assertEquals("hello\n\nNULL", decode("b BYTES", "{\"b\": \"aGVsbG8=\"}", "{\"b\": \"\"}", "{\"b\": null}"));
    }

    @Test
    void ignoredErrorsMakeFieldsNullAndLeaveBrokenRecordsOut() throws DecodeException {
        FormatHarness harness = new FormatHarness(new JsonFormat(), Map.of("ignore-parse-errors", "true"),
                "id INT, temp DOUBLE, ok BOOLEAN, d DATE, a ARRAY<INT>");
        assertEquals("""
                1 | 20.5 | TRUE | 2024-01-01 | NULL
                2 | NULL | TRUE | 2024-01-02 | NULL
                NULL | 22.0 | FALSE | 2024-01-04 | NULL
                5 | 23.5 | TRUE | NULL | NULL
                6 | 24.0 | FALSE | NULL | NULL
                7 | NULL | NULL | NULL | NULL
                8 | 25.25 | FALSE | 2024-01-08 | [1, NULL, 3]""", harness.decode("""
                {"id":1,"temp":20.5,"ok":true,"d":"2024-01-01"}
                {"id":2,"temp":"n/a","ok":true,"d":"2024-01-02"}
                {"id":3,"temp":21.5
                not json at all
                {"id":"four","temp":22.0,"ok":false,"d":"2024-01-04"}
                [1,2,3]
                {"id":5,"temp":"23.5","ok":"true","d":"05/01/2024"}
                "just a string"
                {"id":6,"temp":24,"ok":"yes","d":null,"a":{}}
                {"id":7,"temp":{"v":1},"ok":[true],"d":20240107}
                {"id":8,"temp":25.25,"ok":false,"d":"2024-01-08","a":[1,"x",3]}"""));
        assertEquals(4, harness.ignored());
    }
}
