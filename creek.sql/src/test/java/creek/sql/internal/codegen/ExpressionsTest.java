package creek.sql.internal.codegen;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.sql.internal.SqlError;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Expressions that the conformance cases do not have: generated, compiled by Janino, run on a row. */
class ExpressionsTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final RelDataType ROW_TYPE = ScalarQuery.TYPES.builder()
            .add("i", nullable(ScalarQuery.TYPES.createSqlType(SqlTypeName.INTEGER)))
            .add("b", nullable(ScalarQuery.TYPES.createSqlType(SqlTypeName.BIGINT)))
            .add("d", nullable(ScalarQuery.TYPES.createSqlType(SqlTypeName.DOUBLE)))
            .add("s", nullable(ScalarQuery.TYPES.createSqlType(SqlTypeName.VARCHAR, Integer.MAX_VALUE)))
            .add("t", nullable(ScalarQuery.TYPES.createSqlType(SqlTypeName.TIMESTAMP, 3)))
            .add("f", nullable(ScalarQuery.TYPES.createSqlType(SqlTypeName.TIMESTAMP, 9)))
            .add("n", nullable(ScalarQuery.TYPES.createSqlType(SqlTypeName.INTEGER)))
            .add("z", nullable(ScalarQuery.TYPES.createSqlType(SqlTypeName.VARCHAR, Integer.MAX_VALUE)))
            .add("dec_", nullable(ScalarQuery.TYPES.createSqlType(SqlTypeName.DECIMAL, 10, 2)))
            .build();

    private static RelDataType nullable(RelDataType type) {
        return ScalarQuery.TYPES.createTypeWithNullability(type, true);
    }

    /** i 7, b 10000000000, d 2.5, s 'Hello World', t 2024-02-29 13:45:59.123, f that and 456789 ns, n and z null, dec_ 12.34. */
    private static Row row() {
        Row row = new Row(9);
        row.setLong(0, 7);
        row.setLong(1, 10_000_000_000L);
        row.setDouble(2, 2.5);
        row.setUtf8(3, Utf8.of("Hello World"));
        row.setLong(4, 1_709_214_359_123L);
        row.setObject(5, new creek.core.data.Timestamp(1_709_214_359_123L, 456_789));
        row.setObject(8, new java.math.BigDecimal("12.34"));
        return row;
    }

    private static List<String> evaluate(List<String> expressions) throws Exception {
        return new ScalarQuery("r", ROW_TYPE, "SELECT " + String.join(", ", expressions) + " FROM r", ZONE).run(row());
    }

    private static void check(String... expressionsAndResults) throws Exception {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < expressionsAndResults.length; i += 2) {
            wanted.put(expressionsAndResults[i], expressionsAndResults[i + 1]);
        }
        List<String> results = evaluate(List.copyOf(wanted.keySet()));
        List<Executable> checks = new ArrayList<>();
        int i = 0;
        for (Map.Entry<String, String> entry : wanted.entrySet()) {
            String result = results.get(i++);
            checks.add(() -> assertEquals(entry.getValue(), result, entry.getKey()));
        }
        assertAll(checks);
    }

    @Test
    void strings() throws Exception {
        check("SUBSTRING(s FROM 7)", "World", "REGEXP_COUNT(s, 'o')", "2", "REGEXP_INSTR(s, 'W')", "7", "REGEXP_SUBSTR(s, 'l+')", "ll",
                "REGEXP_EXTRACT_ALL(s, '(l)(o|d)', 2)", "[o, d]", "REGEXP(s, '[')", "FALSE", "STARTSWITH(s, 'He')", "TRUE",
                "ENDSWITH(s, z)", null, "URL_ENCODE('a b&c')", "a+b%26c", "URL_DECODE('a+b%26c')", "a b&c",
                "PARSE_URL('http://u@h/p?k=v&l=w#r', 'QUERY', 'l')", "w", "PARSE_URL('http://u@h/p?k=v', 'HOST')", "h",
                "SPLIT(s, ' ')", "[Hello, World]", "ELT(2, 'a', s)", "Hello World", "ASCII(s)", "72", "CHR(97)", "a",
                "TO_BASE64('hello world')", "aGVsbG8gd29ybGQ=", "FROM_BASE64('aGVsbG8=')", "hello", "HEX(s)", "48656C6C6F20576F726C64",
                "HEX(20)", "14", "BIN(4)", "100", "DECODE(ENCODE(s, 'UTF-16BE'), 'UTF-16BE')", "Hello World", "s SIMILAR TO 'Hel+o%'", "TRUE",
                "IS_ALPHA('ab')", "TRUE", "IS_DIGIT('12a')", "FALSE", "IS_DECIMAL('1.5')", "TRUE", "IS_DIGIT(z)", "FALSE",
                "TYPEOF(dec_)", "DECIMAL(10, 2)", "JSON_QUOTE('a\"b')", "\"a\\\"b\"", "LTRIM('xxa', 'x')", "a", "s LIKE z", null);
    }

    @Test
    void numbers() throws Exception {
        check("i % 4", "3", "ROUND(dec_, 1)", "12.3", "TRUNCATE(dec_, 1)", "12.3", "FLOOR(dec_)", "12", "CEIL(dec_)", "13", "ABS(-dec_)", "12.34",
                "SIGN(dec_)", "1.00", "POWER(i, 2)", "49.0", "GREATEST(i, b)", "10000000000", "LEAST(i, n)", null, "i / 2", "3", "i / 2.0", "3.500000",
                "b * b", "7766279631452241920", "d / 0", "Infinity", "MOD(i, -4)", "3", "dec_ % 5", "2.34", "i BETWEEN 7 AND 8", "TRUE",
                "CAST(d AS DECIMAL(3, 0))", "3", "CAST(dec_ AS TINYINT)", "12", "CAST(b AS SMALLINT)", "-7168", "dec_ > d", "TRUE",
                "dec_ = 12.340", "TRUE", "i = 7.0", "TRUE", "-n", null, "PI()", "3.141592653589793", "DEGREES(PI())", "180.0",
                "dec_ * dec_ * dec_", "1879.080904");
    }

    @Test
    void times() throws Exception {
        check("t + INTERVAL '1' MONTH", "2024-03-29 13:45:59.123", "f - INTERVAL '1' SECOND", "2024-02-29 13:45:58.123456789",
                "EXTRACT(MICROSECOND FROM f)", "123456", "EXTRACT(ISODOW FROM t)", "4", "FLOOR(f TO HOUR)", "2024-02-29 13:00:00.000000000",
                "CEIL(t TO WEEK)", "2024-03-03 00:00:00.000", "DATE_FORMAT(f, 'SSSSSSSSS')", "123456789",
                "CAST(t AS DATE) + INTERVAL '1' DAY", "2024-03-01", "CAST(t AS TIME)", "13:45:59", "CAST(t AS TIMESTAMP_LTZ(3))", "2024-02-29 13:45:59.123",
                "CAST(CAST(t AS TIMESTAMP_LTZ(3)) AS STRING)", "2024-02-29 13:45:59.123", "UNIX_TIMESTAMP('1970-01-01 01:00:00')", "0",
                "FROM_UNIXTIME(0)", "1970-01-01 01:00:00", "TO_TIMESTAMP_LTZ(b, 0) IS NULL", "FALSE", "TO_TIMESTAMP_LTZ(b * b, 0)", null,
                "TO_TIMESTAMP_LTZ(0)", "1970-01-01 01:00:00.000", "CURRENT_TIMESTAMP", "2024-05-06 09:08:09.123",
                "LOCALTIMESTAMP", "2024-05-06 09:08:09.123", "CURRENT_DATE", "2024-05-06", "UNIX_TIMESTAMP()", "1714979289",
                "CONVERT_TZ('1970-01-01 00:00:00', 'UTC', 'America/Los_Angeles')", "1969-12-31 16:00:00",
                "(t, INTERVAL '1' HOUR) OVERLAPS (t + INTERVAL '30' MINUTE, INTERVAL '1' HOUR)", "TRUE", "TIMESTAMPDIFF(WEEK, t, t + INTERVAL '15' DAY)", "2",
                "TIMESTAMPADD(QUARTER, 1, t)", "2024-05-29 13:45:59.123", "t > TIMESTAMP '2024-02-29 00:00:00'", "TRUE", "t = f", "FALSE",
                "EXTRACT(DAY FROM INTERVAL '3 04' DAY TO HOUR)", "3", "TIME '10:00:00' + INTERVAL '15' HOUR", "01:00:00");
    }

    /** What Flink's implementation does at the edges of ranges, which its documentation does not tell. */
    @Test
    void edges() throws Exception {
        check("PRINTF('%d %s %5.1f|%s', i, s, d, n)", "7 Hello World   2.5|null", "PRINTF('%d', s)", null, "PRINTF('%.1f', dec_)", null,
                "PRINTF('%s', dec_)", "12.34", "PRINTF(z, 1)", null, "ELT(1, s, z)", "Hello World", "ELT(2, s, z)", null, "ELT(b, 'a')", null,
                "DECODE(ELT(2, x'41', x'42'), 'UTF-8')", "B", "STARTSWITH(x'4142', x'41')", "TRUE", "ENDSWITH(x'4142', x'41')", "FALSE",
                "ENDSWITH(s, '')", "TRUE", "SUBSTRING(s, 1, -1)", null, "SUBSTRING(s, 1, 0)", "", "LPAD(NULLIF('a', s), 1, '')", null, "RPAD('a', 0, 'b')", "",
                "OVERLAY('abc' PLACING 'x' FROM 2 FOR 0)", "ax", "SPLIT_INDEX('a,', ',', 1)", "", "SPLIT_INDEX('a,', 44, 2)", null,
                "SPLIT_INDEX('a', 0, 0)", null, "CARDINALITY(SPLIT('', ','))", "0", "SPLIT('a,', ',')", "[a, ]", "INITCAP('café X9y')", "Café X9y",
                "LOCATE('l', s, 0)", "3", "LOCATE('', s, 4)", "1", "INSTR(s, 'o', 1, 2)", "8", "INSTR(s, 'o', -1)", "8", "INSTR(s, 'o', -1, 2)", "5",
                "INSTR(s, 'o', 0)", "0", "REGEXP(s, '')", "FALSE", "REGEXP_EXTRACT(s, '(l+)', 2)", null, "REGEXP_REPLACE(s, 'l+', '$1')", "He$1o Wor$1d",
                "HEX(DECODE(UNHEX('123'), 'UTF-8'))", "0023", "UNHEX('x1')", null, "UNHEX('x')", null, "STR_TO_MAP('')", "{}",
                "STR_TO_MAP('a:1;b', ';', ':')", "{a=1, b=NULL}", "IS_DECIMAL('1e5')", "TRUE", "IS_DECIMAL('NaN')", "TRUE", "IS_DECIMAL('1x')", "FALSE",
                "IS_DECIMAL(i)", "TRUE", "IS_DIGIT(i)", "TRUE", "IS_DIGIT(d)", "FALSE", "IS_ALPHA(i)", "FALSE",
                "PARSE_URL('http://a_b:8/p q?x=1', 'HOST')", "a_b", "PARSE_URL('http://h/p q?x=1', 'FILE')", "/p q?x=1", "PARSE_URL('no url', 'HOST')", null,
                "CONVERT_TZ('1970-01-01 00:00:00', 'UTC', 'PST')", "1969-12-31 16:00:00",
                "CONVERT_TZ('1970-01-01 00:00:00', 'UTC', 'Nowhere')", "1970-01-01 00:00:00", "ARRAY_SLICE(ARRAY[1, 2, 3], -9, -4)", "[1]",
                "ARRAY_SLICE(ARRAY[1, 2, 3], 2, 1)", "[]", "ROUND(CAST(0.35 AS FLOAT), 1)", "0.3", "TRUNCATE(CAST(0.7 AS FLOAT), 1)", "0.6",
                "ARRAY_POSITION(ARRAY[1, 2], n)", null, "ARRAY_CONTAINS(ARRAY[1, n], n)", "TRUE", "ARRAY_REMOVE(ARRAY[1, n], n)", "[1]",
                "ARRAY_SORT(ARRAY[2, n, 1], TRUE, FALSE)", "[1, 2, NULL]", "ELEMENT(ARRAY[5])", "5", "ARRAY_JOIN(ARRAY['a', z], '-', '?')", "a-?",
                "MAP_FROM_ARRAYS(ARRAY['a'], ARRAY[1])", "{a=1}", "SHA2('a', 224) = SHA224('a')", "TRUE", "LOG(2, 8)", "3.0", "COT(0)", "Infinity",
                "URL_DECODE('%zz')", null, "REPEAT('ab', -1)", "", "CHR(-1)", "", "CHR(353)", "a", "ASCII('')", "0", "BIN(-1)", "1".repeat(64),
                "TRANSLATE('abcba', 'ab', 'x')", "xcx", "LEFT(s, -1)", "", "RIGHT(s, 3)", "rld");
        for (String failing : List.of("FROM_BASE64('a')", "ENCODE(s, 'no-set')", "DECODE(x'41', 'no-set')", "MAP_FROM_ARRAYS(ARRAY[1], ARRAY[1, 2])",
                "ELEMENT(ARRAY[1, 2])", "INSTR(s, 'o', 1, 0)", "SHA2('a', i)", "PRINTF('%99999999d', i)")) {
            assertThrows(IllegalArgumentException.class, () -> evaluate(List.of(failing)), failing);
        }
    }

    @Test
    void nestedValues() throws Exception {
        check("ROW(i, s, n)", "(7, Hello World, NULL)", "ROW(1, ROW(2, 'x'))", "(1, (2, x))", "ARRAY[i, n, 3][3]", "3", "ARRAY[1, 2][5]", null,
                "MAP['a', i, 'b', n]['b']", null, "MAP['a', i]['a'] + 1", "8", "CARDINALITY(ARRAY[ARRAY[1], ARRAY[2, 3]])", "2",
                "CAST(ARRAY[1, 2] AS ARRAY<STRING>)", "[1, 2]", "CAST(ARRAY['1', '2'] AS ARRAY<INT>)[2] + 1", "3",
                "CAST(ROW(1, 'x') AS ROW<a BIGINT, b STRING>).a", "1", "ARRAY_UNION(ARRAY[1, 2], ARRAY[2, 3])", "[1, 2, 3]",
                "ARRAY_EXCEPT(ARRAY[1, 2], ARRAY[2])", "[1]", "ARRAY_INTERSECT(ARRAY[1, 2], ARRAY[2])", "[2]",
                "MAP_UNION(MAP['a', 1], MAP['b', 2])", "{a=1, b=2}", "ARRAY_APPEND(ARRAY[1], n)", "[1, NULL]", "ARRAY[1, 2] = ARRAY[1, 2]", "TRUE",
                "MAP_ENTRIES(MAP['k', s])[1].`value`", "Hello World");
    }

    @Test
    void json() throws Exception {
        check("JSON_QUERY('{\"b\":1,\"a\":[1,2]}', '$')", "{\"a\":[1,2],\"b\":1}", "JSON_QUERY('{\"a\":1}', '$.a' WITH WRAPPER)", "[1]",
                "JSON_QUERY('{\"a\":1}', '$.a')", null, "JSON_QUERY('{\"a\":[1,\"x\"]}', '$.a' RETURNING ARRAY<STRING>)", "[1, x]", "JSON_QUERY('{}', 'lax $.a' EMPTY ARRAY ON EMPTY)", "[]",
                "JSON_VALUE('{\"a\":true}', '$.a' RETURNING BOOLEAN)", "TRUE", "JSON_VALUE('{\"a\":1}', 'lax $.b' DEFAULT 'e' ON EMPTY)", "e",
                "JSON_OBJECT(KEY 'k' VALUE ROW(i, t))", "{\"k\":{\"EXPR$0\":7,\"EXPR$1\":\"2024-02-29T13:45:59.123\"}}",
                "JSON_ARRAY(MAP['a', 1.50])", "[{\"a\":1.50}]", "s IS JSON", "FALSE", "JSON_UNQUOTE('\"x\"')", "x");
    }

    @Test
    void nullsAndBranches() throws Exception {
        check("COALESCE(n, i, 1 / (i - 7))", "7", "CASE WHEN i > 100 THEN 1 / (i - 7) ELSE i END", "7", "IF(n > 1, 'a', z)", null, "NULLIF(i, 7)", null,
                "TRY_CAST(s AS INT)", null, "TRY_CAST('12' AS INT) + n", null, "n IS DISTINCT FROM i", "TRUE", "z IS NOT DISTINCT FROM z", "TRUE",
                "i > 100 AND 1 / (i - 7) > 0", "FALSE", "i < 100 OR 1 / (i - 7) > 0", "TRUE", "NOT (n > 1)", null, "(n > 1) IS NOT TRUE", "TRUE",
                "i IN (1, 2, 3, 4, 5, 6, 7, 8)", "TRUE", "s NOT IN ('a', 'b')", "TRUE", "CASE i WHEN 7 THEN z ELSE 'x' END", null);
    }

    /** Of Flink's generateComparison and generateEquals, of Calcite's implicit casts for an order, and of its TIMESTAMPADD. */
    @Test
    void typesThatMix() throws Exception {
        check("i < '3000000000'", "TRUE", "i IN ('7', '8')", "TRUE", "CAST(t AS DATE) = '2024-02-29'", "TRUE", "s IN (1, 2)", "FALSE",
                "TIMESTAMPADD(HOUR, 1, CAST(t AS DATE))", "2024-02-29 01:00:00.000000",
                "ARRAY_CONCAT(ARRAY[1], ARRAY[2.5])", "[1.0, 2.5]", "ARRAY_UNION(ARRAY[1.0], ARRAY[1, 2])", "[1.0, 2.0]",
                "MAP_UNION(MAP['a', 1], MAP['b', 2.5])", "{a=1.0, b=2.5}",
                "TO_TIMESTAMP_LTZ('2024-01-01 00', 'yyyy-MM-dd HH')", "2024-01-01 01:00:00.000",
                "TO_TIMESTAMP_LTZ('2024-01-01 00', 'yyyy-MM-dd HH', 'Asia/Tokyo')", "2023-12-31 16:00:00.000");
        for (String refused : List.of("i = '7'", "s <> i", "dec_ = s", "s IS NOT DISTINCT FROM d", "NULLIF(s, i)", "CASE i WHEN '7' THEN 1 END",
                "ARRAY[1] < ARRAY[2]", "MAP['a', 1] >= MAP['b', 1]")) {
            assertThrows(SqlError.class, () -> evaluate(List.of(refused)), refused);
        }
    }

    @Test
    void when_castFails_then_valueAndTypeAreNamed() {
        Exception e = assertThrows(Exception.class, () -> evaluate(List.of("CAST(s AS INT)")));
        assertEquals("can't cast 'Hello World' to INT", e.getMessage());
        assertThrows(ArithmeticException.class, () -> evaluate(List.of("i / (i - 7)")));
    }

    @Test
    void repeatedExpressionsAreComputedOnce() throws Exception {
        ScalarQuery query = new ScalarQuery("r", ROW_TYPE, "SELECT UPPER(s), UPPER(s) || 'x' FROM r WHERE UPPER(s) <> 'A'", ZONE);
        assertEquals(2, query.source.split("Strings\\.upper", -1).length);
        assertEquals(List.of("HELLO WORLD", "HELLO WORLDx"), query.run(row()));
    }

    @Test
    void longListsAreLookedUp() throws Exception {
        String numbers = "(9, 1, 2, 3, 4, 5, 6, 7, 8, 9)";
        String strings = "('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'Hello World')";
        ScalarQuery query = new ScalarQuery("r", ROW_TYPE, "SELECT i IN " + numbers + ", b IN " + numbers + ", n IN " + numbers + ", i NOT IN " + numbers
                + ", n NOT IN " + numbers + ", s IN " + strings + ", s NOT IN " + strings + ", z IN " + strings + ", UPPER(s) IN " + strings
                + " FROM r WHERE i IN " + numbers + " AND NOT (s NOT IN " + strings + ")", ZONE);
        assertTrue(query.source.contains("binarySearch") && query.source.contains("HashSet"), query.source);
        assertEquals(Arrays.asList("TRUE", "FALSE", null, "FALSE", null, "TRUE", "FALSE", null, "FALSE"), query.run(row()));
        Row other = row();
        other.setLong(0, 10);
        assertEquals(null, query.run(other));
    }

    @Test
    void documentsAreParsedOnce() throws Exception {
        ScalarQuery query = new ScalarQuery("r", ROW_TYPE, "SELECT JSON_VALUE(s, '$.a'), JSON_QUERY(s, '$.b'), CASE WHEN JSON_EXISTS(s, '$.c') "
                + "THEN JSON_VALUE(z, '$.a') ELSE JSON_VALUE(s, '$.d') END FROM r", ZONE);
        assertEquals(3, query.source.split("\\.read\\(", -1).length);
        Row row = row();
        row.setUtf8(3, Utf8.of("{\"a\": 1, \"b\": [2], \"d\": \"x\"}"));
        assertEquals(List.of("1", "[2]", "x"), query.run(row));
        row.setUtf8(3, Utf8.of("{\"a\": 3, \"c\": 0}"));
        assertEquals(Arrays.asList("3", null, null), query.run(row));
    }

    @Test
    void patternsInColumnsMayChange() throws Exception {
        ScalarQuery query = new ScalarQuery("r", ROW_TYPE, "SELECT DATE_FORMAT(t, s), REGEXP_EXTRACT('abc', z) FROM r", ZONE);
        Row row = row();
        for (String pattern : List.of("yyyy", "HH:mm", "HH:mm")) {
            row.setUtf8(3, Utf8.of(pattern));
            row.setUtf8(7, Utf8.of(pattern.equals("yyyy") ? "a." : "b."));
            assertEquals(pattern.equals("yyyy") ? List.of("2024", "ab") : List.of("13:45", "bc"), query.run(row));
        }
    }

    @Test
    void manyColumnsAreSplitIntoMethods() throws Exception {
        String[] expressions = new String[400];
        Arrays.setAll(expressions, k -> "CASE WHEN i + " + k + " > 10 THEN s ELSE z END");
        ScalarQuery query = new ScalarQuery("r", ROW_TYPE, "SELECT " + String.join(", ", expressions) + " FROM r", ZONE);
        assertTrue(query.source.contains("projectFrom"));
        List<String> results = query.run(row());
        assertEquals(null, results.get(3));
        assertEquals("Hello World", results.get(4));
        assertEquals("Hello World", results.get(399));
    }
}
