package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Nexmark connector, and the benchmark's queries as {@code bench/nexmark} has them. */
class NexmarkIT {
    private static final Path BENCH = Creek.ROOT.resolve("bench/nexmark");

    @TempDir
    Path directory;
    private Creek creek;
    private String tables;

    @BeforeEach
    void open() throws IOException {
        creek = new Creek(directory);
        tables = Files.readString(BENCH.resolve("tables.sql")).replace("'1000000'", "'10000'");
    }

    /** All queries as one job, which makes up the events once. */
    @Test
    void queriesRun() throws Exception {
        Files.copy(BENCH.resolve("side_input.csv"), directory.resolve("side_input.csv"));
        StringBuilder script = new StringBuilder(tables);
        try (Stream<Path> files = Files.list(BENCH)) {
            List<Path> queries = files.filter(file -> file.getFileName().toString().matches("q\\d+\\.sql")).toList();
            assertEquals(22, queries.size());
            for (Path query : queries) {
                String number = query.getFileName().toString().replace(".sql", "");
                script.append(Files.readString(query).replaceAll("\\b(results|seen|counts)\\b", "$1_" + number));
            }
        }
        creek.write("all.sql", script.toString());
        Creek.Outcome outcome = creek.run("run", "all.sql");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains(" records in"), outcome.err());
    }

    @Test
    void eventsAreInProportion() throws Exception {
        assertEquals(List.of("[\"+I\",\"200\",\"600\",\"9200\"]"), query("""
                SELECT COUNT(person.id), COUNT(auction.id), COUNT(bid.auction)
                FROM events
                WHERE person IS NOT NULL OR auction IS NOT NULL OR bid IS NOT NULL
                """));
    }

    @Test
    void idsAreThoseOfEventsBeforeOrSoonAfter() throws Exception {
        assertEquals(List.of("[\"+I\",\"1000\",\"1199\",\"1000\",\"1599\",\"TRUE\",\"TRUE\",\"TRUE\"]"), query("""
                SELECT MIN(person.id), MAX(person.id), MIN(auction.id), MAX(auction.id),
                  MIN(bid.auction) = 1000 AND MAX(bid.auction) < 1600 + 10,
                  MIN(bid.bidder) >= 1000 AND MAX(bid.bidder) < 1200 + 10,
                  MIN(auction.seller) = 1000 AND MAX(auction.seller) < 1200 + 10
                FROM events
                """));
    }

    @Test
    void sameSeedGivesTheSameEvents() throws Exception {
        String columns = "SELECT event_type, `dateTime`, person.name, person.creditCard, auction.description, auction.expires, bid.price, bid.url, "
                + "bid.extra FROM ";
        String differences = "SELECT COUNT(*) > 9000, COUNT(*) FROM ((" + columns + "events) EXCEPT (" + columns + "again";
        // the count of the differences goes with the last of them
        assertTrue(query(differences + "))").get(0).startsWith("[\"-D\""));
        assertTrue(query(differences + " /*+ OPTIONS('seed' = '1') */))").get(0).startsWith("[\"+I\",\"TRUE\""));
    }

    @Test
    void sizesAndTimesAreAsAsked() throws Exception {
        assertEquals(List.of("[\"+I\",\"TRUE\",\"2015-07-15 00:00:00.000\",\"2015-07-15 00:00:00.999\"]"), query("""
                SELECT AVG(CHAR_LENGTH(bid.extra)) BETWEEN 67 AND 69, MIN(`dateTime`), MAX(`dateTime`) FROM events
                """));
    }

    @Test
    void eventsFallDueByTheirTime() throws Exception {
        long start = System.nanoTime();
        assertEquals(List.of("[\"+I\",\"51\"]"),
                query("SELECT COUNT(*) FROM events /*+ OPTIONS('rate.limited' = 'true', 'events.num' = '51', 'first-event.rate' = '100', "
                        + "'next-event.rate' = '100') */"));
        assertTrue(System.nanoTime() - start > 500_000_000L);
    }

    @Test
    void wrongTablesAreRefused() throws Exception {
        assertTrue(refusal("CREATE TABLE t (bid ROW<auction STRING>) WITH ('connector' = 'nexmark'); SELECT * FROM t;")
                .contains("a table of connector 'nexmark' has the columns (`event_type` INT, `person` ROW<"));
        assertTrue(refusal("CREATE TABLE t (event_type INT) WITH ('connector' = 'nexmark', 'person.proportion' = '0', 'auction.proportion' = '0', "
                + "'bid.proportion' = '0'); SELECT * FROM t;").contains("must be more than 0"));
    }

    private String refusal(String script) throws Exception {
        creek.write("wrong.sql", script);
        Creek.Outcome outcome = creek.run("explain", "wrong.sql");
        assertEquals(2, outcome.status(), outcome.err());
        return outcome.err();
    }

    /** The last state of the query's result; {@code again} is another table of the same events. */
    private List<String> query(String text) throws Exception {
        String again = tables.substring(0, tables.indexOf(";") + 1).replace("TABLE events", "TABLE again");
        creek.write("query.sql", tables + again + text + ";");
        Creek.Outcome outcome = creek.run("sql", "-f", "query.sql", "--format", "jsonl");
        assertEquals(0, outcome.status(), outcome.err());
        List<String> rows = outcome.lines().subList(1, outcome.lines().size());
        return text.startsWith("SELECT") && !rows.isEmpty() ? List.of(rows.get(rows.size() - 1).replace("\"+U\"", "\"+I\"")) : rows;
    }
}
