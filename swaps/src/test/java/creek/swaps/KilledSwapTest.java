package creek.swaps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A platform is killed, as by a loss of power, at each step of a swap, and started again: the job goes on with the old version or the new one, and its output
 * is that of an undisturbed run.
 */
@Timeout(3600)
class KilledSwapTest {
    private static final boolean LONG = Boolean.getBoolean("swaps.long");
    private static final String SETTINGS = "SET 'execution.checkpointing.interval' = '100 ms';\nSET 'state.backend.type' = 'xodus';";
    private static final List<String> SWAPS = List.of("update " + Jars.FILE, "beside " + Jars.FILE, "update " + Jars.FUNCTIONS, "beside " + Jars.FUNCTIONS,
            "update " + Jars.XODUS, "beside " + Jars.XODUS);
    /** So many kills in the short form. */
    private static final int SOME = 5;

    @TempDir
    private Path folder;

    @Test
    void swapsThatAreKilled_leaveTheOldOrTheNew() throws Exception {
        Readings readings = new Readings(folder.resolve("data"), SwappingProcess.JOB, 40_000, 7);
        List<String> kills = new ArrayList<>();
        if (LONG) {
            for (String swap : SWAPS) {
                for (String parallelism : List.of("", Readings.PARALLEL)) {
                    for (int step = 1; killAt(swap, step, parallelism, readings, kills); ) {
                        step++;
                    }
                }
            }
        } else {
            for (int i = 0; i < SOME; i++) {
                killAt(SWAPS.get(i % 2), 1 + 2 * i, i % 2 == 0 ? Readings.PARALLEL : "", readings, kills);
            }
        }
        System.out.println(String.join("\n", kills));
        assertTrue(kills.size() > 2, kills::toString);
    }

    /** Whether there is such a step. */
    private boolean killAt(String swap, int step, String parallelism, Readings readings, List<String> kills) throws Exception {
        readings.clear();
        Path platform = Files.createDirectories(folder.resolve("platform-" + kills.size()));
        Files.writeString(platform.resolve("job.sql"), readings.script(SETTINGS + parallelism));
        String point = run(platform, swap, Integer.toString(step));
        if (point != null) {
            kills.add(swap + (parallelism.isEmpty() ? "" : " in two subtasks") + ", step " + step + ": " + point);
            assertEquals(null, run(platform), () -> "after a kill at " + kills);
        }
        assertEquals("", readings.difference(), () -> "after a kill at " + kills);
        Readings.delete(platform);
        return point != null;
    }

    /** Runs the platform; if it stands still, it is killed, and this is where; null if it ran to its end. */
    private String run(Path platform, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), SwappingProcess.class.getName(), platform.toString()));
        command.addAll(List.of(args));
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            if (line == null) {
                process.waitFor(10, TimeUnit.SECONDS);
            }
            assertNotNull(line, () -> read(errors));
            if (line.equals(SwappingProcess.DONE)) {
                process.waitFor();
                return null;
            }
            return line.substring(SwappingProcess.STANDS.length());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
