package creek.core.internal.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder with snapshots, each named after the number of its checkpoint. The folder may be missing. */
public final class SnapshotFolder {
    private static final Pattern NAME = Pattern.compile("checkpoint-([1-9]\\d{0,17})\\.creek");
    private static final String PARTS = "checkpoint-*.part";

    private final Path folder;

    public SnapshotFolder(Path folder) {
        this.folder = folder;
    }

    public Path file(long checkpoint) {
        return folder.resolve("checkpoint-" + checkpoint + ".creek");
    }

    /** The files by the numbers of their checkpoints. */
    public NavigableMap<Long, Path> all() throws IOException {
        NavigableMap<Long, Path> found = new TreeMap<>();
        visit("*", file -> {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                found.put(Long.valueOf(name.group(1)), file);
            }
        });
        return found;
    }

    /** Removes what a crash has left of snapshots that were being written. */
    public void removeParts() throws IOException {
        visit(PARTS, Files::deleteIfExists);
    }

    /** Removes all but the last few of those up to a number. */
    public void removeOlder(long last, int kept) throws IOException {
        int seen = 0;
        for (Path file : all().headMap(last, true).descendingMap().values()) {
            if (++seen > Math.max(1, kept)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Removes all of them. */
    public void removeAll() throws IOException {
        for (Path file : all().values()) {
            Files.deleteIfExists(file);
        }
    }

    /** The bytes of all files. */
    public long size() throws IOException {
        long[] size = {0};
        visit("*", file -> size[0] += Files.size(file));
        return size[0];
    }

    private interface Visitor {
        void file(Path file) throws IOException;
    }

    private void visit(String names, Visitor visitor) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
                for (Path file : files) {
                    visitor.file(file);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
    }
}
