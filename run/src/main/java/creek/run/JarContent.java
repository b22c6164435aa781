package creek.run;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.osgi.framework.connect.ConnectContent;

/** A jar of the class path as the content of a bundle: headers and entries from the file, classes from our own class loader. */
final class JarContent implements ConnectContent {
    private final JarFile jar;
    private final Map<String, String> headers = new HashMap<>();

    JarContent(File file) throws IOException {
        jar = new JarFile(file, false);
        jar.getManifest().getMainAttributes().forEach((name, value) -> headers.put(name.toString(), value.toString()));
    }

    @Override
    public Optional<Map<String, String>> getHeaders() {
        return Optional.of(headers);
    }

    @Override
    public Iterable<String> getEntries() {
        return () -> jar.stream().map(JarEntry::getName).iterator();
    }

    @Override
    public Optional<ConnectEntry> getEntry(String path) {
        return Optional.ofNullable(jar.getJarEntry(path)).map(Entry::new);
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
            return entry.getName();
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
