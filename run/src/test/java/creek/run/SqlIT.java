package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code creek sql}: a file's statements and the shell without a terminal. */
class SqlIT {
    private static final String SCRIPT = """
            CREATE TABLE readings (device STRING, n BIGINT NOT NULL)
            WITH ('connector' = 'filesystem', 'path' = 'readings.csv', 'format' = 'csv');
            SELECT device FROM readings;
            SELECT device, n + 1 AS m FROM readings;
            """;

    @TempDir
    Path directory;
    private Creek creek;

    @BeforeEach
    void open() throws Exception {
        creek = new Creek(directory);
        creek.write("readings.csv", "gw-1,41\ngw-2,9\n");
        creek.write("query.sql", SCRIPT);
    }

    @Test
    void jsonl() throws Exception {
        Creek.Outcome outcome = creek.run("sql", "-f", "query.sql", "--format", "jsonl");
        assertEquals(List.of("{\"columns\":[\"device\",\"m\"],\"types\":[\"STRING\",\"BIGINT NOT NULL\"],\"changelog\":false}",
                "[\"+I\",\"gw-1\",\"42\"]", "[\"+I\",\"gw-2\",\"10\"]"), outcome.lines(), outcome.err());
        assertEquals(0, outcome.status());
        assertEquals("", outcome.err());
    }

    @Test
    void tableIsTheDefault() throws Exception {
        assertEquals("""
                +--------+----+
                | device |  m |
                +--------+----+
                | gw-1   | 42 |
                | gw-2   | 10 |
                +--------+----+
                2 rows
                """, creek.run("sql", "-f", "query.sql").out());
    }

    @Test
    void failedQueryIsNoResult() throws Exception {
        creek.write("readings.csv", "gw-1,41\ngw-2,many\n");
        Creek.Outcome outcome = creek.run("sql", "-f", "query.sql", "--format", "csv");
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(outcome.err().startsWith("creek: query.sql: "), outcome.err());
    }

    @Test
    void shellWithoutTerminalReadsStatements() throws Exception {
        Creek.Outcome outcome = creek.runWith(SCRIPT + "SELECT nothing FROM readings;\nSHOW TABLES;\nquit\n", "sql");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("| gw-1   | 42 |"), outcome.out());
        assertTrue(outcome.out().contains("error: "), outcome.out());
        assertTrue(outcome.out().contains("| readings"), outcome.out());
    }
}
