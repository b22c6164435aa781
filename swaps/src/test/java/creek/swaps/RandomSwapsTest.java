package creek.swaps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
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
 * Twenty jobs, half of them with checkpoints, run while bundles are installed, updated, stopped, started and removed at random: none fails, each one's output
 * is that of an undisturbed run, and no loader, thread or file of what was replaced is left. A job that has ended begins again.
 */
@Timeout(3600)
class RandomSwapsTest {
    private static final int JOBS = 20;
    private static final int ROWS = 3000;
    private static final List<String> SETTINGS = List.of("SET 'execution.checkpointing.interval' = '500 ms';\nSET 'state.backend.type' = 'xodus';", "",
            "SET 'execution.checkpointing.interval' = '200 ms';", "");
    private static final List<String> NAMES = List.of(Jars.FILE, Jars.FUNCTIONS, Jars.XODUS);
    private static final int MOST_BESIDE = 3;

    @TempDir
    private Path folder;
    private final Random random = new Random(Long.getLong("swaps.seed", 1));
    private final Map<Bundle, Readings> jobs = new LinkedHashMap<>();
    private final Loaders loaders = new Loaders();
    private final List<String> done = new ArrayList<>();
    private int version;
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
            Traces before = Traces.of(folder);
            Pace.slow();
            for (Bundle job : jobs.keySet()) {
                job.start();
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() - end < 0) {
                change(platform, NAMES.get(random.nextInt(NAMES.size())));
                for (Map.Entry<Bundle, Readings> job : jobs.entrySet()) {
                    if (isOver(platform, job.getValue())) {
                        beginAgain(platform, job.getKey(), job.getValue());
                    }
                }
                Thread.sleep(random.nextInt(100));
            }
            Pace.none();
            for (String name : NAMES) {
                tidyUp(platform, name);
            }
            for (Readings readings : jobs.values()) {
                TestPlatform.await(() -> isOver(platform, readings), () -> readings.name() + " does not end:\n" + String.join("\n", done)
                        + platform.text(readings.name()));
            }
            System.out.println(done.size() + " changes in " + seconds + " s, " + finished + " jobs came to their end, " + platform.swaps().size() + " switches");
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
                + String.join("\n", done) + platform.text(readings.name()));
        if (!state.equals("FINISHED")) {
            return false;
        }
        assertEquals("", readings.difference(), () -> readings.name() + "\n" + String.join("\n", done) + platform.text(readings.name()));
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

    private void change(TestPlatform platform, String name) throws Exception {
        List<Bundle> there = platform.bundles(name);
        Bundle one = there.get(random.nextInt(there.size()));
        int what = random.nextInt(5);
        if (what < 2 && there.size() < MOST_BESIDE) {
            Bundle newer = platform.install("test:" + name + ":" + ++version, Jars.version(name, "1." + random.nextInt(5) + "." + version));
            newer.start();
            loaders.add(newer);
            done.add("beside " + newer + " [" + newer.getBundleId() + "]");
        } else if (what == 2) {
            platform.update(one, Jars.version(name, "1." + random.nextInt(5) + "." + ++version));
            loaders.add(one);
            done.add("update " + one + " [" + one.getBundleId() + "]");
        } else if (what == 3) {
            one.stop();
            Thread.sleep(random.nextInt(50));
            one.start();
            done.add("stop and start " + one + " [" + one.getBundleId() + "]");
        } else if (there.size() > 1) {
            done.add("uninstall " + one + " [" + one.getBundleId() + "]");
            platform.uninstall(one);
        }
    }

    /** One version alone stays. */
    private void tidyUp(TestPlatform platform, String name) throws Exception {
        List<Bundle> there = platform.bundles(name);
        for (Bundle each : there.subList(1, there.size())) {
            platform.uninstall(each);
        }
        platform.update(there.get(0), Jars.version(name, "2.0." + ++version));
        loaders.add(there.get(0));
        assertTrue(there.get(0).getState() == Bundle.ACTIVE, name);
    }
}
