package creek.connector.file;

import creek.core.data.BinaryReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Puts in order what a writer left that was not closed: makes final what belongs to the last checkpoint, as it was then, and removes the rest of its
 * parts. What other writers left is not touched: in the job's own folder there is a note of who wrote last.
 */
final class PartRecovery {
    private static final String NOTE = "writer";

    private final Path base;
    private final Path folder;

    /**
     * @param base   of the table
     * @param folder of this table in its job
     */
    PartRecovery(Path base, Path folder) {
        this.base = base;
        this.folder = folder;
    }

    /** Makes the parts of a checkpoint final. */
    void commit(List<BinaryReader> pending) throws IOException {
        Map<PartName, PartCommit.Entry> last = new LinkedHashMap<>();
        for (BinaryReader commit : pending) {
            for (PartCommit.Entry entry : read(commit)) {
                // A folder may have been moved as a whole; otherwise the parts are where they were, whatever the table's path is now.
                PartName name = new PartName(Files.isDirectory(entry.base()) ? entry.base() : base, entry.path());
                if (!name.isValid()) {
                    throw new IOException("what is known of unfinished parts is damaged: '" + entry.path() + "' is not the name of one");
                }
                last.put(name, entry);
            }
        }
        for (Map.Entry<PartName, PartCommit.Entry> part : last.entrySet()) {
            if (Files.exists(part.getKey().hidden())) {
                commit(part.getKey(), part.getValue());
            }
            // Otherwise it is final already; perhaps somebody has taken it away.
        }
    }

    private static List<PartCommit.Entry> read(BinaryReader commit) throws IOException {
        try {
            return PartCommit.read(commit);
        } catch (IndexOutOfBoundsException | InvalidPathException e) {
            throw new IOException("what is known of unfinished parts is damaged: " + e.getMessage(), e);
        }
    }

    private static void commit(PartName name, PartCommit.Entry entry) throws IOException {
        if (!entry.isComplete()) {
            try (FileChannel channel = FileChannel.open(name.hidden(), StandardOpenOption.WRITE)) {
                if (channel.size() < entry.length()) {
                    throw new IOException("it has " + channel.size() + " bytes, but had " + entry.length() + " at the last checkpoint");
                }
                channel.truncate(entry.length());
                channel.force(true);
            } catch (IOException e) {
                throw Problems.explain("can't finish file " + name.target() + " from " + name.hidden().getFileName(), e);
            }
        }
        name.publish();
    }

    /** Removes the unfinished parts of the last writer; those that it needs have been committed. */
    void removeRest() throws IOException {
        Path note = folder.resolve(NOTE);
        if (!Files.exists(note) || !Files.isDirectory(base)) {
            return;
        }
        UUID writer;
        try {
            writer = UUID.fromString(Files.readString(note, StandardCharsets.ISO_8859_1).trim());
        } catch (IllegalArgumentException e) {
            // Not worth a job: its parts stay hidden.
            return;
        }
        Files.walkFileTree(base, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (PartName.isHiddenPart(file, writer)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Notes who writes from now on. */
    void note(UUID writer) throws IOException {
        Files.createDirectories(folder);
        Path fresh = folder.resolve(NOTE + ".new");
        Files.writeString(fresh, writer + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        try {
            Files.move(fresh, folder.resolve(NOTE), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, folder.resolve(NOTE), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
