package creek.core.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Utf8;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonFunctionsTest {
    private static final Object DOCUMENT = JsonFunctions.parse(Utf8.of("{\"a\": {\"b\": [1, {\"c\": \"x\\u00e9\"}], \"n\": null}, \"d e\": 2.50}"));

    private static Object value(String path) {
        return JsonFunctions.value(DOCUMENT, JsonPath.compile(Utf8.of(path)));
    }

    @Test
    void pathsLeadToScalars() {
        assertEquals("xé", value("$.a.b[1].c"));
        assertEquals(1, value("$.a.b[0]"));
        assertEquals(2.5, value("$['d e']"));
        assertSame(JsonFunctions.ERROR, value("$.nowhere"));
        assertSame(JsonFunctions.EMPTY, value("lax $.nowhere"));
        assertSame(JsonFunctions.EMPTY, value("lax $.a.n"));
        assertSame(JsonFunctions.ERROR, value("$.a"));
    }

    @Test
    void pathsLeadToObjectsAndArrays() {
        assertEquals("[1,{\"c\":\"xé\"}]", JsonFunctions.query(DOCUMENT, JsonPath.compile(Utf8.of("$.a.b")), false, false).toString());
        assertEquals("[2.5]", JsonFunctions.query(DOCUMENT, JsonPath.compile(Utf8.of("$['d e']")), true, false).toString());
        assertEquals("[\"xé\"]", JsonFunctions.query(DOCUMENT, JsonPath.compile(Utf8.of("$..c")), false, false).toString());
    }

    @Test
    void whatIsNoPathIsRefused() {
        for (String path : List.of("", "a", "$a", "$.", "$[", "$[x]", "$['a")) {
            assertThrows(IllegalArgumentException.class, () -> JsonPath.compile(Utf8.of(path)), path);
        }
    }

    @Test
    void onlyJsonIsJson() {
        for (String json : List.of("1", "-0.5e+3", "\"\\n\"", "[]", "{}", " [1 , {\"a\":null}] ")) {
            assertTrue(JsonFunctions.isJson(Utf8.of(json)), json);
        }
        for (String text : List.of("", "01", "1.", ".5", "'a'", "[1,]", "{\"a\"}", "{a:1}", "\"\t\"", "nul", "1 2", "\"\\x\"", "[".repeat(100_000))) {
            assertFalse(JsonFunctions.isJson(Utf8.of(text)), text);
        }
        assertFalse(JsonFunctions.isJson(null));
    }
}
