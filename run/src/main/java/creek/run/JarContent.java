package creek.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.BundleException;
import org.osgi.framework.connect.ConnectContent;

/** A jar of the class path as the content of a bundle: headers and entries from the file, classes from our own class loader. */
final class JarContent implements ConnectContent {
    private static final String CLASS = ".class";

    private final JarFile jar;
    private final String prefix;
    private final Map<String, String> headers = new HashMap<>();
    /** What is there beside classes; null until somebody asks. */
    private List<String> entries;

    /** @param prefix what the names of the bundle's entries begin with in the jar; classes are elsewhere on the class path */
    JarContent(JarFile jar, String prefix) throws IOException {
        this.jar = jar;
        this.prefix = prefix;
        try (InputStream manifest = jar.getInputStream(jar.getEntry(prefix + JarFile.MANIFEST_NAME))) {
            new Manifest(manifest).getMainAttributes().forEach((name, value) -> headers.put(name.toString(), value.toString()));
        }
    }

    /** A jar that is one bundle. */
    static JarContent of(Path file) throws IOException, BundleException {
        if (!Files.isRegularFile(file)) {
            throw new BundleException("there is no bundle " + file + ": build it with 'mvn package'", BundleException.READ_ERROR);
        }
        return new JarContent(new JarFile(file.toFile(), false), "");
    }

    @Override
    public Optional<Map<String, String>> getHeaders() {
        return Optional.of(headers);
    }

    /** All entries but classes, which make up most of a jar and are found by the class loader: Declarative Services goes through them for each component. */
    @Override
    public synchronized Iterable<String> getEntries() {
        if (entries == null) {
            List<String> names = new ArrayList<>();
            for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements();) {
                String name = all.nextElement().getName();
                if (name.startsWith(prefix) && !name.endsWith(CLASS)) {
                    names.add(name.substring(prefix.length()));
                }
            }
            entries = List.copyOf(names);
        }
        return entries;
    }

    @Override
    public Optional<ConnectEntry> getEntry(String path) {
        return Optional.ofNullable(jar.getJarEntry(prefix + path)).map(Entry::new);
    }

    @Override
    public Optional<ClassLoader> getClassLoader() {
        return Optional.of(JarContent.class.getClassLoader());
    }

    @Override
    public void open() {
        // open from the start
    }

    @Override
    public void close() {
        // the framework closes and opens contents as it resolves; the process ends soon
    }

    private final class Entry implements ConnectEntry {
        private final JarEntry entry;

        Entry(JarEntry entry) {
            this.entry = entry;
        }

        @Override
        public String getName() {
            return entry.getName().substring(prefix.length());
        }

        @Override
        public long getContentLength() {
            return entry.getSize();
        }

        @Override
        public long getLastModified() {
            return entry.getTime();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return jar.getInputStream(entry);
        }
    }
}
