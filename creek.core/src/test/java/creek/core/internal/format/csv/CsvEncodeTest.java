package creek.core.internal.format.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.format.DecodeException;
import creek.core.internal.format.FormatHarness;
import creek.core.internal.format.json.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How rows, given as JSON, are written as CSV; the texts are Flink's. */
class CsvEncodeTest {
    private static String encode(Map<String, String> options, String schema, String json) throws DecodeException {
        FormatHarness rows = new FormatHarness(new JsonFormat(), Map.of(), schema);
        return new FormatHarness(new CsvFormat(), options, schema).encode(rows.decodeRecord(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void textsAreQuotedWhenLongOrWithAnEarlyCharacter() throws DecodeException {
        assertEquals("Test,12,Hello", encode(Map.of(), "a STRING, b INT, c STRING", "{\"a\":\"Test\",\"b\":12,\"c\":\"Hello\"}"));
        assertEquals("\"This is a test.\",\"a,b\",\"says \"\"hi\"\"\",,é", encode(Map.of(),
                "a STRING, b STRING, c STRING, d STRING, e STRING",
                "{\"a\":\"This is a test.\",\"b\":\"a,b\",\"c\":\"says \\\"hi\\\"\",\"d\":\"\",\"e\":\"é\"}"));
        assertEquals("abcdefghijklmnopqrstuvwx,\"abcdefghijklmnopqrstuvwxy\"", encode(Map.of(), "a STRING, b STRING",
                "{\"a\":\"abcdefghijklmnopqrstuvwx\",\"b\":\"abcdefghijklmnopqrstuvwxy\"}"));
    }

    /** Wherever they stand, and beside characters of neighbouring codes. */
    @Test
    void quotesAndEscapesInLongTextsAreDoubled() throws DecodeException {
        String text = "0123456789abcdef!#+)éABCDEFGHIJ";
        for (int i = 0; i <= text.length(); i++) {
            String marked = text.substring(0, i) + "'*'" + text.substring(i);
            assertEquals("'" + marked.replace("'*'", "''**''") + "'", encode(Map.of("escape-character", "*", "quote-character", "'"), "a STRING",
                    "{\"a\":\"" + marked + "\"}"));
            assertEquals("'" + marked.replace("'*'", "''*''") + "'", encode(Map.of("quote-character", "'"), "a STRING", "{\"a\":\"" + marked + "\"}"));
        }
    }

    @Test
    void valuesOfEveryType() throws DecodeException {
        assertEquals("true,-1,12345678910,0.33333334,0.33333333332,2018-10-12,12:12:12,\"2018-10-12 12:12:12.123\",\"1970-01-01 00:02:03Z\"",
                encode(Map.of(), "a BOOLEAN, b INT, c BIGINT, d FLOAT, e DOUBLE, f DATE, g TIME, h TIMESTAMP(6), i TIMESTAMP_LTZ(3)",
                        "{\"a\":true,\"b\":-1,\"c\":12345678910,\"d\":0.33333334,\"e\":0.33333333332,\"f\":\"2018-10-12\",\"g\":\"12:12:12\","
                                + "\"h\":\"2018-10-12 12:12:12.123\",\"i\":\"1970-01-01 00:02:03Z\"}"));
        assertEquals("\"1234.0000000000000000000000001\",aGVsbG8=,12;4;null,Hello;42;false,null",
                encode(Map.of("null-literal", "null"),
                        "a DECIMAL(38, 25), b BYTES, c ARRAY<TINYINT>, d ROW<x STRING, y INT, z BOOLEAN>, e INT",
                        "{\"a\":1234.0000000000000000000000001,\"b\":\"aGVsbG8=\",\"c\":[12,4,null],\"d\":{\"x\":\"Hello\",\"y\":42,\"z\":false}}"));
    }

    @Test
    void otherCharacters() throws DecodeException {
        Map<String, String> options = Map.of("escape-character", "*", "quote-character", "'", "array-element-delimiter", ":",
                "field-delimiter", ";");
        assertEquals("'123''4**';'a;b''c';12;'1:hello'", encode(options, "a STRING, b STRING, c INT, d ROW<x STRING, y STRING>",
                "{\"a\":\"123'4*\",\"b\":\"a;b'c\",\"c\":12,\"d\":{\"x\":\"1\",\"y\":\"hello\"}}"));
        assertEquals("Test,#2019-12-26 12:12:12#", encode(Map.of("quote-character", "#"), "a STRING, b STRING",
                "{\"a\":\"Test\",\"b\":\"2019-12-26 12:12:12\"}"));
        assertEquals("Test,2019-12-26 12:12:12", encode(Map.of("disable-quote-character", "true"), "a STRING, b STRING",
                "{\"a\":\"Test\",\"b\":\"2019-12-26 12:12:12\"}"));
    }
}
