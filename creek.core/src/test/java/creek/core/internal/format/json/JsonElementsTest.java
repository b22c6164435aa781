package creek.core.internal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.format.DecodeException;
import creek.core.format.WantedColumn;
import creek.core.internal.format.FormatHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Single elements of arrays and maps, decoded without the others: what taking them from the whole gives. */
class JsonElementsTest {
    private static final DataType NUMBERS = DataType.array(DataType.integer());
    private static final DataType TEXTS = DataType.map(DataType.string(), DataType.string());
    private static final DataType ROWS = DataType.array(DataType.row(List.of(new Column("x", DataType.doublePrecision()))));

    private static WantedColumn of(int column, DataType type, Object element) {
        return new WantedColumn(column, List.of(), type, element);
    }

    private static FormatHarness harness(Map<String, String> options, WantedColumn... wanted) {
        return new FormatHarness(new JsonFormat(), options, "n ARRAY<INT>, t MAP<STRING, STRING>, r ARRAY<ROW<x DOUBLE>>, o ROW<n ARRAY<INT>>", wanted);
    }

    @Test
    void elementsByPlace() throws DecodeException {
        assertEquals("""
                2 | 3 | (0.5)
                NULL | NULL | NULL
                NULL | NULL | NULL
                NULL | NULL | NULL
                -2 | NULL | NULL
                20 | NULL | (NULL)
                7 | NULL | NULL""",
                harness(Map.of(), of(0, NUMBERS, 2), new WantedColumn(3, List.of("n"), NUMBERS, 1), of(2, ROWS, 1)).decode("""
                {"n":[1,2,3],"o":{"n":[3]},"r":[{"x":0.5},{"x":1.5}]}
                {"n":[1],"o":{"n":[]},"r":[ ]}
                {"n":null,"o":null,"r":null}
                {"n":[1,null],"o":{"n":null},"r":[null,{"x":1}]}
                {"o":{}, "n" : [ 1 , -2 ] }
                {"n":["x",20,{"a":[1,"]"]},[[],[2]],true],"r":[{},"y"]}
                {"n":[8,9],"n":[6,7]}"""));
    }

    @Test
    void valuesByKey() throws DecodeException {
        assertEquals("""
                c | NULL
                NULL | NULL
                NULL | NULL
                NULL | empty
                last | x
                c | 12
                é | {"a":1}""",
                harness(Map.of(), of(1, TEXTS, "shift"), of(1, TEXTS, "")).decode("""
                {"t":{"unit":"a","shift":"c"}}
                {"t":{}}
                {"t":null}
                {"t":{"shift":null,"":"empty"}}
                {"t":{"shift":"first","":"x","shift":"last"}}
                {"t" : { "sh\\u0069ft" : "c" , "Shift":"d", "":12, "o":{"shift":1} } }
                {"t":{"":{"a": 1},"shift":"\\u00e9"}}"""));
    }

    @Test
    void what_isWrongElsewhere_doesNotMatterIfItIsJson() throws DecodeException {
        FormatHarness harness = harness(Map.of(), of(0, NUMBERS, 1));
        assertEquals("1", harness.decode("{\"n\":[1,\"x\"]}"));
        for (String bad : List.of("{\"n\":[1,}", "{\"n\":[1 2]}", "{\"n\":[1,x]}", "{\"n\":[1,2", "{\"n\":[\"x\"]}", "{\"n\":{\"a\":1}}", "{\"n\":1}")) {
            assertThrows(DecodeException.class, () -> harness.decode(bad), bad);
        }
    }

    @Test
    void errorsThatAreIgnoredMakeElementsNull() throws DecodeException {
        FormatHarness harness = harness(Map.of("ignore-parse-errors", "true"), of(0, NUMBERS, 2), of(1, TEXTS, "a"));
        assertEquals("""
                NULL | b
                NULL | NULL
                4 | NULL""", harness.decode("""
                {"n":[1,"x"],"t":{"a":"b"}}
                {"n":"text","t":[1]}
                {"n":[3,4],"t":7}
                {"n":[3,4"""));
        assertEquals(1, harness.ignored());
    }

    @Test
    void fieldsThatMustBeThereAreNotEntriesOfMaps() throws DecodeException {
        FormatHarness harness = harness(Map.of("fail-on-missing-field", "true"), of(1, TEXTS, "a"));
        assertEquals("NULL", harness.decode("{\"t\":{\"b\":\"c\"}}"));
        assertEquals("the field 't' is missing", assertThrows(DecodeException.class, () -> harness.decode("{\"n\":[]}")).getMessage());
    }
}
