package creek.sql.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.sql.SqlException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which changes of a script operators keep their ids, and so what they have kept. */
class OperatorIdTest {
    private static final String TABLES = """
            CREATE TABLE o (id BIGINT, k STRING, v INT, w INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'filesystem', 'path' = 'o',
                'format' = 'json');
            CREATE TABLE p (k STRING, name STRING, price INT) WITH ('connector' = 'filesystem', 'path' = 'p', 'format' = 'json');
            """;
    private static final Pattern ID = Pattern.compile("\"([a-z][A-Za-z-]*-[0-9a-f]{10}(?:-\\d+)?)\"");
    private static final Set<String> STATELESS = Set.of("calc", "sink");

    /** The ids of the steps that keep something. */
    private static Set<String> ids(String script) throws SqlException {
        Set<String> ids = new TreeSet<>();
        Matcher matcher = ID.matcher(new Planner(new TestRegistry()).openSession().compile(TABLES + script, "job").source());
        while (matcher.find()) {
            if (!STATELESS.contains(matcher.group(1).replaceAll("-.*", ""))) {
                ids.add(matcher.group(1));
            }
        }
        assertFalse(ids.isEmpty(), script);
        return ids;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT k, COUNT(*) FROM o GROUP BY k | SELECT k AS key_of_it, COUNT(*) AS n FROM o WHERE v > 5 GROUP BY k
            SELECT k, COUNT(*) FROM o GROUP BY k | SELECT k, COUNT(*) AS n, UPPER(k) FROM o GROUP BY k HAVING COUNT(*) > 1
            SELECT k, COUNT(*) FROM o GROUP BY k | SET 'table.exec.state.ttl' = '1 h'; SELECT k, COUNT(*) FROM o GROUP BY k
            SELECT v + 1, SUM(w * 2) FROM o GROUP BY v + 1 | SELECT v + 1, SUM(w * 2) AS s FROM o WHERE id > 3 GROUP BY v + 1
            SELECT o.k, name FROM o JOIN p ON o.k = p.k | SELECT o.k, name, price + 1, w FROM o JOIN p ON o.k = p.k WHERE v > 2
            SELECT o.k, name FROM o JOIN p ON UPPER(o.k) = p.k | SELECT o.k, name, price, id FROM o JOIN p ON UPPER(o.k) = p.k
            SELECT * FROM (SELECT k, ROW_NUMBER() OVER (PARTITION BY UPPER(k) ORDER BY v * w) AS r FROM o) WHERE r < 3\
             | SELECT * FROM (SELECT k, id, v, ROW_NUMBER() OVER (PARTITION BY UPPER(k) ORDER BY v * w) AS n FROM o) WHERE n < 3
            SELECT k, COUNT(*) OVER (PARTITION BY k ORDER BY ts) FROM o | SELECT k, id, COUNT(*) OVER (PARTITION BY k ORDER BY ts) AS n FROM o
            SELECT k, COUNT(*) FROM TABLE(TUMBLE(TABLE o, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY k, window_start, window_end\
             | SELECT window_end, k, COUNT(*) FROM TABLE(TUMBLE(TABLE o, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY k, window_start, window_end
            """)
    void when_somethingElseChanges_then_idsStay(String before, String after) throws SqlException {
        assertEquals(ids(before), ids(after));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT k, COUNT(*) FROM o GROUP BY k | SELECT id, COUNT(*) FROM o GROUP BY id
            SELECT k, COUNT(*) FROM o GROUP BY k | SELECT k, COUNT(v) FROM o GROUP BY k
            SELECT k, SUM(v + 1) FROM o GROUP BY k | SELECT k, SUM(v + 2) FROM o GROUP BY k
            SELECT o.k, name FROM o JOIN p ON o.k = p.k | SELECT o.k, name FROM o JOIN p ON o.k = p.name
            SELECT o.k, name FROM o JOIN p ON UPPER(o.k) = p.k | SELECT o.k, name FROM o JOIN p ON LOWER(o.k) = p.k
            SELECT x, COUNT(*) FROM (SELECT v AS x FROM o) GROUP BY x | SELECT x, COUNT(*) FROM (SELECT w AS x FROM o) GROUP BY x
            SELECT name FROM (SELECT v AS x FROM o) JOIN p ON x = price | SELECT name FROM (SELECT w AS x FROM o) JOIN p ON x = price
            SELECT o.k, name FROM o JOIN p ON o.k = p.k | SELECT o.k, name FROM o LEFT JOIN p ON o.k = p.k
            SELECT k, COUNT(*) FROM TABLE(TUMBLE(TABLE o, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY k, window_start, window_end\
             | SELECT k, COUNT(*) FROM TABLE(TUMBLE(TABLE o, DESCRIPTOR(ts), INTERVAL '2' MINUTE)) GROUP BY k, window_start, window_end
            SELECT k, COUNT(*) OVER (PARTITION BY k ORDER BY ts) FROM o | SELECT k, COUNT(*) OVER (PARTITION BY id ORDER BY ts) FROM o
            """)
    void when_whatAnOperatorDoesChanges_then_itsIdDoes(String before, String after) throws SqlException {
        Set<String> common = new TreeSet<>(ids(before));
        common.retainAll(ids(after));
        common.removeIf(id -> id.startsWith("source-"));
        assertEquals(Set.of(), common);
    }

    @Test
    void when_statementsMoveOrCome_then_idsStay() throws SqlException {
        String sinks = "CREATE TABLE a (k STRING, n BIGINT) WITH ('connector' = 'print'); CREATE TABLE b (k STRING, n BIGINT) WITH ('connector' = 'print');";
        String counts = "INSERT INTO a SELECT k, COUNT(*) FROM o GROUP BY k;";
        String sums = "INSERT INTO b SELECT k, SUM(id) FROM o GROUP BY k;";
        Set<String> alone = ids(sinks + counts);
        Set<String> both = ids(sinks + "EXECUTE STATEMENT SET BEGIN " + counts + sums + "END;");
        assertTrue(both.containsAll(alone), alone + " in " + both);
        assertEquals(both, ids(sinks + "EXECUTE STATEMENT SET BEGIN " + sums + counts + "END;"));
        assertFalse(Collections.disjoint(alone, ids(sinks.replace("TABLE a", "TABLE c") + counts.replace("INTO a", "INTO c"))));
    }
}
