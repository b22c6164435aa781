package creek.core.internal.swap;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import org.junit.jupiter.api.Test;

class RecordLinkageTest {
    /** A bundle's: it has the record as a class of its own. */
    private static final class Loader extends ClassLoader {
        private Class<?> record() throws Exception {
            String name = VendorRecord.class.getName();
            try (InputStream content = VendorRecord.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                byte[] bytes = content.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }

    @Test
    void when_recordsOfABundleWereUsed_then_itsClassLoaderIsNotHeld() throws Exception {
        WeakReference<ClassLoader> loader = useRecord();
        RecordLinkage.letGo();
        for (int i = 0; i < 1000 && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(loader.get());
    }

    private static WeakReference<ClassLoader> useRecord() throws Exception {
        Class<?> type = new Loader().record();
        Constructor<?> constructor = type.getDeclaredConstructor(type);
        constructor.setAccessible(true);
        Object one = constructor.newInstance(new Object[] {null});
        Object other = constructor.newInstance(one);
        assertNotEquals(one, other);
        assertNotEquals(one.hashCode(), other.toString().hashCode());
        return new WeakReference<>(type.getClassLoader());
    }
}

record VendorRecord(VendorRecord part) {
}
