package creek.sql.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.sql.SqlException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Flink 2.2.0 refuses in MATCH_RECOGNIZE is refused, and patterns that it takes are taken. */
class MatchRefusalTest {
    private static final String TABLE = "CREATE TABLE t (k STRING, x INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) "
            + "WITH ('connector' = 'filesystem', 'path' = 't.json', 'format' = 'json');\n";

    private static List<String> warnings(String clauses) throws SqlException {
        return new Planner(new TestRegistry()).openSession().compile(TABLE + "SELECT * FROM t MATCH_RECOGNIZE (" + clauses + ") AS m", "match").warnings();
    }

    private static String refusal(String clauses) {
        return assertThrows(SqlException.class, () -> warnings(clauses), clauses).getMessage();
    }

    private static String withPattern(String pattern) {
        return "ORDER BY ts MEASURES A.x AS a PATTERN (" + pattern + ") DEFINE A AS A.x > 0";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "A+ ! Greedy quantifiers are not allowed as the last element",
        "A B{2,3} ! Greedy quantifiers are not allowed as the last element",
        "A? B? ! can produce empty matches",
        "A+ B* C ! Optional pattern cannot be preceded by greedy pattern",
        "A{2,3} B? C ! Optional pattern cannot be preceded by greedy pattern",
        "A?? B ! Reluctant optional variables",
        "A{,3} B ! write A{0,3}",
        "A{0} B ! can't have from 0 to 0 rows",
        "A{3,2} B ! can't have from 3 to 2 rows",
        "A{1,200000} B ! at most 100000 rows",
        "A B A ! must be unique",
        "(A B)+ C ! groups such as",
        "A | B ! alternatives",
        "PERMUTE(A, B) ! PERMUTE",
        "{- A -} B ! exclude",
    })
    void wrongPattern_then_refused(String pattern, String part) {
        String message = refusal(withPattern(pattern));
        assertTrue(message.contains(part), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "A B?", "A B*?", "A+? B? C", "A{2} B? C", "A{2,3} B{0,2} C", "(A B) C", "A (B C)", "^A B$", "A{1,1}? B"})
    void allowedPattern_then_planned(String pattern) throws SqlException {
        warnings(withPattern(pattern));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "MEASURES A.x AS a PATTERN (A B) DEFINE A AS A.x > 0 ! either rowtime or proctime for order by",
        "ORDER BY x MEASURES A.x AS a PATTERN (A B) DEFINE A AS A.x > 0 ! either rowtime or proctime for order by as the first one",
        "ORDER BY ts DESC MEASURES A.x AS a PATTERN (A B) DEFINE A AS A.x > 0 ! must be ascending",
        "ORDER BY ts + INTERVAL '1' SECOND MEASURES A.x AS a PATTERN (A B) DEFINE A AS A.x > 0 ! takes columns",
        "PARTITION BY UPPER(k) ORDER BY ts MEASURES A.x AS a PATTERN (A B) DEFINE A AS A.x > 0 ! takes columns",
        "ORDER BY ts MEASURES A.x AS a ALL ROWS PER MATCH PATTERN (A B) DEFINE A AS A.x > 0 ! All rows per match",
        "ORDER BY ts PATTERN (A B) DEFINE A AS A.x > 0 ! needs MEASURES",
        "PARTITION BY k ORDER BY ts MEASURES A.x AS k PATTERN (A B) DEFINE A AS A.x > 0 ! ambiguously",
        "ORDER BY ts MEASURES A.x AS a, B.x AS a PATTERN (A B) DEFINE A AS A.x > 0 ! two columns a",
        "ORDER BY ts MEASURES CLASSIFIER() AS a PATTERN (A B) DEFINE A AS A.x > 0 ! CLASSIFIER is not supported",
        "ORDER BY ts MEASURES RUNNING LAST(A.x) AS a PATTERN (A B) DEFINE A AS A.x > 0 ! RUNNING is not supported",
        "ORDER BY ts MEASURES SUM(DISTINCT A.x) AS a PATTERN (A B) DEFINE A AS A.x > 0 ! DISTINCT",
        "ORDER BY ts MEASURES SUM(A.x + B.x) AS a PATTERN (A B) DEFINE A AS A.x > 0 ! Multiple pattern variables",
        "ORDER BY ts MEASURES LAST(A.x, -1) AS a PATTERN (A B) DEFINE A AS A.x > 0 ! must not be negative",
        "ORDER BY ts MEASURES A.x AS a PATTERN (A B) DEFINE B AS B.x > PREV(B.x) ! PREV is not supported",
        "ORDER BY ts MEASURES A.x AS a PATTERN (A B) DEFINE B AS B.x IN (SELECT x FROM t) ! can't have subqueries",
        "ORDER BY ts MEASURES A.x AS a PATTERN (A B) WITHIN INTERVAL '1' MONTH DEFINE A AS A.x > 0 ! millisecond resolution",
        "ORDER BY ts MEASURES A.x AS a AFTER MATCH SKIP TO Z PATTERN (A B) DEFINE A AS A.x > 0 ! Unknown pattern",
    })
    void wrongClause_then_refused(String clauses, String part) {
        String message = refusal(clauses);
        assertTrue(message.contains(part), message);
    }

    @Test
    void when_inputChanges_then_refused() {
        SqlException e = assertThrows(SqlException.class, () -> new Planner(new TestRegistry()).openSession().compile(TABLE
                + "SELECT * FROM (SELECT k, x, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY x ORDER BY ts DESC) AS rn FROM t) WHERE rn = 1) "
                + "MATCH_RECOGNIZE (ORDER BY ts MEASURES A.x AS a PATTERN (A B) DEFINE B AS B.x > A.x) AS m", "match"));
        assertTrue(e.getMessage().startsWith("Match Recognize doesn't support consuming update and delete changes"), e.getMessage());
    }

    @Test
    void when_variableIsUnboundedInTime_then_warned() throws SqlException {
        String clauses = "ORDER BY ts MEASURES A.x AS a PATTERN (A+ B) %s DEFINE B AS B.x > A.x";
        assertEquals(1, warnings(String.format(clauses, "")).size());
        assertEquals(List.of(), warnings(String.format(clauses, "WITHIN INTERVAL '1' HOUR")));
        assertEquals(List.of(), warnings(withPattern("A{2,3} B")));
    }
}
