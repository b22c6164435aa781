package creek.swaps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;

/**
 * While a job reads readings through windows and a function into files, its connector, its function and its state backend are updated, and switched side
 * by side, time after time: the output is that of an undisturbed run, and nothing is left of what was replaced.
 */
@Timeout(7200)
class UnderLoadTest {
    private static final boolean LONG = Boolean.getBoolean("swaps.long");
    private static final int ROWS = Integer.getInteger("swaps.rows", 300_000);
    private static final int UPDATES = LONG ? 100 : 10;
    /** What goes another way without checkpoints is the sink's alone. */
    private static final int UPDATES_WITHOUT_STATE = LONG ? 100 : 3;
    private static final int BACKENDS = LONG ? 20 : 3;
    private static final String JOB = "gateway";
    private static final String CHECKPOINTS = "SET 'execution.checkpointing.interval' = '100 ms';\nSET 'state.backend.type' = 'xodus';\n";

    @TempDir
    private Path folder;
    private final Loaders loaders = new Loaders();
    private final Map<String, Integer> starts = new TreeMap<>();
    private int version;
    private long begun;

    @AfterEach
    void hurry() {
        Pace.none();
    }

    @ParameterizedTest
    @ValueSource(strings = {CHECKPOINTS, "", CHECKPOINTS + Readings.PARALLEL, Readings.PARALLEL})
    void swapsUnderLoad_loseNothing(String settings) throws Exception {
        Readings readings = new Readings(folder.resolve("data"), JOB, ROWS, 7);
        try (TestPlatform platform = new TestPlatform(folder.resolve("platform"))) {
            Traces before = Traces.of(folder);
            Pace.slow();
            Bundle job = platform.installJob(JOB, readings.script(settings));
            job.start();
            platform.awaitState(JOB, "RUNNING");
            BundleListener listener = event -> {
                if (event.getType() == BundleEvent.STARTED) {
                    starts.merge(event.getBundle().getSymbolicName(), 1, Integer::sum);
                }
            };
            platform.context().addBundleListener(listener);
            begun = System.nanoTime();
            List<String> work = work(settings.contains(CHECKPOINTS));
            for (int i = 0; i < work.size(); i++) {
                assertTrue(Pace.isKept(platform, JOB, (long) ROWS * i / work.size()), "the job has ended before all was swapped");
                String[] what = work.get(i).split(" ");
                if (what[0].equals("update")) {
                    update(platform, what[1]);
                } else {
                    beside(platform, what[1]);
                }
            }
            Pace.none();
            long millis = (System.nanoTime() - begun) / 1_000_000;
            platform.awaitState(JOB, "FINISHED");
            assertEquals("", readings.difference());
            System.out.println(work.size() + " swaps under load in " + millis + " ms, " + (settings.contains(CHECKPOINTS) ? "with" : "without")
                    + " checkpoints" + (settings.contains(Readings.PARALLEL) ? ", in two subtasks" : ""));
            platform.context().removeBundleListener(listener);
            starts.keySet().removeAll(List.of(Jars.FILE, Jars.FUNCTIONS, Jars.XODUS));
            assertEquals(Map.of(), starts, "bundles that nobody swapped were started");
            platform.uninstall(job);
            loaders.assertAlive(1);
            before.assertNothingMore();
        }
    }

    /** What is to be done, mixed. */
    private static List<String> work(boolean hasState) {
        List<String> work = new ArrayList<>();
        for (int i = 0; i < (hasState ? UPDATES : UPDATES_WITHOUT_STATE); i++) {
            work.add("update " + Jars.FILE);
            work.add("update " + Jars.FUNCTIONS);
            work.add("beside " + (i % 2 == 0 ? Jars.FILE : Jars.FUNCTIONS));
            if (hasState && i % (UPDATES / BACKENDS) == 1) {
                work.add("update " + Jars.XODUS);
            }
        }
        return work;
    }

    private void update(TestPlatform platform, String name) throws Exception {
        Bundle bundle = platform.bundle(name);
        platform.update(bundle, Jars.version(name, "1.1." + ++version));
        loaders.add(bundle);
        platform.awaitUse(JOB, bundle);
    }

    private void beside(TestPlatform platform, String name) throws Exception {
        Bundle old = platform.bundle(name);
        Bundle newer = platform.install("test:" + name + ":" + ++version, Jars.version(name, "1.1." + version));
        newer.start();
        loaders.add(newer);
        platform.awaitUse(JOB, newer);
        platform.uninstall(old);
        assertTrue(platform.uses(JOB, newer), () -> "an old version's end is noticed");
    }
}
