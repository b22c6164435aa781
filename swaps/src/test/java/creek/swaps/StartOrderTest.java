package creek.swaps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/**
 * Engine, connector, function, backend and job are started in every order ({@code swaps.long}; otherwise a dozen): in the end the job runs, and until then
 * it waits and names what is missing.
 */
@Timeout(1200)
class StartOrderTest {
    private static final String JOB = "gateway";
    private static final String SETTINGS = "SET 'execution.checkpointing.interval' = '100 ms';\nSET 'state.backend.type' = 'xodus';";
    /** What a waiting job must call each of them. */
    private static final Map<String, String> NAMES = Map.of(Jars.FILE, "filesystem", Jars.FUNCTIONS, "SCALE", Jars.XODUS, "xodus");
    private static final int SOME = 12;

    @TempDir
    private Path folder;

    @Test
    void theOrderOfStartsDoesNotMatter() throws Exception {
        Readings readings = new Readings(folder.resolve("data"), JOB, 2000, 7);
        try (TestPlatform platform = new TestPlatform(folder.resolve("platform"))) {
            Bundle job = platform.installJob(JOB, readings.script(SETTINGS));
            List<Bundle> parts = List.of(platform.bundle(TestPlatform.ENGINE), platform.bundle(Jars.FILE), platform.bundle(Jars.FUNCTIONS),
                    platform.bundle(Jars.XODUS), job);
            List<List<Bundle>> orders = new ArrayList<>();
            permute(new ArrayList<>(parts), 0, orders);
            Collections.shuffle(orders, new Random(Long.getLong("swaps.seed", 1)));
            for (List<Bundle> order : Boolean.getBoolean("swaps.long") ? orders : orders.subList(0, SOME)) {
                for (Bundle each : parts) {
                    each.stop();
                }
                readings.clear();
                Readings.delete(platform.jobs());
                Files.createDirectories(platform.jobs());
                check(platform, readings, order);
            }
        }
    }

    private static void check(TestPlatform platform, Readings readings, List<Bundle> order) throws Exception {
        for (int i = 0; i < order.size(); i++) {
            order.get(i).start();
            List<Bundle> started = order.subList(0, i + 1);
            boolean isKnown = started.stream().filter(each -> !NAMES.containsKey(each.getSymbolicName())).count() == 2;
            if (isKnown && i < order.size() - 1) {
                platform.awaitState(JOB, "WAITING");
                String why = platform.why(JOB);
                List<String> missing = order.subList(i + 1, order.size()).stream().map(Bundle::getSymbolicName).map(NAMES::get).toList();
                assertTrue(missing.stream().allMatch(why::contains), () -> "waits for " + missing + " and says: " + why + ", in the order " + order);
            }
        }
        platform.awaitState(JOB, "FINISHED");
        assertEquals("", readings.difference(), () -> "in the order " + order);
    }

    private static void permute(List<Bundle> parts, int from, List<List<Bundle>> orders) {
        if (from == parts.size()) {
            orders.add(List.copyOf(parts));
        }
        for (int i = from; i < parts.size(); i++) {
            Collections.swap(parts, from, i);
            permute(parts, from + 1, orders);
            Collections.swap(parts, from, i);
        }
    }
}
