package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundle as it is shipped, in a framework in which it sees nothing but the JDK and the engine. */
@Timeout(300)
class XodusInFelixIT {
    private static final String BUNDLES =
            ".*(org\\.osgi\\.util\\.(function|promise)|org\\.osgi\\.service\\.component|felix\\.scr|creek\\.udf\\.api|creek\\.core)-[\\d.]+jar";
    private static final Path JAR = Path.of(System.getProperty("creek.xodus.jar", "none"));

    @TempDir
    private Path folder;
    private Framework framework;
    private Bundle xodus;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("felix").toString(),
                "creek.jobs.folder", folder.resolve("jobs").toString()));
        framework.start();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (path.matches(BUNDLES)) {
                framework.getBundleContext().installBundle(Path.of(path).toUri().toString());
            }
        }
        xodus = framework.getBundleContext().installBundle(JAR.toUri().toString());
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            bundle.start();
        }
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(60_000);
    }

    @Test
    void when_theBundleIsUpdatedAgainAndAgain_then_theStateStaysAndNothingOfItIsLeft() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            loaders.add(use(i));
            for (int wait = 0; wait < 1200 && threads() > 0; wait++) {
                Thread.sleep(50);
            }
            assertEquals(0, threads());
            if (i == 2) {
                xodus.stop();
                xodus.start();
            }
            try (InputStream content = Files.newInputStream(JAR)) {
                xodus.update(content);
            }
            refresh();
        }
        use(4);
        for (int i = 0; i < 1200 && loaders.stream().anyMatch(loader -> loader.get() != null); i++) {
            System.gc();
            Thread.sleep(50);
        }
        assertFalse(loaders.stream().anyMatch(loader -> loader.get() != null), "classes of a former version are still held");
    }

    /** Opens the store, finds what was put last and puts the next; the loader of the classes that did that. */
    private WeakReference<ClassLoader> use(int number) throws Exception {
        BundleContext context = framework.getBundleContext();
        ServiceReference<?> reference = null;
        for (ServiceReference<?> each : context.getAllServiceReferences("creek.core.state.StateBackend", null)) {
            reference = each.getBundle() == xodus ? each : reference;
        }
        Object backend = xodus.getBundleContext().getService(reference);
        Class<?> options = xodus.loadClass("creek.core.option.Options");
        Class<?> storeType = xodus.loadClass("creek.core.state.StateStore");
        Class<?> checkpointType = xodus.loadClass("creek.core.state.StateStore$Checkpoint");
        Method open = xodus.loadClass("creek.core.state.StateBackend").getMethod("open", Path.class, options);
        Object store = open.invoke(backend, folder.resolve("store"), options.getMethod("of", Map.class).invoke(null, Map.of()));
        byte[] key = {1};
        assertArrayEquals(number == 1 ? null : new byte[] {(byte) (number - 1)}, (byte[]) storeType.getMethod("get", byte[].class).invoke(store, key));
        Object checkpoint = storeType.getMethod("begin", long.class).invoke(store, (long) number);
        checkpointType.getMethod("put", byte[].class, byte[].class).invoke(checkpoint, key, new byte[] {(byte) number});
        checkpointType.getMethod("complete").invoke(checkpoint);
        storeType.getMethod("close").invoke(store);
        xodus.getBundleContext().ungetService(reference);
        return new WeakReference<>(xodus.adapt(BundleWiring.class).getClassLoader());
    }

    private void refresh() throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(xodus), event -> refreshed.countDown());
        refreshed.await(60, TimeUnit.SECONDS);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("xodus") || thread.getName().contains("JobProcessor")).count();
    }
}
