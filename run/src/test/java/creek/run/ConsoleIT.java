package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console's commands do to a running platform, and that nobody else can reach that. */
class ConsoleIT {
    private static final String JOB = """
            SET 'execution.checkpointing.interval' = '200 ms';
            CREATE TABLE input (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '1000');
            CREATE TABLE output (c BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO output SELECT COUNT(*) FROM input;
            """;

    private static final Set<String> COMMANDS = Set.of("jobs", "job", "deploy", "pause", "resume", "checkpoint", "savepoint", "stop", "cancel", "undeploy",
            "why", "connectors", "functions", "formats", "backends", "swap", "events", "install", "update", "uninstall", "start");

    @TempDir
    Path directory;

    @Test
    void commandsRuleJobs() throws Exception {
        try (PlatformProcess platform = new PlatformProcess(directory)) {
            platform.start();
            assertEquals(Set.of(), listeningPorts(platform.pid()));

            Files.writeString(directory.resolve("counts.sql"), JOB);
            String deployed = platform.console("deploy counts.sql");
            assertTrue(deployed.contains("job counts is "), deployed);
            platform.await("it runs", () -> platform.console("jobs").contains("RUNNING"));
            assertTrue(platform.console("connectors").matches("(?s).*datagen +\\d+ +creek.connector.datagen +\\S+ +counts\\n.*"));
            assertTrue(platform.console("job counts").contains("plan        "), platform.console("job counts"));
            assertEquals(Set.of("counts"), platform.complete("why", ""));
            assertEquals(Set.of("counts.sql"), platform.complete("deploy", "co"));
            assertEquals(Set.of("creek.connector.datagen"), platform.complete("update", "creek.connector.da"));
            assertTrue(platform.complete("").containsAll(COMMANDS));
            assertTrue(platform.complete("").containsAll(Set.of("creek:jobs", "felix:lb")));
            platform.console("pause counts");
            platform.await("it is paused", () -> platform.console("jobs").contains("PARKED"));
            platform.console("resume counts");
            platform.await("it goes on", () -> platform.console("jobs").contains("RUNNING"));
            assertTrue(platform.console("checkpoint counts").contains("is complete"));
            assertTrue(Files.exists(Path.of(platform.console("savepoint counts saved").strip())));
            platform.console("stop counts");
            assertTrue(platform.console("jobs").contains("STOPPED"));
            platform.console("start counts");
            platform.await("it went on", () -> platform.console("job counts").contains("the job went on from number"));
            assertTrue(platform.console("cancel counts").contains("STOPPED"));
            for (String command : COMMANDS) {
                assertTrue(platform.console("help creek:" + command).matches("(?s).*\\b" + command + " - \\p{Lower}.*"), () -> "help " + command);
            }
            platform.console("undeploy counts");
            assertFalse(platform.console("jobs").contains("counts"));

            for (String wrong : new String[] {"install nowhere.jar", "start 4711", "job nobody", "deploy nowhere.sql", "pause", "nothing"}) {
                assertFalse(platform.ask(wrong).isGood(), wrong);
            }
        }
    }

    /** The TCP sockets of a process that listen, as the kernel has them. */
    private static Set<String> listeningPorts(long pid) throws IOException {
        Path descriptors = Path.of("/proc/" + pid + "/fd");
        assumeTrue(Files.isDirectory(descriptors), "only Linux tells");
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> links = Files.list(descriptors)) {
            for (Path link : links.toList()) {
                if (Files.isSymbolicLink(link)) {
                    sockets.add(Files.readSymbolicLink(link).toString());
                }
            }
        }
        Set<String> ports = new HashSet<>();
        for (String table : new String[] {"tcp", "tcp6"}) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
                String[] cells = line.strip().split("\\s+");
                if (cells.length > 9 && cells[3].equals("0A") && sockets.contains("socket:[" + cells[9] + "]")) {
                    ports.add(cells[1]);
                }
            }
        }
        return ports;
    }
}
