package creek.command.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/** Compiled classes of the tests, as a class path in memory. */
final class ClassFiles {
    private ClassFiles() {
    }

    /** The files of these classes, by name. */
    static Map<String, byte[]> of(Class<?>... classes) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Class<?> each : classes) {
            String file = each.getName().replace('.', '/') + ".class";
            try (InputStream content = each.getClassLoader().getResourceAsStream(file)) {
                files.put(file, content.readAllBytes());
            }
        }
        return files;
    }

    /** Loads from these files first. */
    static ClassLoader loader(Map<String, byte[]> files) {
        return new ClassLoader(ClassFiles.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                byte[] code = files.get(name.replace('.', '/') + ".class");
                if (code == null) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known != null ? known : defineClass(name, code, 0, code.length);
            }
        };
    }
}
