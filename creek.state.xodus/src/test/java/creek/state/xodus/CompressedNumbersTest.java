package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Random;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.log.CompressedUnsignedLongByteIterable;
import jetbrains.exodus.util.LightOutputStream;
import org.junit.jupiter.api.Test;

/** Our stand-in for a class of Xodus's against the class itself. */
class CompressedNumbersTest {
    @Test
    void bytesAndNumbersAreThoseOfXodusItself() throws Exception {
        try (URLClassLoader original = new Original()) {
            Class<?> theirs = original.loadClass(CompressedUnsignedLongByteIterable.class.getName());
            Method iterable = theirs.getMethod("getIterable", long.class);
            Method size = theirs.getMethod("getCompressedSize", long.class);
            Random random = new Random(7);
            for (int i = 0; i < 20_000; i++) {
                long value = i < 2_000 ? i * 33L : random.nextLong() >>> random.nextInt(1, 64);
                ByteIterable expected = (ByteIterable) iterable.invoke(null, value);
                ByteIterable found = CompressedUnsignedLongByteIterable.getIterable(value);
                LightOutputStream filled = new LightOutputStream();
                CompressedUnsignedLongByteIterable.fillBytes(value, filled);
                assertEquals(0, expected.compareTo(found), "bytes of " + value);
                assertEquals(0, expected.compareTo(filled.asArrayByteIterable()), "filled bytes of " + value);
                assertEquals(value, CompressedUnsignedLongByteIterable.getLong(found));
                assertEquals((int) (value & Integer.MAX_VALUE), CompressedUnsignedLongByteIterable.getInt(
                        CompressedUnsignedLongByteIterable.getIterable(value & Integer.MAX_VALUE)));
                assertEquals(size.invoke(null, value), CompressedUnsignedLongByteIterable.getCompressedSize(value));
            }
        }
    }

    /** Finds the class in Xodus's own jar first. */
    private static final class Original extends URLClassLoader {
        Original() {
            super(new URL[] {Environment.class.getProtectionDomain().getCodeSource().getLocation(),
                    jetbrains.exodus.env.EnvironmentImpl.class.getProtectionDomain().getCodeSource().getLocation()},
                    CompressedNumbersTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(CompressedUnsignedLongByteIterable.class.getName())) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
