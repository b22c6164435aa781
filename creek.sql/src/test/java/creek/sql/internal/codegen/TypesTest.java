package creek.sql.internal.codegen;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.sql.internal.type.Types;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Types, casts, comparisons and literals at their edges. All values and result types are those that Flink 2.2.0 gives. */
class TypesTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final RelDataType ROW_TYPE = ScalarQuery.TYPES.builder()
            .add("f", ScalarQuery.TYPES.createTypeWithNullability(ScalarQuery.TYPES.createSqlType(SqlTypeName.VARCHAR), true)).build();

    private static ScalarQuery query(String expression) throws Exception {
        return new ScalarQuery("t", ROW_TYPE, "SELECT " + expression + " FROM t", UTC);
    }

    private static String run(String expression, String f) throws Exception {
        Row row = new Row(1);
        row.setUtf8(0, Utf8.of(f));
        return query(expression).run(row).get(0);
    }

    /** Expressions with their values and types. */
    private static void check(String... expressionsValuesAndTypes) {
        List<Executable> checks = new ArrayList<>();
        for (int i = 0; i < expressionsValuesAndTypes.length; i += 3) {
            String expression = expressionsValuesAndTypes[i];
            String value = expressionsValuesAndTypes[i + 1];
            String type = expressionsValuesAndTypes[i + 2];
            checks.add(() -> assertEquals(value, run(expression, "5"), expression));
            checks.add(() -> assertEquals(type, Types.toDataType(query(expression).types.get(0)).toString(), expression));
        }
        assertAll(checks);
    }

    private static void refused(String... expressions) {
        for (String expression : expressions) {
            assertThrows(Exception.class, () -> Types.toDataType(query(expression).types.get(0)), expression);
        }
    }

    @Test
    void timesOfDayHaveSeconds() {
        check("CAST('12:34:56.789' AS TIME(3))", "12:34:56", "TIME(0) NOT NULL", "TIME '12:34:56.789'", "12:34:56", "TIME(0) NOT NULL",
                "EXTRACT(MILLISECOND FROM TIME '12:34:56.789')", "789", "BIGINT NOT NULL",
                "CAST(CAST('12:34:56.789' AS TIME(3)) AS TIMESTAMP(3))", "1970-01-01 12:34:56.000", "TIMESTAMP(3) NOT NULL",
                "CAST(TIMESTAMP '1969-12-30 12:00:00' AS DATE)", "1969-12-31", "DATE NOT NULL");
    }

    @Test
    void numbersBecomeIntervalsOfOneUnit() {
        check("CAST(70000 AS INTERVAL HOUR)", "+2916 16:00:00.000", "INTERVAL SECOND(3) NOT NULL",
                "CAST(-0.55 AS INTERVAL YEAR)", "-0-06", "INTERVAL MONTH NOT NULL",
                "CAST(CAST(f AS INT) AS INTERVAL HOUR)", "+0 00:00:00.005", "INTERVAL SECOND(3)",
                "CAST(5000000000 AS INTERVAL DAY)", "+705032704 00:00:00.000", "INTERVAL SECOND(3) NOT NULL",
                "INTERVAL '1' MONTH * CAST(f AS TINYINT)", "+0-05", "INTERVAL MONTH");
        refused("CAST(5 AS INTERVAL DAY TO SECOND)", "CAST(INTERVAL '1' DAY AS BIGINT)", "CAST(CAST(f AS DECIMAL(5, 1)) AS INTERVAL MONTH)",
                "INTERVAL '1' DAY / 2", "INTERVAL '1' DAY * 1.5", "(TIME '12:00:00' - TIME '11:00:00') MINUTE", "CAST(NULL AS INTERVAL DAY(7))");
    }

    @Test
    void numbersAreTrueUnlessZero() {
        check("CAST(0.0 AS BOOLEAN)", "FALSE", "BOOLEAN NOT NULL", "CAST(-2.5e10 AS BOOLEAN)", "TRUE", "BOOLEAN NOT NULL",
                "CAST(CAST(f AS DECIMAL(5, 2)) AS BOOLEAN)", "TRUE", "BOOLEAN");
    }

    @Test
    void stringsEqualNoBooleansOrIntervals() throws Exception {
        check("TRUE = 'true'", "FALSE", "BOOLEAN NOT NULL", "f <> FALSE", "TRUE", "BOOLEAN", "INTERVAL '1' DAY = '1'", "FALSE", "BOOLEAN NOT NULL",
                "TRUE IS DISTINCT FROM 'true'", "TRUE", "BOOLEAN NOT NULL", "TRUE > 'false'", "TRUE", "BOOLEAN NOT NULL");
        assertEquals(null, run("DATE '2024-01-01' = f", "abc"));
        assertEquals(null, run("f <> TIMESTAMP '2024-01-01 00:00:00'", "abc"));
        assertThrows(Exception.class, () -> run("DATE '2024-01-01' < f", "abc"));
    }

    @Test
    void collectionsOfUnlikeElementsAreCompared() {
        check("ARRAY[1, 2] = ARRAY[1.0, 2.0]", "TRUE", "BOOLEAN NOT NULL", "ARRAY['a'] = ARRAY['ab']", "FALSE", "BOOLEAN NOT NULL",
                "MAP['a', 1, 'b', 2] = MAP['b', 2, 'a', 1]", "TRUE", "BOOLEAN NOT NULL",
                "ROW(1, CAST(NULL AS INT)) = ROW(1, CAST(NULL AS INT))", null, "BOOLEAN",
                "ROW(ROW(1, 2), 3) <> ROW(ROW(1, 3), 3)", "TRUE", "BOOLEAN NOT NULL", "(1, 2) IN ((1, 2), (3, 4))", "TRUE", "BOOLEAN NOT NULL");
        refused("ROW(1, 'a') < ROW(1, 'b')", "MAP['a', 1] < MAP['a', 2]", "ROW(1, 'a') = ROW(1)");
    }

    @Test
    void commonTypesOfTimes() {
        check("CASE WHEN f = '5' THEN TIMESTAMP '2024-01-01 00:00:00' ELSE TO_TIMESTAMP_LTZ(0, 3) END", "2024-01-01 00:00:00.000", "TIMESTAMP_LTZ(3)",
                "CASE WHEN f = '5' THEN TIMESTAMP '2024-01-01 00:00:00.123' ELSE TO_TIMESTAMP_LTZ(0, 3) END", "2024-01-01 00:00:00.123", "TIMESTAMP(3)",
                "COALESCE(TRY_CAST(f AS TIMESTAMP(3)), TO_TIMESTAMP_LTZ(0, 3))", "1970-01-01 00:00:00.000", "TIMESTAMP_LTZ(3)",
                "COALESCE(CAST(f AS DATE), TIMESTAMP '2024-01-01 00:00:00')", "0005-01-01", "DATE NOT NULL", "COALESCE(NULL, 1, 2.5)", "1.0", "DECIMAL(11, 1) NOT NULL",
                "IFNULL(TRY_CAST(f AS FLOAT), 1.5)", "5.0", "DOUBLE NOT NULL");
        refused("COALESCE(1, 'a')", "COALESCE(NULL)", "COALESCE(TRY_CAST(f AS TIME), DATE '2024-01-01')");
    }

    @Test
    void decimalsThatDoNotFitAreNull() {
        check("TRY_CAST(99.995 AS DECIMAL(4, 2))", null, "DECIMAL(4, 2)", "TRY_CAST(99.994 AS DECIMAL(4, 2))", "99.99", "DECIMAL(4, 2)",
                "CAST(CAST(f AS INT) AS DECIMAL(1, 1))", null, "DECIMAL(1, 1)", "CAST(1e39 AS FLOAT)", "Infinity", "FLOAT NOT NULL");
    }

    @Test
    void monthsAreCountedBack() {
        check("TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-02-29 10:00:00', TIMESTAMP '2020-02-29 11:00:00')", "-48", "INT NOT NULL",
                "TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-03-30 10:00:00', TIMESTAMP '2024-02-29 09:00:00')", "-2", "INT NOT NULL",
                "TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-02-29 09:00:00', TIMESTAMP '2024-01-31 10:00:00')", "-1", "INT NOT NULL",
                "TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-01-31 10:00:00', TIMESTAMP '2024-02-29 09:00:00')", "0", "INT NOT NULL");
    }

    @Test
    void placesInArraysAreIntsFromOne() {
        check("ARRAY[1, 2][CAST(f AS INT)]", null, "INT", "ARRAY[1, 2][CAST(f AS INT) - 4]", "1", "INT");
        refused("ARRAY[1, 2][0]", "ARRAY[1, 2][CAST(1 AS BIGINT)]");
    }

    @Test
    void typesWithoutValuesAreRefused() {
        refused("CAST(NULL AS DECIMAL(5, 6))", "CAST(NULL AS DECIMAL(0))", "CAST(NULL AS REAL)", "CAST(NULL AS ROW<a INT, a STRING>)",
                "CAST(NULL AS ARRAY<DECIMAL(5, 6)>)", "0.000000000000000000000000000000000000001",
                "X'01' || X'02'");
        check("CAST(NULL AS DECIMAL(39, 2))", null, "DECIMAL(38, 2)", "CAST(NULL AS TIMESTAMP(10))", null, "TIMESTAMP(9)");
    }
}
