package creek.sql.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.sql.SqlException;
import creek.sql.SqlException.Category;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong is said with its place in the script. The table that all scripts start with takes one line. */
class SqlErrorTest {
    private static final String TABLE = "CREATE TABLE s (id INT, name STRING, ts TIMESTAMP(3)) "
            + "WITH ('connector' = 'filesystem', 'path' = 's.json', 'format' = 'json');\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "SELECT id, FROM s|PARSE|2|12|expected an expression or *",
        "SELECT id AS order FROM s|PARSE|2|14|is a reserved word: write `order`",
        "SELEC 1|PARSE|2|1|'SELEC' starts no statement",
        "SELECT * EXCEPT (id) FROM s|PARSE|2|18|EXCEPT stand between queries",
        "SELECT id FROM s FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01 00:00:00'|UNSUPPORTED|2|1|right side of a join alone",
        "SELECT (1 FROM s|PARSE|2|11|')'",
        "SELECT 'a FROM s|PARSE|2|8|a string is not closed",
        "SELECT nme FROM s|VALIDATION|2|8|Column 'nme' not found",
        "SELECT frobnicate(id) FROM s|VALIDATION|2|8|frobnicate(<NUMERIC>); SHOW FUNCTIONS",
        "SELECT * FROM nothing_here|VALIDATION|2|15|nothing_here",
        "SELECT id, COUNT(*) FROM s GROUP BY name|VALIDATION|2|8|'id' is not being grouped",
        "SELECT name FROM s WHERE COUNT(*) > 1|VALIDATION|2|26|Aggregate",
        "SELECT name FROM s ORDER BY name|UNSUPPORTED|2|29|non-time-attribute",
        "CREATE TABLE s (id INT) WITH ('connector' = 'print')|VALIDATION|2|14|exists already",
        "CREATE TABLE t (id INT) WITH ('conector' = 'print'); INSERT INTO t SELECT id FROM s|VALIDATION|2|14|'connector' is missing",
        "CREATE TABLE t (id INT) WITH ('connector' = 'prnt'); INSERT INTO t SELECT id FROM s|VALIDATION|2|31|known connectors are",
        "CREATE TABLE t (id INT) WITH ('connector' = 'print'); INSERT INTO t SELECT name FROM s|VALIDATION|2|69|do not match",
        "CREATE TABLE t (id INT) WITH ('connector' = 'print'); INSERT INTO t SELECT id, id FROM s|VALIDATION|2|69|do not match",
        "CREATE TABLE t (ts STRING, WATERMARK FOR ts AS ts) WITH ('connector' = 'print')|VALIDATION|2|42|TIMESTAMP(3)",
        "SELECT COUNT(*) FROM s GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE), HOP(ts, INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)|VALIDATION|2|66|Only a single window group function",
        "SELECT TUMBLE_START(ts, INTERVAL '2' MINUTE) FROM s GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)|VALIDATION|2|8|must have matching call",
        "SELECT COUNT(*) FROM s GROUP BY ROLLUP(x), TUMBLE(ts, INTERVAL '1' MINUTE)|UNSUPPORTED|2|33|does not go with GROUP BY TUMBLE",
        "SELECT * FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE))|VALIDATION|2|15|time attribute",
        "SELECT * FROM TABLE(TUMBLE(DATA => TABLE s, TIMECOL => DESCRIPTOR(ts), SIZ => INTERVAL '1' MINUTE))|VALIDATION|2|72|has no parameter SIZ",
        "SELECT * FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), SIZE => INTERVAL '1' MINUTE))|VALIDATION|2|21|all arguments of TUMBLE are named or none",
        "SELECT * FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '100' SECOND))|VALIDATION|2|68|exceeds precision",
        "SELECT name FROM s QUALIFY RANK() OVER (PARTITION BY name ORDER BY id) <= 2|UNSUPPORTED|2|28|ROW_NUMBER()",
        "SELECT id FROM s OFFSET 1|UNSUPPORTED|2|25|LIMIT",
        "DROP TABLE t|VALIDATION|2|12|there is no table t",
        "SET 'table.local-time-zone' = 'Mars'|VALIDATION|2|31|no time zone",
        "SELECT IF(id > 1, 1, 'x') FROM s|VALIDATION|2|8|IF(<BOOLEAN>, <INTEGER>, <CHAR(1)>)",
        "SELECT id FROM s WHERE id = '1'|VALIDATION|2|1|CAST one of them",
        "SELECT JSON_VALUE(name, '$[') FROM s|VALIDATION|2|1|names in quotes",
        "CREATE TABLE t (ts AS PROCTIME(), WATERMARK FOR ts AS ts) WITH ('connector' = 'print')|VALIDATION|2|49|processing-time attribute",
        "SET 'table.exec.late-data.table' = 'nope'; SELECT id FROM s|VALIDATION|2|44|there is no table nope",
        "SELECT COUNT(*) FROM s GROUP BY CUBE(id, id+1, id+2, id+3, id+4, id+5, id+6, id+7, id+8, id+9)|UNSUPPORTED|2|24|more than 512 groupings",
        "SET 'a' = 'b'|VALIDATION|0|0|neither an INSERT INTO nor a query",
    })
    void wrongScript_then_placeAndReason(String statement, Category category, int line, int column, String part) {
        SqlException e = assertThrows(SqlException.class,
                () -> new Planner(new TestRegistry()).openSession().compile(TABLE + statement, "wrong"));
        assertTrue(e.getMessage().contains(part), e.getMessage());
        assertEquals(category, e.category(), e.getMessage());
        assertEquals(line + ":" + column, e.line() + ":" + e.column(), e.getMessage());
    }

    static List<Arguments> tooMuch() {
        return List.of(Arguments.of("SELECT " + "(".repeat(300) + "id" + ")".repeat(300) + " FROM s", "2:208 more than 200 parentheses"),
                Arguments.of("SELECT " + "ARRAY[".repeat(300) + "id" + "]".repeat(300) + " FROM s", "2:1213 more than 200 parentheses"),
                Arguments.of("SELECT id FROM s WHERE name = ''" + " OR name = 'x'".repeat(30_000), "2:1 the statement is too long"),
                Arguments.of("SELECT id IN (0" + IntStream.range(1, 20_000).mapToObj(i -> ", " + i).collect(Collectors.joining())
                        + ") FROM s", "2:1 the statement is too long: it makes more code"),
                Arguments.of("SELECT CAST(NULL AS " + "ARRAY<".repeat(30_000) + "INT" + ">".repeat(30_000) + ")", "2:1 the statement is too long"));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void tooMuch_then_refused(String statement, String start) {
        SqlException e = assertThrows(SqlException.class,
                () -> new Planner(new TestRegistry()).openSession().compile(TABLE + statement, "too-much"));
        assertEquals(start, (e.line() + ":" + e.column() + " " + e.getMessage()).substring(0, start.length()));
    }

    /** Parentheses in strings nest nothing, and the text of a long expression in the plan is as long as the expression. */
    @Test
    void longButFlat_then_planned() throws SqlException {
        new Planner(new TestRegistry()).openSession().compile(TABLE + "SELECT name || '" + "(".repeat(300) + "', id" + " + id".repeat(100) + " FROM s",
                "flat");
    }
}
