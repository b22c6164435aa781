package creek.swaps;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.osgi.framework.Bundle;

/** Installs, updates, stops, starts and removes versions of the connector, the functions and the backend at random; one of each is always there. */
final class RandomChanges {
    private static final List<String> NAMES = List.of(Jars.FILE, Jars.FUNCTIONS, Jars.XODUS);
    private static final int MOST_BESIDE = 3;

    private final TestPlatform platform;
    private final Random random;
    private final Loaders loaders;
    private final List<String> done = new ArrayList<>();
    private int version;

    /** @param firstVersion of those that come, so that two platforms on one folder give no version twice */
    RandomChanges(TestPlatform platform, Random random, Loaders loaders, int firstVersion) {
        this.platform = platform;
        this.random = random;
        this.loaders = loaders;
        version = firstVersion;
    }

    /** What was done so far. */
    List<String> done() {
        return done;
    }

    /** Changes something. */
    void next() throws Exception {
        String name = NAMES.get(random.nextInt(NAMES.size()));
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
            // a kill may have come between its last stop and start
            one.start();
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

    /** One version alone of each stays. */
    void tidyUp() throws Exception {
        for (String name : NAMES) {
            List<Bundle> there = platform.bundles(name);
            for (Bundle each : there.subList(1, there.size())) {
                platform.uninstall(each);
            }
            platform.update(there.get(0), Jars.version(name, "2.0." + ++version));
            there.get(0).start();
            loaders.add(there.get(0));
            assertTrue(there.get(0).getState() == Bundle.ACTIVE, name);
        }
    }
}
