package creek.core.internal.heap;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checkpoint files of a store's folder. */
final class CheckpointFiles {
    private static final Pattern NAME = Pattern.compile("checkpoint-([1-9]\\d{0,17})\\.creek");
    private static final String PARTS = "checkpoint-*.part";

    private final Path folder;

    CheckpointFiles(Path folder) {
        this.folder = folder;
    }

    Path file(long checkpoint) {
        return folder.resolve("checkpoint-" + checkpoint + ".creek");
    }

    NavigableMap<Long, Path> all() throws IOException {
        NavigableMap<Long, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.put(Long.valueOf(name.group(1)), file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** Removes what a crash left behind: parts, and files later than the last complete checkpoint; and all but some of those before. */
    void clean(long last, int retained) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, PARTS)) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        for (Path later : all().tailMap(last, false).values()) {
            Files.deleteIfExists(later);
        }
        removeOlder(last, retained);
    }

    /** Removes all but the last complete checkpoint and some before it. */
    void removeOlder(long last, int retained) throws IOException {
        int kept = 0;
        for (Path file : all().headMap(last, true).descendingMap().values()) {
            if (++kept > Math.max(1, retained)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The bytes of all files. */
    long size() throws IOException {
        long size = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                size += Files.size(file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return size;
    }
}
