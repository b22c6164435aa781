package creek.core.internal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.format.DecodeException;
import creek.core.internal.format.FormatHarness;
import creek.core.option.OptionException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the JSON decoder says of records that are not what they should be. */
class JsonErrorTest {
    private static void assertError(String expected, String schema, String record) {
        FormatHarness harness = new FormatHarness(new JsonFormat(), Map.of(), schema);
        DecodeException e = assertThrows(DecodeException.class, () -> harness.decodeRecord(record.getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals(expected, e.getMessage() + " at " + e.offset());
    }

    @Test
    void whatIsNoJson() {
        assertError("expected a JSON object but found n at 0", "a INT", "not json");
        assertError("expected a JSON object but found [ at 1", "a INT", " [1]");
        assertError("the record ends within an object at 6", "a INT", "{\"a\":1");
        assertError("the record ends within an object at 5", "a INT", "{\"a\":");
        assertError("the record ends within an object at 1", "a INT", "{");
        assertError("expected , or } but found x at 6", "a INT", "{\"a\":1x}");
        assertError("expected \" but found } at 7", "a INT", "{\"a\":1,}");
        assertError("expected : but found 1 at 5", "a INT", "{\"a\" 1}");
        assertError("a number starts with 0 at 5", "a INT", "{\"a\":01}");
        assertError("a number has no digits after its point at 5", "a DOUBLE", "{\"a\":1.}");
        assertError("expected a value but found + at 5", "a INT", "{\"a\":+1}");
        assertError("expected a value but found N at 5", "a DOUBLE", "{\"a\":NaN}");
        assertError("expected a value but found t at 5", "a INT", "{\"b\":tru}");
        assertError("a string has no end at 5", "a STRING", "{\"a\":\"x}");
        assertError("a string has no end at 7", "a STRING", "{\"b\":\"x\\");
        assertError("a string is not UTF-8 at 5", "a STRING", "{\"a\":\"\u00FF\"}");
        assertError("expected , or ] but found } at 8", "a INT", "{\"b\":[1 }");
    }

    @Test
    void escapesThatAreNone() {
        String expected = "a backslash must be followed by one of \"\\/bfnrt or by u and four hexadecimal digits at 6";
        assertError(expected, "a STRING", "{\"a\":\"\\x\"}");
        assertError(expected, "a STRING", "{\"a\":\"\\u12g4\"}");
        assertError(expected, "a STRING", "{\"b\":\"\\u12\"}");
    }

    /** Columns that nobody wants are checked as well: all that is and is not a number or literal, of up to ten characters. */
    @Test
    void valuesThatNobodyWants() throws DecodeException {
        Random random = new Random(5);
        FormatHarness harness = new FormatHarness(new JsonFormat(), Map.of(), "a INT");
        String[] pieces = {"-", "0", "7", "9.", ".", "e", "E+", "12", "-1", "345.6", "true", "false", "null", "tru", "\u00E9"};
        int good = 0;
        for (int i = 0; i < 100_000; i++) {
            String value = pieces[random.nextInt(pieces.length)];
            for (int more = random.nextInt(5); more > 0; more--) {
                value += pieces[random.nextInt(pieces.length)];
            }
            String record = switch (i % 3) {
                case 0 -> "{\"b\":" + value + ",\"a\":5}";
                case 1 -> "{\"a\":5,\"b\":" + value + "}";
                default -> "{\"a\":5,\"b\":[" + value + "]}";
            };
            if (value.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?|true|false|null")) {
                assertEquals("5", harness.decode(record));
                good++;
            } else {
                assertThrows(DecodeException.class, () -> harness.decode(record), value);
            }
        }
        assertTrue(good > 10_000, () -> "too few are good");
    }

    @Test
    void stringsOfAllLengths() throws DecodeException {
        FormatHarness harness = new FormatHarness(new JsonFormat(), Map.of(), "a STRING, b STRING");
        for (int length = 0; length < 50; length++) {
            String text = "abcdefghijklmnopqrstuvwxyz".repeat(2).substring(0, length);
            assertEquals(text + " | " + text + "\u00FC" + text, harness.decode("{\"x\":\"" + text + "\",\"a\":\"" + text + "\",\"b\":\"" + text + "\u00FC" + text
                    + "\",\"y\":\"" + text + "\\\"" + text + "\"}"));
            assertEquals(text + "\"" + text + " | NULL", harness.decode("{\"x\":\"" + text + "\",\"a\":\"" + text + "\\\"" + text + "\"}"));
            assertError("a string has no end at 5", "a STRING", "{\"a\":\"" + text);
            assertError("a string has no end at 5", "a STRING", "{\"x\":\"" + text);
            assertError("a string is not UTF-8 at 5", "a STRING", "{\"a\":\"" + text + "\u00FF\"}");
        }
    }

    @Test
    void valuesOfOtherTypes() {
        assertError("'x' is not a value of type INT at 5", "a INT", "{\"a\":\"x\"}");
        assertError("'2147483648' is not a value of type INT at 5", "a INT", "{\"a\":2147483648}");
        assertError("'128' is not a value of type TINYINT at 5", "a TINYINT", "{\"a\":128}");
        assertError("'1.5' is not a value of type SMALLINT at 5", "a SMALLINT", "{\"a\":1.5}");
        assertError("'9223372036854775808' is not a value of type BIGINT at 5", "a BIGINT", "{\"a\":9223372036854775808}");
        assertError("'true' is not a value of type DOUBLE at 5", "a DOUBLE", "{\"a\":true}");
        assertError("'01/02/2024' is not a value of type DATE (such as 2024-02-29) at 5", "a DATE", "{\"a\":\"01/02/2024\"}");
        assertError("'2024-01-01 00:00:00' is not a value of type TIMESTAMP_LTZ(3) (such as 2024-02-29 23:59:59.123Z) at 5",
                "a TIMESTAMP_LTZ(3)", "{\"a\":\"2024-01-01 00:00:00\"}");
        assertError("'a' is not a value of type BYTES (in base64) at 5", "a BYTES", "{\"a\":\"a\"}");
        assertError("expected an array for a value of type ARRAY<INT> at 5", "a ARRAY<INT>", "{\"a\":1}");
        assertError("expected an object for a value of type ROW<`b` INT> at 5", "a ROW<b INT>", "{\"a\":[1]}");
    }

    @Test
    void nestingIsLimited() {
        String deep = "[".repeat(100_000);
        FormatHarness harness = new FormatHarness(new JsonFormat(), Map.of(), "a STRING");
        for (String name : new String[] {"a", "b"}) {
            DecodeException e = assertThrows(DecodeException.class,
                    () -> harness.decodeRecord(("{\"" + name + "\":" + deep + "}").getBytes(StandardCharsets.UTF_8)));
            assertTrue(e.getMessage().startsWith("more than 1000 values in each other"), e.getMessage());
        }
    }

    @Test
    void missingFields() throws DecodeException {
        FormatHarness harness = new FormatHarness(new JsonFormat(), Map.of("fail-on-missing-field", "true"), "a INT, r ROW<b INT, c INT>");
        assertEquals("1 | (NULL, 2)", harness.decode("{\"a\":1,\"r\":{\"b\":null,\"c\":2}}"));
        assertEquals("1 | NULL", harness.decode("{\"a\":1,\"r\":null}"));
        DecodeException e = assertThrows(DecodeException.class, () -> harness.decode("{\"a\":1}"));
        assertEquals("the field 'r' is missing", e.getMessage());
        e = assertThrows(DecodeException.class, () -> harness.decode("{\"a\":1,\"r\":{\"c\":2}}"));
        assertEquals("the field 'b' is missing", e.getMessage());
    }

    @Test
    void optionsThatExcludeEachOther() {
        assertThrows(OptionException.class, () -> new FormatHarness(new JsonFormat(),
                Map.of("fail-on-missing-field", "true", "ignore-parse-errors", "true"), "a INT"));
        assertThrows(IllegalArgumentException.class, () -> new FormatHarness(new JsonFormat(), Map.of(), "a MAP<INT, INT>"));
        assertThrows(IllegalArgumentException.class, () -> new FormatHarness(new JsonFormat(), Map.of(), "a VARIANT"));
    }

    @Test
    void manyDifferentNamesAndOrders() throws DecodeException {
        FormatHarness harness = new FormatHarness(new JsonFormat(), Map.of(), "a INT, b STRING");
        for (int i = 0; i < 2000; i++) {
            String noise = "\"n" + i + "\":{\"a\":0},\"" + "x".repeat(i % 200) + "\":[\"b\"]";
            assertEquals(i + " | s", harness.decode(i % 2 == 0 ? "{\"a\":" + i + "," + noise + ",\"b\":\"s\"}"
                    : "{" + noise + " ,\"b\" :\"s\",\"a\":" + i + "}"));
        }
    }
}
