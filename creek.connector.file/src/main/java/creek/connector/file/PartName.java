package creek.connector.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of a part, and the hidden one that it bears until it is final.
 *
 * @param base of the table
 * @param path of the part, relative to the base
 */
record PartName(Path base, Path path) {
    private static final Pattern PATTERN = Pattern.compile("part-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9]+-[0-9]+(\\.gz)?");
    private static final String HIDDEN_START = ".";
    private static final String HIDDEN_END = ".inprogress";

    /** What the names of all parts of one writer start with. */
    static String prefix(UUID writer) {
        return "part-" + writer + "-";
    }

    static PartName of(Path base, Path directory, String fileName) {
        return new PartName(base, base.relativize(directory.resolve(fileName)));
    }

    /** Whether it is the name of a part in the table's directory, and not of something else. */
    boolean isValid() {
        return target().normalize().equals(target()) && target().startsWith(base) && PATTERN.matcher(path.getFileName().toString()).matches();
    }

    /** Whether a file's name is the hidden one of a part of that writer. */
    static boolean isHiddenPart(Path file, UUID writer) {
        String name = file.getFileName().toString();
        return name.startsWith(HIDDEN_START + prefix(writer)) && name.endsWith(HIDDEN_END);
    }

    Path target() {
        return base.resolve(path);
    }

    Path directory() {
        return target().getParent();
    }

    Path hidden() {
        return target().resolveSibling(HIDDEN_START + path.getFileName() + HIDDEN_END);
    }

    /** Also takes a link to a directory for one. */
    static void createDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
    }

    /** Gives the file its own name. */
    void publish() throws IOException {
        try {
            try {
                Files.move(hidden(), target(), StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(hidden(), target());
            }
            forceDirectory(directory());
        } catch (IOException e) {
            throw Problems.explain("can't finish file " + target(), e);
        }
    }

    /** Has the directories that lead to the file on disk, since they may be new. */
    void forceDirectories() throws IOException {
        for (Path directory = directory(); directory != null && directory.startsWith(base); directory = directory.getParent()) {
            forceDirectory(directory);
        }
        if (base.getParent() != null) {
            forceDirectory(base.getParent());
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory);
        } catch (IOException e) {
            // Not every system lets a directory be opened; there the name is on disk a little later.
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
