package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file connector of a running job is replaced by files of the deploy folder and by the console, which tell what became of that. */
class SwapIT {
    private static final int NUMBERS = 1000;

    @TempDir
    Path directory;
    private PlatformProcess platform;
    private int files;

    @BeforeEach
    void start() throws Exception {
        platform = new PlatformProcess(directory);
        platform.start();
        Files.createDirectories(directory.resolve("numbers"));
        platform.put("copies.sql", """
                SET 'execution.checkpointing.interval' = '200 ms';
                SET 'swap.probation.time' = '100 ms';
                SET 'swap.timeout' = '60 s';
                CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'filesystem', 'path' = 'DIRECTORY/numbers', 'format' = 'csv', 'source.monitor-interval' = '50 ms');
                CREATE TABLE copies (n BIGINT) WITH ('connector' = 'filesystem', 'path' = 'DIRECTORY/copies', 'format' = 'csv',
                    'sink.rolling-policy.rollover-interval' = '100 ms', 'sink.rolling-policy.check-interval' = '50 ms');
                INSERT INTO copies SELECT n FROM numbers;
                """.replace("DIRECTORY", directory.toString()));
        platform.await("the job runs", () -> platform.console("jobs").matches("(?s).*copies +RUNNING.*"));
    }

    @AfterEach
    void end() throws Exception {
        platform.close();
    }

    @Test
    void whenNewerVersionsComeAndGoInTheDeployFolder_thenTheJobFollowsAndWritesEachNumberOnce() throws Exception {
        numbersCome();
        platform.put("file-2.jar", fileConnector("0.2.0"));
        awaitProvider("0.2.0");
        numbersCome();
        platform.put("file-3.jar", fileConnector("0.3.0"));
        awaitProvider("0.3.0");
        Files.delete(platform.deploy().resolve("file-2.jar"));
        platform.await("the one in between is gone", () -> !platform.console("connectors").contains("0.2.0"));
        awaitProvider("0.3.0");
        numbersCome();
        Files.delete(platform.deploy().resolve("file-3.jar"));
        awaitProvider("0.1.0");
        numbersCome();

        String events = platform.console("events");
        for (String change : new String[] {"0.1.0", "0.2.0", "0.3.0"}) {
            assertTrue(Pattern.compile("connector filesystem +source 'numbers' .*" + Pattern.quote(change) + ".* SWITCHED ").matcher(events).find(), events);
        }
        assertFalse(events.contains("ROLLED_BACK") || events.contains("REFUSED"), events);
        assertTrue(platform.console("why copies").contains("switched from"), platform.console("why copies"));
        assertTrue(platform.console("why copies").contains("its thread is not in a function"), platform.console("why copies"));
    }

    @Test
    void whenBundlesAreSwappedByCommand_thenTheJobUsesTheOtherOneThoughItIsOlder() throws Exception {
        numbersCome();
        platform.put("older.jar", fileConnector("0.0.5"));
        platform.await("the older one is there", () -> platform.console("connectors").contains("0.0.5"));
        awaitProvider("0.1.0");
        String swapped = platform.console("swap " + bundle("0.1.0") + " " + bundle("0.0.5"));
        assertTrue(swapped.contains("SWITCHED"), swapped);
        awaitProvider("0.0.5");
        assertFalse(platform.console("connectors").matches("(?s).*filesystem +\\d+ +\\S+ +0\\.1\\.0.*"), platform.console("connectors"));
        numbersCome();
    }

    @Test
    void whenABadOneComes_thenItIsRefusedAndTheJobTellsWhy() throws Exception {
        numbersCome();
        platform.put("bad.jar", BundleFiles.copy("creek.connector.datagen", "bad", "9.0.0", xml -> xml.replace("\"datagen\"", "\"filesystem\"")
                .replace("\"blackhole\"", "\"nowhere\"")));
        platform.await("it is refused", () -> platform.console("events").contains("REFUSED"));
        assertTrue(platform.console("why copies").contains("was refused"), platform.console("why copies"));
        awaitProvider("0.1.0");
        assertTrue(platform.console("jobs").matches("(?s).*copies +RUNNING.*"), platform.console("jobs"));
        assertFalse(platform.ask("swap " + bundle("0.1.0") + " " + bundle("9.0.0")).isGood());
        awaitProvider("0.1.0");
        numbersCome();
    }

    private static byte[] fileConnector(String version) throws IOException {
        return BundleFiles.copy("creek.connector.file", "creek.connector.file", version, xml -> xml);
    }

    /** Puts some more numbers where the job reads, and waits until all so far have come out once. */
    private void numbersCome() throws Exception {
        int from = files++ * NUMBERS;
        List<String> lines = IntStream.range(from, from + NUMBERS).mapToObj(Integer::toString).toList();
        Path part = Files.write(directory.resolve("part"), lines);
        Files.move(part, directory.resolve("numbers").resolve(files + ".csv"), StandardCopyOption.ATOMIC_MOVE);
        platform.await("all have come", () -> written().size() >= files * NUMBERS);
        assertEquals(IntStream.range(0, files * NUMBERS).mapToObj(Integer::toString).toList(), written().stream()
                .sorted((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b))).toList());
    }

    private List<String> written() throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.isDirectory(directory.resolve("copies"))) {
            try (Stream<Path> parts = Files.list(directory.resolve("copies"))) {
                for (Path part : parts.filter(path -> Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".")).toList()) {
                    lines.addAll(Files.readAllLines(part));
                }
            }
        }
        return lines;
    }

    /** Waits until both tables are with that version of the connector. */
    private void awaitProvider(String version) throws Exception {
        for (String use : new String[] {"source 'numbers'", "sink 'copies'"}) {
            Pattern shown = Pattern.compile(use + ": connector filesystem, by \\S+ " + Pattern.quote(version) + "\\b");
            platform.await(use + " is with " + version, () -> shown.matcher(platform.console("job copies")).find());
        }
    }

    private String bundle(String version) throws IOException {
        Matcher found = Pattern.compile("filesystem +(\\d+) +\\S+ +" + Pattern.quote(version)).matcher(platform.console("connectors"));
        assertTrue(found.find(), platform.console("connectors"));
        return found.group(1);
    }
}
