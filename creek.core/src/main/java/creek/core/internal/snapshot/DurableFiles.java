package creek.core.internal.snapshot;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Changes of folders that survive the loss of power. What is made is for its owner alone, where the file system knows owners: state may hold
 * secrets.
 */
public final class DurableFiles {
    private static final String POSIX = "posix";

    private DurableFiles() {
    }

    /** Makes a folder and those above it that are missing. */
    public static void createFolder(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (!Files.isDirectory(absolute)) {
            if (absolute.getParent() != null) {
                createFolder(absolute.getParent());
            }
            try {
                Files.createDirectory(absolute, forOwner(absolute, "rwx------"));
            } catch (FileAlreadyExistsException e) {
                // somebody else was faster, or there is a file of that name
                if (!Files.isDirectory(absolute)) {
                    throw e;
                }
            }
            syncFolder(absolute.getParent());
        }
    }

    /** Makes an empty file in place of what has that name, never where a link of that name leads to. Its name is not durable yet. */
    static FileChannel newFile(Path file) throws IOException {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(file);
        }
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), forOwner(file, "rw-------"));
    }

    private static FileAttribute<?>[] forOwner(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains(POSIX)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    /** Gives a file or folder another name in the same folder, in place of what has that name. */
    public static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncFolderOf(to);
    }

    /** Has it survive that entries of the folder of that file were made, renamed or removed. */
    public static void syncFolderOf(Path file) throws IOException {
        syncFolder(file.toAbsolutePath().getParent());
    }

    private static void syncFolder(Path folder) throws IOException {
        // Windows keeps folders by itself and lets nobody open them.
        if (folder != null && File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
