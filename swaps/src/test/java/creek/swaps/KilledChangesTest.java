package creek.swaps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty jobs with checkpoints, half of them of two subtasks, run on a platform whose bundles change at random and that is killed at random, again and
 * again: in the end each one's output is that of an undisturbed run.
 */
@Timeout(3600)
@EnabledIfSystemProperty(named = "swaps.long", matches = "true")
class KilledChangesTest {
    private static final int JOBS = 20;
    private static final int KILLS = Integer.getInteger("swaps.kills", 20);
    private static final int ROWS = 60_000;
    private static final int LONGEST_MILLIS = 12_000;
    private static final List<String> SETTINGS = List.of("SET 'execution.checkpointing.interval' = '500 ms';\nSET 'state.backend.type' = 'xodus';",
            "SET 'execution.checkpointing.interval' = '200 ms';" + Readings.PARALLEL);

    @TempDir
    private Path folder;
    private final Random random = new Random(Long.getLong("swaps.seed", 1));

    @Test
    void platformsThatAreKilledWhileTheyChange_loseNothing() throws Exception {
        Path platform = folder.resolve("platform");
        Path scripts = Files.createDirectories(platform.resolve("scripts"));
        List<Readings> all = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            Readings readings = new Readings(folder.resolve("data" + i), "job" + i, ROWS, i);
            Files.writeString(scripts.resolve(readings.name()), readings.script(SETTINGS.get(i % SETTINGS.size())));
            all.add(readings);
        }
        for (int run = 0; run < KILLS; run++) {
            Process process = start(platform, Integer.toString(run));
            try (BufferedReader output = process.inputReader()) {
                await(output, ChangingProcess.RUNS);
                Thread.sleep(random.nextInt(LONGEST_MILLIS));
                assertTrue(process.isAlive(), () -> "it has ended by itself: " + errors());
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        Process last = start(platform, Integer.toString(KILLS), "last");
        try (BufferedReader output = last.inputReader()) {
            await(output, ChangingProcess.DONE);
        } finally {
            last.destroyForcibly().waitFor();
        }
        for (Readings readings : all) {
            assertEquals("", readings.difference(), readings.name());
        }
        System.out.println(KILLS + " kills while bundles changed at random under " + JOBS + " jobs");
    }

    private void await(BufferedReader output, String word) throws Exception {
        String line = output.readLine();
        while (line != null && !line.equals(word)) {
            line = output.readLine();
        }
        assertEquals(word, line, this::errors);
    }

    private Process start(Path platform, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), ChangingProcess.class.getName(), platform.toString()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(folder.resolve("errors.txt").toFile()).start();
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors.txt"));
        } catch (Exception e) {
            return e.toString();
        }
    }
}
