package creek.core.internal.format.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.DataType;
import creek.core.format.DecodeException;
import creek.core.format.WantedColumn;
import creek.core.internal.format.FormatHarness;
import creek.core.option.OptionException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the CSV decoder makes of files; the results are Flink's. */
class CsvDecodeTest {
    private static String decode(Map<String, String> options, String schema, String content) throws DecodeException {
        return new FormatHarness(new CsvFormat(), options, schema).decode(content);
    }

    @Test
    void defaults() throws DecodeException {
        assertEquals("""
                1 | A-100 | 9.99 | 2024-05-01 08:00:00.000 | TRUE | 2024-05-01 | 08:00:00.000
                2 | B-200 | 100.50 | 2024-05-01 08:00:01.250 | FALSE | 2024-05-02 | 09:30:15.000
                3 | C 300 | 0.05 | 2024-05-01 08:00:02.000 | TRUE | 2024-03-01 | 23:59:00.000""",
                decode(Map.of(), "id BIGINT, sku STRING, price DECIMAL(8, 2), placed TIMESTAMP(3), gift BOOLEAN, d DATE, t TIME", """
                1,A-100,9.99,2024-05-01 08:00:00.000,true,2024-05-01,08:00:00
                2,B-200,100.50,2024-05-01 08:00:01.250,false,2024-5-2,09:30:15.75
                3,C 300,0.05,2024-05-01 08:00:02,true,2024-02-30,23:59"""));
    }

    @Test
    void quotes() throws DecodeException {
        assertEquals("""
                1 | pump, main | says "hi"
                2 | plain | semi;colon
                3 |  |\s
                4 |  leading | trailing\s
                5 |   quoted blanks   | x
                6 |  | y
                7 | 'single' | it's
                8 | two
                lines, "and" more | 5" pipe
                9 | after | blanks""", decode(Map.of(), "id INT, name STRING, note STRING", """
                1,"pump, main","says ""hi\"""
                2,plain,"semi;colon"
                3,"",""
                4, leading,trailing\s
                5,"  quoted blanks  ",x
                6,,y
                7,'single',"it's"
                8,"two
                lines, ""and"" more",5" pipe
                9,"after"  ,"blanks"\s"""));
    }

    @Test
    void commentsAndIgnoredErrors() throws DecodeException {
        FormatHarness harness = new FormatHarness(new CsvFormat(), Map.of("allow-comments", "true", "ignore-parse-errors", "true"),
                "id INT, v DOUBLE, s STRING");
        assertEquals("""
                1 | 1.5 | ok
                NULL | 2.5 | bad id
                3 | NULL | bad value
                4 | 4.5 | fine
                5 | NULL | NULL
                7 | 7.0 | trailing delimiter""", harness.decode("""
                # exported by "gateway 7
                1,1.5,ok
                two,2.5,bad id
                # another comment
                3,x,bad value

                4,4.5,fine
                5
                6,6.5,extra,column
                7,7,trailing delimiter,
                """));
        assertEquals(1, harness.ignored());
    }

    @Test
    void delimitersAndNullLiteral() throws DecodeException {
        assertEquals("1 | 48.137 | Munich, Marienplatz\n2 | -33.86 | Sydney; Harbour",
                decode(Map.of("field-delimiter", ";"), "id INT, lat DOUBLE, label STRING",
                        "1;48.137;Munich, Marienplatz\r\n2;-33.86;\"Sydney; Harbour\"\r\n"));
        assertEquals("1 | 1.5 | abc | TRUE\n2 | NULL | NULL | NULL\n3 | 2.5 | null | FALSE\n4 | 3.5 |  | TRUE",
                decode(Map.of("field-delimiter", "\\t", "null-literal", "NULL"), "id INT, v DOUBLE, s STRING, b BOOLEAN",
                        "1\t1.5\tabc\ttrue\n2\tNULL\tNULL\tNULL\n3\t2.5\tnull\tfalse\n4\t3.5\t\tTRUE"));
        assertEquals("a | b", decode(Map.of("field-delimiter", "\\u0001"), "a STRING, b STRING", "a\u0001b"));
    }

    @Test
    void byteOrderMarkIsNoPartOfTheFirstField() throws DecodeException {
        assertEquals("1 | a", decode(Map.of(), "id INT, s STRING", "\uFEFF1,a"));
    }

    @Test
    void escapesAndOtherQuotes() throws DecodeException {
        Map<String, String> options = Map.of("escape-character", "*", "quote-character", "'", "field-delimiter", ";",
                "array-element-delimiter", ":");
        assertEquals("123'4* | [1, 2] | (a, 1)\na;b'c | [] | NULL\nx\ny | [3] | (b, 2)",
                decode(options, "s STRING, a ARRAY<INT>, r ROW<x STRING, y INT>", "123*'4**;1:2;a:1\n'a;b*'c';;\nx*\ny;3;b:2"));
        assertEquals("\"a | b\"", decode(Map.of("disable-quote-character", "true"), "a STRING, b STRING", "\"a,b\""));
    }

    @Test
    void arraysAndRows() throws DecodeException {
        assertEquals("[a, b c, NULL] | (Hello, 42, FALSE) | hello | 1970-01-01 00:02:03",
                decode(Map.of("null-literal", "null"), "a ARRAY<STRING>, r ROW<s STRING, i INT, b BOOLEAN>, b BYTES, l TIMESTAMP_LTZ(0)",
                        "a;b c;null,Hello;42;false,aGVsbG8=,1970-01-01 00:02:03Z"));
    }

    @Test
    void onlyWantedColumnsAreConverted() throws DecodeException {
        FormatHarness harness = new FormatHarness(new CsvFormat(), Map.of(), "a INT, b INT, c ROW<x INT, y INT>",
                new WantedColumn(2, List.of("y"), DataType.integer()), new WantedColumn(0, List.of(), DataType.integer()));
        assertEquals("4 | 1", harness.decode("1,not a number,3;4"));
    }

    @Test
    void errorsSayWhereAndWhy() {
        assertEquals("'x' is not a value of type INT at 2", error("a STRING, b INT", "1,x"));
        assertEquals("'' is not a value of type INT at 2", error("a STRING, b INT", "1,"));
        assertEquals("expected 2 fields but found 1 at 1", error("a STRING, b INT", "1"));
        assertEquals("more than 2 fields at 4", error("a STRING, b INT", "1,2,3"));
        assertEquals("a quoted field has no end at 2", error("a STRING, b STRING", "1,\"x\ny"));
        assertEquals("expected the delimiter , after a closing quote at 3", error("a STRING, b STRING", "\"1\"x,2"));
    }

    private static String error(String schema, String content) {
        DecodeException e = assertThrows(DecodeException.class, () -> decode(Map.of(), schema, content));
        return e.getMessage() + " at " + e.offset();
    }

    @Test
    void optionsThatCanNotBe() {
        assertThrows(OptionException.class, () -> decode(Map.of("field-delimiter", ";;"), "a INT", "1"));
        assertThrows(OptionException.class,
                () -> decode(Map.of("quote-character", "'", "disable-quote-character", "true"), "a INT", "1"));
        assertThrows(IllegalArgumentException.class, () -> decode(Map.of(), "a MAP<STRING, INT>", "1"));
        assertThrows(IllegalArgumentException.class, () -> decode(Map.of(), "a ROW<b ROW<c INT>>", "1"));
    }
}
