package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend that is let go of leaves nothing behind that would hold its classes: no thread, no static thing of the JDK's. */
class UnloadTest {
    private static final int LOADERS = 4;
    private static final int STORES = 12;

    @TempDir Path folder;

    @Test
    void when_storesWereOpenedAndClosed_then_theClassesCanBeUnloaded() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < LOADERS; i++) {
            loaders.add(use(folder.resolve(Integer.toString(i))));
        }
        // A collection may leave soft references at first.
        for (int i = 0; i < 1200 && loaded(loaders) > 0; i++) {
            System.gc();
            Thread.sleep(50);
        }
        assertEquals(0, loaded(loaders));
    }

    private static long loaded(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    private static WeakReference<ClassLoader> use(Path store) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(new File(entry).toURI().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> options = loader.loadClass("creek.core.option.Options");
            Object defaults = options.getMethod("of", Map.class).invoke(null, Map.of());
            Class<?> backend = loader.loadClass("creek.state.xodus.XodusBackend");
            Object instance = backend.getConstructor().newInstance();
            Class<?> storeType = loader.loadClass("creek.core.state.StateStore");
            Class<?> checkpointType = loader.loadClass("creek.core.state.StateStore$Checkpoint");
            for (long i = 1; i <= STORES; i++) {
                Object open = backend.getMethod("open", Path.class, options).invoke(instance, store, defaults);
                Object checkpoint = storeType.getMethod("begin", long.class).invoke(open, i);
                checkpointType.getMethod("put", byte[].class, byte[].class).invoke(checkpoint, new byte[] {1}, new byte[] {(byte) i});
                checkpointType.getMethod("complete").invoke(checkpoint);
                storeType.getMethod("close").invoke(open);
            }
            return new WeakReference<>(loader);
        }
    }
}
