package creek.swaps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Class loaders of bundles that were swapped, each held weakly. */
final class Loaders {
    private static final int ROUNDS = 1200;

    private final Map<String, List<WeakReference<ClassLoader>>> loaders = new LinkedHashMap<>();

    /** Takes down what a bundle is loaded by now. */
    void add(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        loaders.computeIfAbsent(bundle.getSymbolicName(), name -> new ArrayList<>()).add(new WeakReference<>(wiring.getClassLoader()));
    }

    /** After a collection, so many versions of each bundle are in memory. */
    void assertAlive(int count) throws InterruptedException {
        for (int i = 0; i < ROUNDS && loaders.values().stream().anyMatch(all -> alive(all) > count); i++) {
            System.gc();
            Thread.sleep(50);
        }
        loaders.forEach((name, all) -> assertEquals(count, alive(all), () -> "class loaders of " + name + ": " + places(all)));
    }

    /** Which of them are alive, for messages. */
    private static List<Integer> places(List<WeakReference<ClassLoader>> all) {
        return IntStream.range(0, all.size()).filter(i -> all.get(i).get() != null).boxed().toList();
    }

    private static long alive(List<WeakReference<ClassLoader>> all) {
        return all.stream().filter(each -> each.get() != null).count();
    }
}
