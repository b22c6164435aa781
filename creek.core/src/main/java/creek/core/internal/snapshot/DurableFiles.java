package creek.core.internal.snapshot;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Changes of folders that survive the loss of power. */
public final class DurableFiles {
    private DurableFiles() {
    }

    /** Makes a folder and those above it. */
    public static void createFolder(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (!Files.isDirectory(absolute)) {
            if (absolute.getParent() != null) {
                createFolder(absolute.getParent());
            }
            Files.createDirectories(absolute);
            syncFolder(absolute.getParent());
        }
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
