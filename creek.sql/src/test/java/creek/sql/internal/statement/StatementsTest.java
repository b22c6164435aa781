package creek.sql.internal.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.sql.CompiledJob;
import creek.sql.SqlException;
import creek.sql.SqlSession;
import creek.sql.Statement;
import creek.sql.StatementResult;
import creek.sql.internal.Planner;
import creek.sql.internal.TestRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that change the catalog and tell of it, through a session. */
class StatementsTest {
    private static final String FILE = " WITH ('connector' = 'filesystem', 'path' = 's.json', 'format' = 'json')";
    private static final String TABLES = "CREATE TABLE s (id INT, name STRING, ts BIGINT, t AS TO_TIMESTAMP_LTZ(ts, 3), "
            + "file STRING METADATA FROM 'file.path' VIRTUAL, WATERMARK FOR t AS t - INTERVAL '1' SECOND)" + FILE + ";\n"
            + "CREATE TABLE p (id INT, dt DATE) PARTITIONED BY (dt)" + FILE + ";\n"
            + "CREATE TABLE snk (id INT) WITH ('connector' = 'print');\nCREATE VIEW v AS SELECT id FROM s;\n";

    private final SqlSession session = new Planner(new TestRegistry()).openSession();

    /** Executes a script and gives the result of its last statement. */
    private StatementResult run(String script) throws SqlException {
        StatementResult result = null;
        for (Statement statement : session.split(script)) {
            result = session.execute(statement);
        }
        return result;
    }

    private List<List<String>> rows(String script) throws SqlException {
        return ((StatementResult.Texts) run(script)).rows();
    }

    private String text(String script) throws SqlException {
        return String.join("\n", rows(script).stream().map(row -> String.join("|", row)).toList());
    }

    private static CompiledJob compile(String script) throws SqlException {
        return new Planner(new TestRegistry()).openSession().compile(script, "job");
    }

    @Test
    void describeHasFlinksForm() throws SqlException {
        assertEquals("id|INT|TRUE|||\nname|STRING|TRUE|||\nts|BIGINT|TRUE|||\n"
                + "t|TIMESTAMP_LTZ(3) *ROWTIME*|TRUE||AS TO_TIMESTAMP_LTZ(ts, 3)|t - INTERVAL '1' SECOND\n"
                + "file|STRING|TRUE||METADATA FROM 'file.path' VIRTUAL|", text(TABLES + "DESCRIBE s"));
        assertEquals("name|STRING|TRUE|||", text("SHOW COLUMNS FROM s LIKE 'n%'"));
    }

    @Test
    void fieldsOfRowsThatMayBeNullMayBeNull() throws SqlException {
        assertEquals("x|INT|TRUE|||\ny|INT|TRUE|||\no|STRUCTURED<'a.B', `y` INT NOT NULL>|TRUE|||\nj|VARIANT|FALSE|||",
                text("CREATE VIEW fields AS SELECT r.x, o.y, o, PARSE_JSON('1') AS j FROM (SELECT CAST(NULL AS ROW<x INT NOT NULL>) AS r, "
                        + "OBJECT_OF('a.B', 'y', a) AS o FROM (VALUES (1)) AS v(a)); DESCRIBE fields"));
    }

    @Test
    void alterTable_then_columnsAndClausesChange() throws SqlException {
        run(TABLES + "ALTER TABLE s ADD (site STRING COMMENT 'where' FIRST, value2 AS id * 2 AFTER id)");
        assertEquals(List.of("site", "id", "value2", "name", "ts", "t", "file"), rows("DESCRIBE s").stream().map(row -> row.get(0)).toList());
        run("ALTER TABLE s MODIFY (name VARCHAR(10) FIRST, WATERMARK FOR t AS t)");
        assertEquals("name|VARCHAR(10)|TRUE||||", text("DESCRIBE s").lines().findFirst().orElseThrow());
        assertTrue(text("DESCRIBE s").contains("AS TO_TIMESTAMP_LTZ(ts, 3)|t|\n"));
        assertTrue(text("DESCRIBE s").contains("site|STRING|TRUE||||where"));
        assertTrue(text("SHOW CREATE TABLE s").contains("`site` STRING COMMENT 'where',"));
        run("ALTER TABLE s DROP WATERMARK; ALTER TABLE s DROP (value2, site); ALTER TABLE s RENAME name TO label; "
                + "ALTER TABLE s ADD PRIMARY KEY (id) NOT ENFORCED");
        assertEquals("label|VARCHAR(10)|TRUE|||\nid|INT|FALSE|PRI(id)||\nts|BIGINT|TRUE|||\n"
                + "t|TIMESTAMP_LTZ(3)|TRUE||AS TO_TIMESTAMP_LTZ(ts, 3)|\nfile|STRING|TRUE||METADATA FROM 'file.path' VIRTUAL|", text("DESCRIBE s"));
        run("ALTER TABLE s DROP PRIMARY KEY; ALTER TABLE s RENAME TO s2");
        assertEquals("p\ns2\nsnk\nv", text("SHOW TABLES"));
    }

    @Test
    void alteredTable_then_expressionsFollowTheirColumns() throws SqlException {
        run(TABLES + "ALTER TABLE s ADD (extra INT FIRST); ALTER TABLE s MODIFY ts BIGINT AFTER id");
        String plan = text("EXPLAIN SELECT t, file FROM s");
        assertTrue(plan.contains("ts") && plan.contains("file"), plan);
        assertFalse(plan.contains("extra"), plan);
    }

    @Test
    void showCreate_then_statementThatMakesItAgain() throws SqlException {
        run(TABLES + "ALTER TABLE s SET ('password' = 'pssst')");
        String create = text("SHOW CREATE TABLE s");
        assertEquals("CREATE TABLE `default_catalog`.`default_database`.`s` (\n  `id` INT,\n  `name` STRING,\n  `ts` BIGINT,\n"
                + "  `t` AS TO_TIMESTAMP_LTZ(ts, 3),\n  `file` STRING METADATA FROM 'file.path' VIRTUAL,\n"
                + "  WATERMARK FOR `t` AS t - INTERVAL '1' SECOND\n)\nWITH (\n  'connector' = 'filesystem',\n  'path' = 's.json',\n"
                + "  'format' = 'json',\n  'password' = '******'\n)", create);
        run("ALTER TABLE s RESET ('password')");
        assertFalse(text("SHOW CREATE TABLE s").contains("password"));
        run("DROP TABLE s; " + create);
        assertEquals("CREATE VIEW `default_catalog`.`default_database`.`v` (`id`)\nAS SELECT id FROM s", text("SHOW CREATE VIEW v"));
    }

    @Test
    void severalDatabases_then_namesResolveInTheOneInUse() throws SqlException {
        run(TABLES + "CREATE DATABASE plant; CREATE TABLE plant.s (other INT)" + FILE + "; USE plant; CREATE VIEW w AS SELECT other FROM s");
        assertEquals("s\nw", text("SHOW TABLES"));
        assertEquals("default_database\nplant", text("SHOW DATABASES"));
        run("USE CATALOG default_catalog");
        assertEquals("w", text("SHOW VIEWS IN plant"));
        // the view's own names are still those of its database, and both tables called s are sources of their own
        String plan = text("EXPLAIN SELECT other FROM plant.w UNION ALL SELECT id FROM default_catalog.default_database.s");
        assertTrue(plan.contains("Source plant.s") && plan.contains("Source s"), plan);
        run("DROP DATABASE plant CASCADE");
        assertEquals("default_database", text("SHOW DATABASES"));
    }

    @Test
    void createTableAs_then_tableAndInsert() throws SqlException {
        CompiledJob job = ((StatementResult.Insert) run(TABLES + "CREATE TABLE c (PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'print') "
                + "AS SELECT id, t FROM s WHERE id IS NOT NULL")).job();
        assertTrue(job.plan().startsWith("Sink c: id, t"), job.plan());
        assertEquals("id|INT|FALSE|PRI(id)||\nt|TIMESTAMP_LTZ(3)|TRUE|||", text("DESCRIBE c"));
        run("CREATE TABLE d (name, id) WITH ('connector' = 'print') AS SELECT id, name FROM s");
        assertEquals("name|STRING|TRUE|||\nid|INT|TRUE|||", text("DESCRIBE d"));
        assertTrue(compile(TABLES + "CREATE TABLE c WITH ('connector' = 'print') AS SELECT id FROM s; INSERT INTO snk SELECT id FROM s").plan()
                .contains("Sink snk"));
    }

    @Test
    void alterView_then_otherQuery() throws SqlException {
        run(TABLES + "ALTER VIEW v AS SELECT name FROM s; ALTER VIEW v RENAME TO v2");
        assertEquals("name|STRING|TRUE|||", text("DESCRIBE v2"));
    }

    @Test
    void optionsHint_then_sourceOfItsOwn() throws SqlException {
        String script = TABLES + "INSERT INTO snk SELECT id FROM s; INSERT INTO snk SELECT id + 1 FROM s /*+ OPTIONS('path' = 'x.json') */; "
                + "INSERT INTO snk SELECT id + 2 FROM s /*+ OPTIONS('path' = 'x.json') */";
        String source = compile(script).source();
        assertEquals(2, source.split("topology.source\\(", -1).length - 1, source);
        assertTrue(source.contains("\"x.json\"") && source.contains("\"s.json\""), source);
    }

    @Test
    void partitions_then_readFromThePathAndWrittenAsSaid() throws SqlException {
        String source = compile(TABLES + "INSERT INTO p PARTITION (dt = '2024-01-01') SELECT id FROM s; INSERT INTO p SELECT id + 1, dt FROM p")
                .source();
        assertTrue(source.contains(".readMetadata(\"partition.dt\")"), source);
        assertTrue(source.contains(".partitionedBy(\"dt\")"), source);
    }

    @Test
    void explainDetails() throws SqlException {
        String plan = text(TABLES + "EXPLAIN CHANGELOG_MODE, JSON_EXECUTION_PLAN SELECT name, COUNT(*) FROM s GROUP BY name");
        assertTrue(plan.contains("changelogMode=[I,UB,UA]") && plan.contains("changelogMode=[I]"), plan);
        assertTrue(plan.contains("\"predecessors\" : [ { \"id\" : 1 } ]"), plan);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "ALTER TABLE nope SET ('a' = 'b')|13|there is no table nope",
        "ALTER TABLE v SET ('a' = 'b')|13|say ALTER VIEW",
        "ALTER TABLE s ADD (id INT)|23|say MODIFY",
        "ALTER TABLE s MODIFY (nope INT)|28|say ADD",
        "ALTER TABLE s DROP ts|13|TO_TIMESTAMP_LTZ(ts, 3)",
        "ALTER TABLE s DROP t|20|WATERMARK",
        "ALTER TABLE s ADD WATERMARK FOR t AS t|19|say MODIFY",
        "ALTER TABLE snk DROP PRIMARY KEY|13|no PRIMARY KEY",
        "ALTER TABLE s RESET ('connector')|21|without 'connector'",
        "ALTER TABLE s RENAME TO p|13|exists already",
        "ALTER TABLE p MODIFY dt AS CAST('2024-01-01' AS DATE)|1|PARTITIONED BY names dt",
        "CREATE TABLE x (a INT, b AS a + 1) PARTITIONED BY (b)|52|PARTITIONED BY names b",
        "ALTER VIEW s RENAME TO x|12|say ALTER TABLE",
        "USE nope|5|databases are default_database",
        "CREATE DATABASE default_database|17|IF NOT EXISTS",
        "DROP DATABASE default_database|15|in use",
        "CREATE TABLE nope.x (a INT)|14|no database nope",
        "CREATE TABLE other.db.x (a INT)|14|only one catalog",
        "CREATE TEMPORARY FUNCTION f AS 'a.B'|32|USING JAR",
        "CREATE TABLE x WITH ('path' = 'b') LIKE s (INCLUDING OPTIONS)|22|OVERWRITING OPTIONS",
        "DROP TEMPORARY TABLE s|22|leave out TEMPORARY",
        "SET 'execution.runtime-mode' = 'batch'|32|always 'streaming'",
        "CREATE FUNCTION `upper` AS 'a.B'|1|built in",
        "DROP FUNCTION f|1|no function f",
        "EXPLAIN ESTIMATED_COST SELECT 1|31|by rules",
        "INSERT OVERWRITE snk SELECT 1|8|Streaming mode",
        "INSERT INTO snk PARTITION (id = 1) SELECT 1|28|not PARTITIONED",
        "INSERT INTO p PARTITION (dt = '2024-01-01') SELECT 1, DATE '2024-01-01'|45|do not match",
        "SELECT * FROM v /*+ OPTIONS('a' = 'b') */|1|cannot be enriched",
        "SELECT /*+ NOPE('a') */ id FROM s|12|OPTIONS",
        "SET 'table.exec.state.ttl' = 'often'|30|not a duration",
        "SET 'table.exec.mini-batch.enabled' = 'maybe'|39|not true or false",
        "SET 'table.exec.sink.not-null-enforcer' = 'IGNORE'|43|'error', 'drop'",
        "SELECT /*+ STATE_TTL('x' = '1 h') */ id, COUNT(*) FROM s GROUP BY id|12|'x' is not the name of an input of a join or an aggregation",
        "SELECT /*+ STATE_TTL('s' = '1 h') */ a.id FROM s AS a, v WHERE a.id = v.id|12|a table with an alias goes by that",
        "SELECT /*+ STATE_TTL('s' = 'long') */ id FROM s|12|'long' is not a duration",
        "SELECT /*+ STATE_TTL(s) */ id FROM s|12|pairs of texts",
        "SELECT s.id, /* 1 */ COUNT(*) FROM (SELECT /*+ BROADCAST(x) */ s.id FROM s JOIN v ON s.id = v.id) s GROUP BY s.id|48|'x' is not the name",
        "SELECT /*+ NEST_LOOP('s' = 'x') */ s.id FROM s JOIN v ON s.id = v.id|12|names of tables",
        "SELECT /*+ LOOKUP('table' = 's') */ s.id FROM s JOIN v ON s.id = v.id|12|'s' is not the name of a table that is looked up",
        "SELECT /*+ LOOKUP('async' = 'true') */ id FROM s|12|needs the option 'table'",
        "SELECT /*+ LOOKUP('table' = 'v', 'async' = 'maybe') */ id FROM s|12|not true or false",
        "SELECT /*+ LOOKUP('table' = 'v', 'output-mode' = 'any') */ id FROM s|12|'allow_unordered' or 'ordered'",
        "SELECT /*+ LOOKUP('table' = 'v', 'max-attempts' = '3') */ id FROM s|12|all of them or none",
        "SELECT id FROM s /*+ OPTIONS('nope' = 'b') */|22|nope",
        "INSERT INTO snk /*+ OPTIONS('nope' = 'b') */ SELECT 1|21|nope",
        "SHOW PARTITIONS s|6|not partitioned",
        "SHOW CREATE TABLE v|19|SHOW CREATE VIEW",
        "SHOW TABLES FROM nope|13|no database nope",
    })
    void wrongStatement_then_placeAndReason(String statement, int column, String part) throws SqlException {
        run(TABLES);
        SqlException e = assertThrows(SqlException.class, () -> run(statement));
        assertTrue(e.getMessage().contains(part), e.getMessage());
        assertEquals("1:" + column, e.line() + ":" + e.column(), e.getMessage());
    }
}
