package creek.sql.internal.udf;

import creek.udf.api.UserDefinedFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** A jar with functions: its files, and classes that see each other, the functions' contract and the JDK. */
public final class FunctionJar extends ClassLoader {
    private final Path path;
    private final Map<String, byte[]> files = new TreeMap<>();

    /** @throws IOException if the file can't be read or is no jar */
    public FunctionJar(Path path) throws IOException {
        super(UserDefinedFunction.class.getClassLoader());
        this.path = path;
        try (JarFile jar = new JarFile(path.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (!entry.isDirectory() && !name.startsWith("META-INF/") && !name.equals("module-info.class")) {
                    files.put(name, jar.getInputStream(entry).readAllBytes());
                }
            }
        }
    }

    public Path path() {
        return path;
    }

    /** All files but manifest and signatures, by name: what a job takes with it. */
    public Map<String, byte[]> files() {
        return files;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = files.get(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
