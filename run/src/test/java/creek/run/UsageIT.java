package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users who get the command line or the SQL wrong are told: one line on standard error, status 2, nothing on standard output. */
class UsageIT {
    @TempDir
    Path directory;
    private Creek creek;

    @BeforeEach
    void open() {
        creek = new Creek(directory);
    }

    @Test
    void unknownCommand() throws Exception {
        refused("creek: there is no command 'fly'; there are run, sql, ", "fly");
    }

    @Test
    void missingScript() throws Exception {
        refused("creek: no such.sql: there is no such file", "run", "no such.sql");
    }

    @Test
    void folderAsScript() throws Exception {
        refused("creek: .: is a folder", "explain", ".");
    }

    @Test
    void syntaxErrorNamesFileLineAndColumn() throws Exception {
        creek.write("bad.sql", "CREATE TABLE t (a INT) WITH ('connector' = 'blackhole');\nINSERT INTO t SELEC 1;\n");
        refused("creek: bad.sql:2:", "run", "bad.sql");
    }

    @Test
    void scriptThatDoesNothing() throws Exception {
        creek.write("idle.sql", "CREATE TABLE t (a INT) WITH ('connector' = 'blackhole');\n");
        refused("creek: idle.sql", "run", "idle.sql");
        refused("creek: idle.sql: there is nothing to run", "sql", "-f", "idle.sql");
    }

    @Test
    void unknownConnectorListsTheKnown() throws Exception {
        creek.write("job.sql", "CREATE TABLE t (a INT) WITH ('connector' = 'filesytem');\nSELECT * FROM t;\n");
        for (String[] command : new String[][] {{"sql", "-f", "job.sql"}, {"run", "job.sql"}}) {
            String line = refused("creek: job.sql", command);
            assertTrue(line.contains("'filesytem'") && line.contains("filesystem") && line.contains("datagen"), line);
        }
    }

    @Test
    void helpAndVersion() throws Exception {
        Creek.Outcome help = creek.run("help");
        assertEquals(0, help.status());
        assertTrue(help.out().contains("explain JOB.sql"), help.out());
        assertTrue(creek.run("--version").out().startsWith("creek 0."));
    }

    private String refused(String start, String... arguments) throws Exception {
        Creek.Outcome outcome = creek.run(arguments);
        assertTrue(outcome.err().startsWith(start), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertEquals("", outcome.out());
        assertEquals(2, outcome.status());
        return outcome.err();
    }
}
