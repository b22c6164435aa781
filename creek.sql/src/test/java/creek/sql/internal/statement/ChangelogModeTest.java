package creek.sql.internal.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.sql.SqlException;
import creek.sql.SqlException.Category;
import creek.sql.SqlSession;
import creek.sql.Statement;
import creek.sql.StatementResult;
import creek.sql.internal.Planner;
import creek.sql.internal.TestRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which kinds of rows each step gives, and what tables refuse. The kinds are those of Flink 2.2.0 unless a comment says otherwise. */
class ChangelogModeTest {
    private static final String FILE = " WITH ('connector' = 'filesystem', 'path' = 'f', 'format' = ";
    private static final String TABLES = "CREATE TABLE src (k STRING, v INT, ts TIMESTAMP(3), pt AS PROCTIME(), WATERMARK FOR ts AS ts)" + FILE + "'json');\n"
            + "CREATE TABLE src2 (k STRING, w INT)" + FILE + "'json');\n"
            + "CREATE TABLE cdc (id INT, k STRING, v INT, PRIMARY KEY (id) NOT ENFORCED)" + FILE + "'changes');\n"
            + "CREATE TABLE cdcnopk (id INT, k STRING, v INT)" + FILE + "'changes');\n"
            + "CREATE TABLE ups (id INT, k STRING, v INT, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'upserts');\n"
            + "CREATE TABLE upsnopk (id INT) WITH ('connector' = 'upserts');\n"
            + "CREATE TABLE pr (k STRING, n BIGINT) WITH ('connector' = 'print');\n"
            + "CREATE TABLE prn (k STRING, n BIGINT, PRIMARY KEY (n) NOT ENFORCED) WITH ('connector' = 'print');\n"
            + "CREATE TABLE bh (k STRING, n BIGINT) WITH ('connector' = 'blackhole');\n"
            + "CREATE TABLE bhk (k STRING, n BIGINT, PRIMARY KEY (k) NOT ENFORCED) WITH ('connector' = 'blackhole');\n"
            + "CREATE TABLE bhn (k STRING, n BIGINT, PRIMARY KEY (n) NOT ENFORCED) WITH ('connector' = 'blackhole');\n"
            + "CREATE TABLE bhkn (k STRING, n BIGINT, PRIMARY KEY (k, n) NOT ENFORCED) WITH ('connector' = 'blackhole');\n"
            + "CREATE TABLE fs (k STRING, n BIGINT)" + FILE + "'json');\n"
            + "CREATE TABLE fsd (k STRING, n BIGINT)" + FILE + "'changes');\n";
    private static final Pattern STEP = Pattern.compile("^ *(\\w+).*changelogMode=\\[(.*)](?: \\(the same as above\\))?$");

    private final SqlSession session = new Planner(new TestRegistry()).openSession();

    @BeforeEach
    void createTables() throws SqlException {
        run(TABLES);
    }

    private StatementResult run(String script) throws SqlException {
        StatementResult result = null;
        for (Statement statement : session.split(script)) {
            result = session.execute(statement);
        }
        return result;
    }

    /** The steps that change kinds, and their kinds, from the table back to the sources. */
    private String kinds(String insert) throws SqlException {
        List<String> kinds = new ArrayList<>();
        for (List<String> line : ((StatementResult.Texts) run("EXPLAIN CHANGELOG_MODE " + insert)).rows()) {
            Matcher step = STEP.matcher(line.get(0));
            assertTrue(step.matches(), line.get(0));
            if (!List.of("Sink", "Calc", "NotNull").contains(step.group(1))) {
                kinds.add(step.group(1) + " " + step.group(2));
            }
        }
        return String.join("; ", kinds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "pr SELECT k, COUNT(*) FROM src GROUP BY k|GroupAggregate I,UB,UA; Source I",
        "bh SELECT k, COUNT(*) FROM src GROUP BY k|GroupAggregate I,UA; Source I",
        "bhk SELECT k, COUNT(*) FROM src GROUP BY k|GroupAggregate I,UA; Source I",
        "bhn SELECT k, COUNT(*) FROM src GROUP BY k|UpsertMaterialize I,UA,D; GroupAggregate I,UB,UA; Source I",
        "prn SELECT k, COUNT(*) FROM src GROUP BY k|UpsertMaterialize I,UA,D; GroupAggregate I,UB,UA; Source I",
        "bhkn SELECT k, COUNT(*) FROM src GROUP BY k|GroupAggregate I,UB,UA; Source I",
        "fsd SELECT k, COUNT(*) FROM src GROUP BY k|GroupAggregate I,UB,UA; Source I",
        "bhk SELECT k, v FROM src|Source I",
        "bhk SELECT k, COUNT(*) FROM src GROUP BY k HAVING COUNT(*) > 3|GroupAggregate I,UB,UA; Source I",
        "bhk SELECT UPPER(k), COUNT(*) FROM src GROUP BY k|UpsertMaterialize I,UA,D; GroupAggregate I,UB,UA; Source I",
        "bhkn SELECT DISTINCT k, v FROM src|GroupAggregate I,UA; Source I",
        "bh SELECT k, v FROM cdc|Source I,UA,D",
        "bh SELECT k, v FROM cdc WHERE v > 2|Source I,UB,UA,D",
        "bhk SELECT k, v FROM cdc|UpsertMaterialize I,UA,D; Source I,UB,UA,D",
        "bhk SELECT k, SUM(v) FROM cdc GROUP BY k|GroupAggregate I,UA,D; Source I,UB,UA,D",
        "pr SELECT k, v FROM ups|ChangelogNormalize I,UB,UA,D; Source I,UA,D",
        "bh SELECT k, v FROM ups|ChangelogNormalize I,UA,D; Source I,UA,D",
        "bh SELECT a.k, b.w FROM src a JOIN src2 b ON a.k = b.k|INNER I; Source I; Source I",
        "bh SELECT a.k, b.w FROM src a LEFT JOIN src2 b ON a.k = b.k|LEFT I,UA,D; Source I; Source I",
        "bh SELECT k, v FROM src UNION ALL SELECT k, COUNT(*) FROM src2 GROUP BY k|Union I,UA; Source I; GroupAggregate I,UA; Source I",
        "bh SELECT k, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC) rn FROM src) WHERE rn <= 3|Top I,UA,D; Source I",
        "bhkn SELECT k, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v) rn FROM src) WHERE rn <= 3|Top I,UA,D; Source I",
        "fs SELECT k, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) rn FROM src) WHERE rn = 1|Deduplicate I; Source I",
        "bhk SELECT k, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts DESC) rn FROM src) WHERE rn = 1|Deduplicate I,UA,D; Source I",
        "bh SELECT k, n FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY n DESC) rn FROM (SELECT k, COUNT(*) n FROM src GROUP BY k)) WHERE rn <= 3"
                + "|Top I,UA,D; GroupAggregate I,UA; Source I",
        "bh SELECT k, n FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY n) rn FROM (SELECT k, COUNT(*) n FROM src GROUP BY k)) WHERE rn <= 3"
                + "|Top I,UA,D; GroupAggregate I,UB,UA; Source I",
        "bh SELECT k, n FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY n DESC) rn FROM (SELECT k, SUM(v) n FROM src GROUP BY k)) WHERE rn <= 3"
                + "|Top I,UA,D; GroupAggregate I,UB,UA; Source I",
        "bhk SELECT k, MAX(n) FROM (SELECT k, v, COUNT(*) n FROM src GROUP BY k, v) GROUP BY k"
                + "|GroupAggregate I,UA,D; GroupAggregate I,UB,UA; Source I",
        // Flink leaves out the -U rows before such a join
        "bhk SELECT a.k, b.n FROM (SELECT k, COUNT(*) n FROM src GROUP BY k) a JOIN (SELECT k, COUNT(*) n FROM src2 GROUP BY k) b ON a.k = b.k"
                + "|INNER I,UB,UA; GroupAggregate I,UB,UA; Source I; GroupAggregate I,UB,UA; Source I",
    })
    void kindsOfEachStep(String insert, String kinds) throws SqlException {
        assertEquals(kinds, kinds("INSERT INTO " + insert));
    }

    @Test
    void when_twoTablesReadOneStep_then_whatOneOfThemNeedsIsGiven() throws SqlException {
        assertEquals("GroupAggregate I,UB,UA; Source I; GroupAggregate I,UB,UA", kinds("STATEMENT SET BEGIN INSERT INTO bhk SELECT k, COUNT(*) FROM src GROUP BY k; "
                + "INSERT INTO pr SELECT k, COUNT(*) FROM src GROUP BY k; END"));
        // so that the Top-N can't do without -U rows either
        String counts = "(SELECT k, COUNT(*) n FROM src GROUP BY k)";
        assertEquals("Top I,UA,D; GroupAggregate I,UB,UA; Source I; GroupAggregate I,UB,UA", kinds("STATEMENT SET BEGIN INSERT INTO bh SELECT k, n FROM "
                + "(SELECT *, ROW_NUMBER() OVER (ORDER BY n DESC) rn FROM " + counts + ") WHERE rn <= 3; INSERT INTO pr SELECT k, n FROM " + counts
                + "; END"));
    }

    @Test
    void when_materializeIsSet_then_so() throws SqlException {
        String insert = "INSERT INTO bhk SELECT k, COUNT(*) FROM src GROUP BY k";
        run("SET 'table.exec.sink.upsert-materialize' = 'FORCE'");
        assertEquals("UpsertMaterialize I,UA,D; GroupAggregate I,UA; Source I", kinds(insert));
        run("SET 'table.exec.sink.upsert-materialize' = 'NONE'");
        assertEquals("GroupAggregate I,UB,UA; Source I", kinds("INSERT INTO bhn SELECT k, COUNT(*) FROM src GROUP BY k"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "fs SELECT k, COUNT(*) FROM src GROUP BY k|update changes|GroupAggregate by k: COUNT(*) AS EXPR$1",
        "fs SELECT DISTINCT k, v FROM src|update changes|GroupAggregate by k, v",
        "fs SELECT k, v FROM cdc WHERE v > 1|update and delete changes|Source cdc: k, v",
        "fs SELECT a.k, b.w FROM src a LEFT JOIN src2 b ON a.k = b.k|update and delete changes|LEFT JOIN ON k = k",
    })
    void when_tableTakesInsertsOnly_then_refusedWithItsPlace(String insert, String changes, String step) {
        SqlException e = assertThrows(SqlException.class, () -> new Planner(new TestRegistry()).openSession().compile(TABLES + "INSERT INTO pr SELECT k, v FROM src;\nINSERT INTO " + insert, "job"));
        assertEquals("Table sink 'default_catalog.default_database.fs' doesn't support consuming " + changes + " which is produced by node " + step,
                e.getMessage());
        assertEquals(Category.UNSUPPORTED, e.category());
        assertEquals(TABLES.lines().count() + 2 + ":13", e.line() + ":" + e.column());
    }

    @Test
    void when_changesHaveNoKey_then_refused() throws SqlException {
        assertMessage("Table 'default_catalog.default_database.upsnopk' produces a changelog stream contains UPDATE_AFTER, no UPDATE_BEFORE. This requires "
                + "to define primary key constraint on the table.", "INSERT INTO bh SELECT 'a', id FROM upsnopk");
        assertMessage("'upserts' tables require to define a PRIMARY KEY constraint: add PRIMARY KEY (...) NOT ENFORCED to the columns of table upsnopk",
                "INSERT INTO upsnopk SELECT v FROM src");
        run("SET 'table.exec.source.cdc-events-duplicate' = 'true'");
        assertEquals("ChangelogNormalize I,UB,UA,D; Source I,UA,D", kinds("INSERT INTO pr SELECT k, v FROM cdc"));
        SqlException e = assertThrows(SqlException.class, () -> run("INSERT INTO pr SELECT k, v FROM cdcnopk"));
        assertTrue(e.getMessage().contains("requires the changelog sources to define a PRIMARY KEY"), e.getMessage());
    }

    private static void assertMessage(String message, String insert) {
        SqlSession fresh = new Planner(new TestRegistry()).openSession();
        assertEquals(message, assertThrows(SqlException.class, () -> fresh.compile(TABLES + insert, "job")).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "true|0 s|1|'table.exec.mini-batch.enabled' is true, so 'table.exec.mini-batch.allow-latency' must be > 0: "
                + "SET 'table.exec.mini-batch.allow-latency' = '5 s'",
        "true|1 s|-1|'table.exec.mini-batch.enabled' is true, so 'table.exec.mini-batch.size' must be > 0: SET 'table.exec.mini-batch.size' = '5000'",
    })
    void when_batchesHaveNoEnd_then_refused(boolean enabled, String latency, long size, String message) {
        SqlException e = assertThrows(SqlException.class, () -> run("SET 'table.exec.mini-batch.enabled' = '" + enabled
                + "';SET 'table.exec.mini-batch.allow-latency' = '" + latency + "';SET 'table.exec.mini-batch.size' = '" + size
                + "';INSERT INTO pr SELECT k, COUNT(*) FROM src GROUP BY k"));
        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "rn IN (1, 2)|Top 1 to 2 with number PARTITION BY k ORDER BY v",
        "rn = 3 OR rn BETWEEN 5 AND 7|Top 3 to 7 with number PARTITION BY k ORDER BY v",
        "rn <= 2 + 1 AND rn > 1|Top 2 to 3 with number PARTITION BY k ORDER BY v",
        "4 > rn|Top 1 to 3 with number PARTITION BY k ORDER BY v",
        "rn <= v|Top 1 to v with number PARTITION BY k ORDER BY v",
        "rn = 2|Top 2 to 2 PARTITION BY k ORDER BY v",
    })
    void limitsOfRanks(String condition, String step) throws SqlException {
        String plan = run("EXPLAIN SELECT * FROM (SELECT k, v, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v) rn FROM src) WHERE " + condition).toString();
        assertTrue(plan.contains(step + ",") || plan.contains(step + "]"), plan);
    }

    @Test
    void when_noRankIsLeft_then_refused() {
        SqlException e = assertThrows(SqlException.class, () -> run(
                "SELECT * FROM (SELECT k, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v) rn FROM src) WHERE rn < 1"));
        assertEquals("Rank end should not less than zero, but now is 0: numbers start with 1", e.getMessage());
    }
}
