package creek.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.Set;

/**
 * Which content of which file of the deploy folder is installed, by bundle location. Kept with the framework's own memory of bundles, so that both are lost
 * together or not at all. A crash between a change of a bundle and the note of it has the same change made again.
 */
final class Ledger {
    private final Path file;
    private final Properties digests = new Properties();

    Ledger(Path file) {
        this.file = file;
    }

    /** Reads what was noted before; without it, all files are taken as new. */
    void read() throws IOException {
        if (Files.exists(file)) {
            try (InputStream input = Files.newInputStream(file)) {
                digests.load(input);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " is damaged: " + e.getMessage(), e);
            }
        }
    }

    boolean has(String location, String digest) {
        return digest.equals(digests.getProperty(location));
    }

    Set<String> locations() {
        return digests.stringPropertyNames();
    }

    void put(String location, String digest) throws IOException {
        digests.setProperty(location, digest);
        write();
    }

    void remove(String location) throws IOException {
        if (digests.remove(location) != null) {
            write();
        }
    }

    private void write() throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
                OutputStream output = Channels.newOutputStream(channel)) {
            digests.store(output, null);
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
