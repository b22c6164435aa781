package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FOR SYSTEM_TIME AS OF a processing time, on a table in a file. */
class LookupJoinIT {
    private static final String TABLES = """
            CREATE TABLE readings (device STRING, n INT, p AS PROCTIME())
            WITH ('connector' = 'filesystem', 'path' = 'readings.csv', 'format' = 'csv');
            CREATE TABLE places (device STRING, place STRING, least INT, shown AS UPPER(place))
            WITH ('connector' = 'filesystem', 'path' = 'places.csv', 'format' = 'csv', 'csv.null-literal' = '-');
            """;

    @TempDir
    Path directory;
    private Creek creek;

    @BeforeEach
    void open() throws Exception {
        creek = new Creek(directory);
        creek.write("readings.csv", "a,1\nb,2\nc,3\na,4\n");
        creek.write("places.csv", "a,attic,0\na,annex,2\nb,barn,9\n-,nowhere,0\n");
    }

    @Test
    void innerJoinGivesEachPartner() throws Exception {
        assertEquals(List.of("[\"+I\",\"a\",\"1\",\"ATTIC\"]", "[\"+I\",\"a\",\"1\",\"ANNEX\"]", "[\"+I\",\"b\",\"2\",\"BARN\"]",
                "[\"+I\",\"a\",\"4\",\"ATTIC\"]", "[\"+I\",\"a\",\"4\",\"ANNEX\"]"), rows("""
                SELECT r.device, r.n, s.shown
                FROM readings AS r JOIN places FOR SYSTEM_TIME AS OF r.p AS s ON r.device = s.device;
                """));
    }

    @Test
    void leftJoinKeepsRowsWithoutPartner() throws Exception {
        assertEquals(List.of("[\"+I\",\"a\",\"1\",\"attic\"]", "[\"+I\",\"b\",\"2\",null]", "[\"+I\",\"c\",\"3\",null]",
                "[\"+I\",\"a\",\"4\",\"attic\"]", "[\"+I\",\"a\",\"4\",\"annex\"]"), rows("""
                SELECT /*+ LOOKUP('table' = 's') */ r.device, r.n, s.place
                FROM readings AS r LEFT JOIN places FOR SYSTEM_TIME AS OF r.p AS s ON r.device = s.device AND r.n > s.least;
                """));
    }

    @Test
    void constantsAndViewsCanBeLookedUp() throws Exception {
        assertEquals(List.of("[\"+I\",\"a\",\"annex\"]", "[\"+I\",\"a\",\"annex\"]"), rows("""
                CREATE VIEW high AS SELECT device, place FROM places WHERE least > 1;
                SELECT r.device, s.place
                FROM readings AS r JOIN high FOR SYSTEM_TIME AS OF r.p AS s ON r.device = s.device AND s.device = 'a';
                """));
    }

    @Test
    void tableIsReadAgainWhenItHasChanged() throws Exception {
        creek.write("job.sql", (TABLES + """
                CREATE TABLE results (device STRING, place STRING) WITH ('connector' = 'print');
                INSERT INTO results
                SELECT r.device, s.place
                FROM readings AS r LEFT JOIN places FOR SYSTEM_TIME AS OF r.p AS s ON r.device = s.device;
                """).replace("'filesystem', 'path' = 'readings.csv'", "'stdin'").replace("'path' = 'places.csv'",
                "'path' = 'places.csv', 'lookup.full-cache.check-interval' = '10 ms'"));
        Process process = creek.start("run", "job.sql");
        try (OutputStream input = process.getOutputStream()) {
            send(input, "a,1\n");
            creek.awaitOutput("out", "+I[a, annex]");
            Path next = creek.write("next/places.csv", "a,cellar,0\n");
            Files.move(next, directory.resolve("places.csv"), StandardCopyOption.REPLACE_EXISTING);
            for (int tries = 0; !Files.readString(directory.resolve("out")).contains("+I[a, cellar]"); tries++) {
                assertTrue(tries < 10_000, "the table was not read again");
                send(input, "a,2\n");
                Thread.sleep(20);
            }
        }
        assertEquals(0, creek.finish(process).status());
    }

    @Test
    void tablesThatCannotBeLookedUpAreRefused() throws Exception {
        creek.write("wrong.sql", TABLES + """
                CREATE TABLE made (device STRING) WITH ('connector' = 'datagen');
                SELECT r.device FROM readings AS r JOIN made FOR SYSTEM_TIME AS OF r.p AS s ON r.device = s.device;
                """);
        Creek.Outcome outcome = creek.run("explain", "wrong.sql");
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().contains("connector 'datagen' can't be looked up"), outcome.err());
    }

    private static void send(OutputStream input, String line) throws Exception {
        input.write(line.getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    private List<String> rows(String query) throws Exception {
        creek.write("query.sql", TABLES + query);
        Creek.Outcome outcome = creek.run("sql", "-f", "query.sql", "--format", "jsonl");
        assertEquals(0, outcome.status(), outcome.err());
        return outcome.lines().subList(1, outcome.lines().size());
    }
}
