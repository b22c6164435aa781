package creek.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of the framework's that goes when the command ends. One whose command was killed goes when the next one starts: a lock that is held as long as a
 * command lives tells them apart.
 */
final class TemporaryFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    /** A folder may be younger than the lock in it; nothing as young as this is taken for abandoned. */
    private static final long YOUNG_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final Path folder;
    private final FileChannel lock;

    TemporaryFolder() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        // The JDK's own createTempDirectory starts up its security providers first; the name need not be secret, only new.
        folder = Files.createDirectory(parent.resolve("creek-" + ProcessHandle.current().pid() + "-" + System.nanoTime()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        removeAbandoned(parent);
    }

    /** Where the framework may keep what it likes. */
    Path path() {
        return folder.resolve("framework");
    }

    private void removeAbandoned(Path parent) {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, "creek-*-*")) {
            PosixFileAttributes own = attributes(folder);
            for (Path other : others) {
                removeIfAbandoned(other, own);
            }
        } catch (IOException | UncheckedIOException e) {
            // is left to the next command
        }
    }

    private static void removeIfAbandoned(Path other, PosixFileAttributes own) {
        try {
            // What others may write to could turn into a link to elsewhere while it is being deleted.
            PosixFileAttributes attributes = attributes(other);
            if (!attributes.isDirectory() || !attributes.owner().equals(own.owner()) || !attributes.permissions().equals(own.permissions())
                    || attributes.lastModifiedTime().toMillis() > own.lastModifiedTime().toMillis() - YOUNG_MILLIS) {
                return;
            }
            try (FileChannel held = FileChannel.open(other.resolve(LOCK), StandardOpenOption.WRITE)) {
                if (held.tryLock() != null) {
                    delete(other);
                }
            }
        } catch (IOException e) {
            // another's, or going already
        }
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void delete(Path tree) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(tree)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException {
        delete(folder);
        lock.close();
    }
}
