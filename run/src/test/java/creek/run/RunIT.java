package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code creek run} as users see it: files, pipes, signals, exit statuses. */
class RunIT {
    private static final String PIPE = """
            CREATE TABLE input (name STRING, n INT) WITH ('connector' = 'stdin', 'format' = 'json');
            CREATE TABLE output (name STRING, n INT) WITH ('connector' = 'print', 'format' = 'json');
            INSERT INTO output SELECT UPPER(name), n * 2 FROM input WHERE n > 1;
            """;
    private static final String ENDLESS = """
            CREATE TABLE input (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '1000');
            CREATE TABLE output (n BIGINT) WITH ('connector' = 'print', 'format' = 'csv');
            INSERT INTO output SELECT n FROM input;
            """;

    @TempDir
    Path directory;
    private Creek creek;

    @BeforeEach
    void open() {
        creek = new Creek(directory);
    }

    @Test
    void filesRelativeToTheScript() throws Exception {
        creek.write("a folder/readings.csv", "gw-1,21.5\ngw-2,9.25\n");
        creek.write("a folder/job.sql", """
                CREATE TABLE readings (device STRING, temperature DOUBLE)
                WITH ('connector' = 'filesystem', 'path' = 'readings.csv', 'format' = 'csv');
                CREATE TABLE warm (device STRING, temperature DOUBLE)
                WITH ('connector' = 'filesystem', 'path' = 'warm', 'format' = 'json');
                INSERT INTO warm SELECT device, temperature FROM readings WHERE temperature > 10;
                """);
        Creek.Outcome outcome = creek.run("run", "a folder/job.sql");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.err().startsWith("creek: job FINISHED: 2 records in, 1 out in "), outcome.err());
        try (Stream<Path> parts = Files.list(directory.resolve("a folder/warm"))) {
            assertEquals(List.of("{\"device\":\"gw-1\",\"temperature\":21.5}"), Files.readAllLines(parts.findFirst().orElseThrow()));
        }
    }

    @Test
    void avroFilesAreWrittenAndRead() throws Exception {
        String columns = "(id BIGINT NOT NULL, name STRING, price DECIMAL(10, 2), ts TIMESTAMP(3), tags ARRAY<STRING>)";
        creek.write("in.json", "{\"id\":1,\"name\":\"a\",\"price\":2.5,\"ts\":\"2024-02-29 10:00:00.5\",\"tags\":[\"x\",null]}\n{\"id\":2}\n");
        creek.write("write.sql", "CREATE TABLE input " + columns + " WITH ('connector' = 'filesystem', 'path' = 'in.json', 'format' = 'json');"
                + "CREATE TABLE output " + columns + " WITH ('connector' = 'filesystem', 'path' = 'parts', 'format' = 'avro');"
                + "INSERT INTO output SELECT * FROM input;");
        creek.write("read.sql", "CREATE TABLE input " + columns + " WITH ('connector' = 'filesystem', 'path' = 'parts', 'format' = 'avro');"
                + "CREATE TABLE output " + columns + " WITH ('connector' = 'print', 'format' = 'json');"
                + "INSERT INTO output SELECT * FROM input;");
        Creek.Outcome written = creek.run("run", "write.sql");
        assertEquals(0, written.status(), written.err());
        Creek.Outcome read = creek.run("run", "read.sql");
        assertEquals(0, read.status(), read.err());
        assertEquals(List.of("{\"id\":1,\"name\":\"a\",\"price\":2.50,\"ts\":\"2024-02-29 10:00:00.5\",\"tags\":[\"x\",null]}",
                "{\"id\":2,\"name\":null,\"price\":null,\"ts\":null,\"tags\":null}"), read.lines());
    }

    @Test
    void pipe() throws Exception {
        creek.write("job.sql", PIPE);
        Creek.Outcome outcome = creek.runWith("{\"name\":\"a\",\"n\":1}\n{\"name\":\"b\",\"n\":2}\n", "run", "job.sql");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(List.of("{\"name\":\"B\",\"n\":4}"), outcome.lines());
    }

    @Test
    void undecodableRecordFailsTheJob() throws Exception {
        creek.write("job.sql", PIPE);
        Creek.Outcome outcome = creek.runWith("{\"name\":\"b\",\"n\":2}\n{\"name\":\n", "run", "job.sql");
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(outcome.err().startsWith("creek: job.sql: "), outcome.err());
        assertTrue(outcome.err().contains("record 2"), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    @Test
    void jobThatWaitsForWhatIsNotThere_saysForWhat() throws Exception {
        creek.write("job.sql", "SET 'execution.checkpointing.interval' = '1 s';\nSET 'state.backend.type' = 'rocksdb';\n" + ENDLESS);
        Creek.Outcome outcome = creek.run("run", "job.sql");
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(outcome.err().startsWith("creek: job job waits for what this platform doesn't have: ") && outcome.err().contains("'rocksdb'"), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertEquals("", outcome.out());
    }

    @Test
    void closedPipeEndsQuietly() throws Exception {
        creek.write("job.sql", ENDLESS);
        Creek.Outcome outcome = creek.finish(creek.startPipe("\"$0\" run job.sql | head -n 3"));
        assertEquals(3, outcome.lines().size());
        assertFalse(outcome.err().contains("Exception") || outcome.err().contains("pipe"), outcome.err());
    }

    @Test
    void sigtermEndsTheJobInOrder() throws Exception {
        creek.write("job.sql", ENDLESS);
        Process process = creek.start("run", "job.sql");
        creek.awaitOutput("out", "\n");
        process.destroy();
        Creek.Outcome outcome = creek.finish(process);
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.err().startsWith("creek: job STOPPED: "), outcome.err());
        assertTrue(outcome.out().endsWith("\n"));
    }

    @Test
    void explainAndCompile() throws Exception {
        creek.write("job.sql", PIPE);
        Creek.Outcome explained = creek.run("explain", "job.sql", "--code");
        assertEquals(0, explained.status(), explained.err());
        assertTrue(explained.out().contains("class "), explained.out());
        assertEquals(0, creek.run("compile", "job.sql", "-o", "one.jar").status());
        assertEquals(0, creek.run("compile", "job.sql", "-o", "two.jar").status());
        for (String wrong : new String[] {"nowhere/one.jar", "."}) {
            Creek.Outcome refused = creek.run("compile", "job.sql", "-o", wrong);
            assertEquals(1, refused.status());
            assertTrue(refused.err().contains("folder") && refused.err().lines().count() == 1, refused.err());
        }
        assertEquals(-1, Files.mismatch(directory.resolve("one.jar"), directory.resolve("two.jar")));
    }
}
