package creek.core.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonFunctionsTest {
    private static final JsonDocument DOCUMENT =
            new JsonDocument().read(Utf8.of("{\"a\": {\"b\": [1, {\"c\": \"x\\u00e9\"}], \"n\": null}, \"d e\": 2.50}"));

    private static JsonPath path(String path) {
        return JsonPath.compile(Utf8.of(path));
    }

    private static Object value(String path) {
        return JsonFunctions.value(DOCUMENT, path(path));
    }

    private static String query(String json, String path) {
        return JsonFunctions.query(new JsonDocument().read(Utf8.of(json)), path(path), false, false).toString();
    }

    private static boolean isJson(String text) {
        return JsonFunctions.isJson(new JsonDocument().read(Utf8.of(text)));
    }

    @Test
    void pathsLeadToScalars() {
        assertEquals("xé", value("$.a.b[1].c"));
        assertEquals(1, value("$.a.b[0]"));
        assertEquals(new BigDecimal("2.50"), value("$['d e']"));
        assertEquals(1, value("a.b[0]"));
        assertSame(JsonFunctions.ERROR, value("$.nowhere"));
        assertSame(JsonFunctions.EMPTY, value("lax $.nowhere"));
        assertSame(JsonFunctions.EMPTY, value("lax $.a.n"));
        assertSame(JsonFunctions.ERROR, value("$.a"));
    }

    @Test
    void scalarsAsText() {
        Map<String, String> texts = Map.of("\"a\\nb\"", "a\nb", "\"é\"", "é", "1e3", "1E+3", "-0", "0", "1.50", "1.50", "true", "true",
                "12345678901234567890", "12345678901234567890", "-0.0", "0.0");
        texts.forEach((json, text) -> assertEquals(text, JsonFunctions.text(new JsonDocument().read(Utf8.of(json)), path("$")).toString(), json));
    }

    @Test
    void filtersCompareWithWhateverThereIs() {
        String rows = "[{\"a\":[1e999,2],\"b\":\"" + "7".repeat(9_000_000) + "\",\"c\":1}]";
        assertEquals("[1]", query(rows, "$[?(@.a.sum() > 1)].c"));
        assertEquals("[]", query(rows, "$[?(@.a.sum() == 1)].c"));
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertEquals("[]", query(rows, "$[?(@.c == @.b)].c")));
    }

    @Test
    void numbersBeyondAllBoundsAreNotJson() {
        assertTrue(isJson("{\"a\": -1.5E+0000000000002}"));
        assertTrue(isJson("1e2147483647"));
        assertFalse(isJson("{\"a\": 1e99999999999}"));
        assertFalse(isJson("[1e-99999999999]"));
        assertFalse(isJson("1e" + "9".repeat(2000)));
    }

    @Test
    void pathsLeadToObjectsAndArrays() {
        assertEquals("[1,{\"c\":\"xé\"}]", JsonFunctions.query(DOCUMENT, path("$.a.b"), false, false).toString());
        assertEquals("[2.50]", JsonFunctions.query(DOCUMENT, path("$['d e']"), true, false).toString());
        assertEquals("[\"xé\"]", JsonFunctions.query(DOCUMENT, path("$..c"), false, false).toString());
    }

    /** The results are Flink 2.2.0's. */
    @Test
    void filtersSlicesAndFunctions() {
        String rows = "[{\"a\":1,\"b\":2},{\"a\":3,\"b\":2,\"c\":\"x y\"},{\"a\":null}]";
        assertEquals("[{\"a\":3,\"b\":2,\"c\":\"x y\"}]", query(rows, "$[?(@.a > @.b)]"));
        assertEquals("[\"x y\"]", query(rows, "$[?(@.a > 0 && (@.b == 3 || @.c =~ /X.*/i))].c"));
        assertEquals("[{\"a\":null}]", query(rows, "$[?(@.a == null)]"));
        assertEquals("[{\"a\":1,\"b\":2},{\"a\":null}]", query(rows, "$[?(@.c != 'x y')]"));
        assertEquals("[2,3]", query("{\"x\":2,\"v\":[1,2,3]}", "$.v[?(@ >= $.x)]"));
        assertEquals("[{\"a\":[1,2]}]", query("[{\"a\":[1,2]},{\"a\":[]}]", "$[?(@.a.length() > 1)]"));
        String numbers = "[0,1,2,3,4]";
        Map<String, String> slices = Map.of("[1:3]", "[1,2]", "[:2]", "[0,1]", "[-2:]", "[3,4]", "[1:-1]", "[]", "[-3:-1]", "[2,3]", "[2:99]", "[2,3,4]",
                "[0,9]", "[0]", "[-1,0]", "[4,0]");
        slices.forEach((slice, result) -> assertEquals(result, query(numbers, "$" + slice), slice));
        assertEquals("{\"a\":1}", query("{\"a\":1,\"b\":2}", "$['a','c']"));
        assertEquals("[\"b\",\"a\"]", query("{\"b\":1,\"a\":2}", "$.keys()"));
        JsonDocument document = new JsonDocument().read(Utf8.of("{\"a\":[1,2,3]}"));
        Map<String, String> functions = Map.of("max", "3.0", "sum", "6.0", "avg", "2.0", "stddev", "0.8164965809277263", "length", "3", "last", "3");
        functions.forEach((name, result) -> assertEquals(result, JsonFunctions.text(document, path("$.a." + name + "()")).toString(), name));
    }

    @Test
    void whatIsNoPathIsRefused() {
        for (String path : List.of("", "$a", "$.", "$[", "$[x]", "$['a", "$[?(@.a)]", "$[?(@.a in [1])]", "$[?(@.a == 1]", "$.a.nope()", "$.a.sum().b")) {
            assertThrows(IllegalArgumentException.class, () -> path(path), path);
        }
    }

    @Test
    void onlyJsonIsJson() {
        for (String json : List.of("1", "-0.5e+3", "\"\\n\"", "[]", "{}", " [1 , {\"a\":null}] ", "1 2", "{} x")) {
            assertTrue(isJson(json), json);
        }
        for (String text : List.of("", "01", "1.", ".5", "'a'", "[1,]", "{\"a\"}", "{a:1}", "\"\t\"", "nul", "1x", "1,", "\"\\x\"", "\"\\u12\"",
                "[".repeat(100_000))) {
            assertFalse(isJson(text), text);
        }
        assertFalse(JsonFunctions.isJson(new JsonDocument().read(null)));
    }

    @Test
    void ofEqualKeysTheLastOneCounts() {
        assertEquals("{\"a\":3,\"b\":2}", query("{\"a\":1,\"b\":2,\"a\":3}", "$"));
        assertEquals("{\"a\":2}", query("{\"a\":1,\"\\u0061\":2}", "$"));
    }

    /** A document writes random JSON as the tree of it does, whatever was read into it before. */
    @Test
    void documentsAndTreesWriteTheSame() {
        Random random = new Random(42);
        JsonDocument document = new JsonDocument();
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            JsonTree.write(randomTree(random, 4), text);
            Utf8 json = Utf8.of(" " + text.toString().replace(",", ", ") + "\n");
            document.read(json);
            assertTrue(document.isValid(), json::toString);
            StringBuilder again = new StringBuilder();
            JsonTree.write(document.tree(0), again);
            assertEquals(again.toString(), document.json(0, false).toString());
        }
    }

    @Test
    void numbersAreShownAsBigDecimalShowsThem() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            String fraction = String.valueOf(random.nextInt(100)) + String.valueOf(Math.abs(random.nextLong())).substring(random.nextInt(3));
            String number = (random.nextBoolean() ? "-" : "") + random.nextInt(3) + "." + "0".repeat(random.nextInt(9))
                    + fraction.substring(0, 1 + random.nextInt(fraction.length())) + (random.nextInt(4) == 0 ? "e" + (random.nextInt(20) - 10) : "");
            assertEquals(new BigDecimal(number).toString(),
                    JsonFunctions.text(new JsonDocument().read(Utf8.of(number)), path("$")).toString(), number);
        }
    }

    private static Object randomTree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> new BigDecimal(random.nextInt(1000)).movePointLeft(random.nextInt(5));
            case 4 -> "k\n\"é😀".substring(0, random.nextInt(5));
            case 5 -> {
                List<Object> array = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(randomTree(random, depth - 1));
                }
                yield array;
            }
            default -> {
                Map<String, Object> object = new LinkedHashMap<>();
                for (int i = random.nextInt(80) / (depth * depth) + 1; i > 0; i--) {
                    object.put("é" + random.nextInt(100) + (random.nextInt(20) == 0 ? "\"" : ""), randomTree(random, depth - 1));
                }
                yield object;
            }
        };
    }
}
