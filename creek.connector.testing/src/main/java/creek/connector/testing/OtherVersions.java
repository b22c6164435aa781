package creek.connector.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.connector.Connector;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Copies of a connector whose classes are others, as those of another version of its bundle are. */
final class OtherVersions {
    private static final int ATTEMPTS = 1200;
    private static final long PAUSE_MILLIS = 50;

    private final String className;
    private final URL location;
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    OtherVersions(Connector connector) {
        className = connector.getClass().getName();
        location = connector.getClass().getProtectionDomain().getCodeSource().getLocation();
    }

    /** One more copy, of a class loader of its own. */
    Connector next() throws ReflectiveOperationException {
        ClassLoader loader = new CopyLoader(location, getClass().getClassLoader());
        loaders.add(new WeakReference<>(loader));
        Class<?> type = Class.forName(className, true, loader);
        if (type.getClassLoader() != loader) {
            throw new AssertionError("the classes of " + className + " are not at " + location);
        }
        return (Connector) type.getConstructor().newInstance();
    }

    /** Checks that nothing holds any of the copies any more. Waits for the garbage collector, for some seconds at most. */
    void assertGone() throws InterruptedException {
        for (int i = 0; i < ATTEMPTS && alive() > 0; i++) {
            System.gc();
            Thread.sleep(PAUSE_MILLIS);
        }
        assertEquals(0, alive(), () -> "the class loaders of versions that were closed are still held: by a thread, a static field, a hook, "
                + "or by the JDK, which keeps the class of the record whose equals() was first called last");
    }

    private long alive() {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    /** Has the connector's classes itself, and shares the contract's and all others with its parent. */
    private static final class CopyLoader extends URLClassLoader {
        CopyLoader(URL location, ClassLoader parent) {
            super(new URL[] {location}, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("creek.core.") || name.startsWith("creek.udf.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && findResource(name.replace('.', '/') + ".class") != null) {
                    loaded = findClass(name);
                }
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
        }
    }
}
