package creek.swaps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/**
 * Twenty jobs, half of them with checkpoints and half of them of two subtasks, run while bundles are installed, updated, stopped, started and removed at
 * random: none fails, each one's output is that of an undisturbed run, and no loader, thread or file of what was replaced is left. A job that has ended begins
 * again.
 */
@Timeout(3600)
class RandomSwapsTest {
    private static final int JOBS = 20;
    private static final int ROWS = 3000;
    private static final List<String> SETTINGS = List.of("SET 'execution.checkpointing.interval' = '500 ms';\nSET 'state.backend.type' = 'xodus';", "",
            "SET 'execution.checkpointing.interval' = '200 ms';" + Readings.PARALLEL, Readings.PARALLEL);

    @TempDir
    private Path folder;
    private final Random random = new Random(Long.getLong("swaps.seed", 1));
    private final Map<Bundle, Readings> jobs = new LinkedHashMap<>();
    private final Loaders loaders = new Loaders();
    private RandomChanges changes;
    private int finished;

    @AfterEach
    void hurry() {
        Pace.none();
    }

    @Test
    void whateverComesAndGoes_noJobNotices() throws Exception {
        long seconds = Long.getLong("swaps.seconds", 30);
        try (TestPlatform platform = new TestPlatform(folder.resolve("platform"))) {
            for (int i = 0; i < JOBS; i++) {
                Readings readings = new Readings(folder.resolve("data" + i), "job" + i, ROWS, i);
                jobs.put(platform.installJob(readings.name(), readings.script(SETTINGS.get(i % SETTINGS.size()))), readings);
            }
            changes = new RandomChanges(platform, random, loaders, 0);
            Traces before = Traces.of(folder);
            Pace.slow();
            for (Bundle job : jobs.keySet()) {
                job.start();
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() - end < 0) {
                changes.next();
                for (Map.Entry<Bundle, Readings> job : jobs.entrySet()) {
                    if (isOver(platform, job.getValue())) {
                        beginAgain(platform, job.getKey(), job.getValue());
                    }
                }
                Thread.sleep(random.nextInt(100));
            }
            Pace.none();
            changes.tidyUp();
            for (Readings readings : jobs.values()) {
                TestPlatform.await(() -> isOver(platform, readings), () -> readings.name() + " does not end:\n" + String.join("\n", changes.done())
                        + platform.text(readings.name()));
            }
            System.out.println(changes.done().size() + " changes in " + seconds + " s, " + finished + " jobs came to their end, " + platform.swaps().size() + " switches");
            for (Bundle job : jobs.keySet()) {
                job.stop();
            }
            loaders.assertAlive(1);
            before.assertNothingMore();
        }
    }

    /** Whether a job has come to its end, with the right output. */
    private boolean isOver(TestPlatform platform, Readings readings) throws Exception {
        String state = platform.state(readings.name());
        assertFalse(state.equals("FAILED") || state.equals("STOPPED"), () -> readings.name() + ": " + state + ", "
                + String.join("\n", changes.done()) + platform.text(readings.name()));
        if (!state.equals("FINISHED")) {
            return false;
        }
        assertEquals("", readings.difference(), () -> readings.name() + "\n" + String.join("\n", changes.done()) + platform.text(readings.name()));
        finished++;
        return true;
    }

    /** Forgets that it has come to its end. */
    private void beginAgain(TestPlatform platform, Bundle job, Readings readings) throws Exception {
        job.stop();
        Readings.delete(platform.jobs().resolve(readings.name()));
        readings.clear();
        job.start();
    }
}
