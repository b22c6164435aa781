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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Puts in order what a writer left that was not closed: makes final what belongs to the last checkpoint, as it was then, and removes the rest of its
 * parts. What other writers left is not touched: in the job's own folder there is a note of who wrote last: a writer, and those that
 * took over from it.
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

    /**
     * The parts that units of commits know of, by unit and by what they will be called. A part that several of them know of is in the last of these,
     * since it has grown from one to the next.
     */
    List<Map<Path, PartCommit.Entry>> read(List<BinaryReader> pending) throws IOException {
        List<Map<Path, PartCommit.Entry>> units = new ArrayList<>();
        for (BinaryReader commit : pending) {
            Map<Path, PartCommit.Entry> unit = new LinkedHashMap<>();
            for (PartCommit.Entry entry : read(commit)) {
                PartName name = entry.name();
                if (!name.isValid()) {
                    throw new IOException("what is known of unfinished parts is damaged: '" + name.path() + "' is not the name of one");
                }
                units.forEach(earlier -> earlier.remove(name.target()));
                unit.put(name.target(), entry);
            }
            units.add(unit);
        }
        return units;
    }

    private List<PartCommit.Entry> read(BinaryReader commit) throws IOException {
        try {
            return PartCommit.read(commit, base);
        } catch (IndexOutOfBoundsException | InvalidPathException e) {
            throw new IOException("what is known of unfinished parts is damaged: " + e.getMessage(), e);
        }
    }

    /** Makes parts final, as they were when a unit of a commit was begun. */
    static void publish(Collection<PartCommit.Entry> parts) throws IOException {
        for (PartCommit.Entry part : parts) {
            if (Files.exists(part.name().hidden())) {
                publish(part);
            }
            // Otherwise it is final already; perhaps somebody has taken it away.
        }
    }

    private static void publish(PartCommit.Entry part) throws IOException {
        PartName name = part.name();
        if (!part.isComplete()) {
            try (FileChannel channel = FileChannel.open(name.hidden(), StandardOpenOption.WRITE)) {
                if (channel.size() < part.length()) {
                    throw new IOException("it has " + channel.size() + " bytes, but had " + part.length() + " at the last checkpoint");
                }
                channel.truncate(part.length());
                channel.force(true);
            } catch (IOException e) {
                throw Problems.explain("can't finish file " + name.target() + " from " + name.hidden().getFileName(), e);
            }
        }
        name.publish();
    }

    /** Removes the unfinished parts of those who wrote last; those that the job needs have been committed. */
    void removeRest() throws IOException {
        Path note = folder.resolve(NOTE);
        if (!Files.exists(note) || !Files.isDirectory(base)) {
            return;
        }
        Set<UUID> writers = new HashSet<>();
        try {
            Files.readAllLines(note, StandardCharsets.ISO_8859_1).forEach(line -> writers.add(UUID.fromString(line.trim())));
        } catch (IllegalArgumentException e) {
            // Not worth a job: its parts stay hidden.
            return;
        }
        Files.walkFileTree(base, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (writers.stream().anyMatch(writer -> PartName.isHiddenPart(file, writer))) {
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

    /** Notes who writes from now on beside those who wrote until now, some of whose parts no checkpoint may have yet. */
    void noteNext(UUID writer) throws IOException {
        Files.createDirectories(folder);
        // Not forced to disk, which would take time: after a power failure at worst some hidden files stay.
        Files.writeString(folder.resolve(NOTE), writer + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
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
