package creek.core.internal.recovery;

import creek.core.internal.snapshot.DurableFiles;
import creek.core.internal.snapshot.FolderLock;
import creek.core.internal.snapshot.SnapshotFolder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The stores in a job's folder: one is the current one, others are what a move has not tidied up yet. */
final class StoreFolders {
    private static final Pattern NAME = Pattern.compile("store-.*-([1-9]\\d{0,17})");
    private static final Pattern ASIDE = Pattern.compile("(^|\\.)(damaged|replaced)-\\d{8}-\\d{6}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final SnapshotFolder snapshots;
    private final Clock clock;

    StoreFolders(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        snapshots = new SnapshotFolder(JobStore.snapshotFolder(folder));
    }

    /** Whether there is a store or a snapshot. */
    boolean hasState() throws IOException {
        return !all().isEmpty() || !snapshots.all().isEmpty();
    }

    /** The stores by their generations. */
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

    /** The highest generation of a store, 0 if there is none. */
    long lastGeneration() throws IOException {
        NavigableMap<Long, Path> all = all();
        return all.isEmpty() ? 0 : all.lastKey();
    }

    /** Retires the store before the current one and removes later ones, which were never finished. Does no harm when done again. */
    void finishMove(CurrentStore current) throws IOException {
        for (Path later : all().tailMap(current.generation(), false).values()) {
            remove(later);
        }
        for (Path before : all().headMap(current.generation(), false).values()) {
            if (current.retired().isEmpty()) {
                remove(before);
            } else {
                setAside(before, current.retired());
            }
        }
        for (Path snapshot : snapshots.all().headMap(current.base(), false).values()) {
            setAside(snapshot, current.retired());
        }
        snapshots.removeParts();
    }

    /** Removes a store, if it is there. */
    void remove(CurrentStore store) throws IOException {
        remove(store.folder(folder));
    }

    private static void remove(Path tree) throws IOException {
        if (Files.exists(tree)) {
            List<Path> all;
            try (Stream<Path> files = Files.walk(tree)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : all) {
                Files.deleteIfExists(each);
            }
        }
    }

    /**
     * Moves everything but the lock, and what was set aside before, into a folder of its own.
     *
     * @return the folder; empty if there was nothing
     */
    Optional<Path> setAllAside(String why) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.filter(file -> !file.endsWith(FolderLock.NAME) && !ASIDE.matcher(file.getFileName().toString()).find()).sorted().toList();
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Path aside = free(folder.resolve(why + "-" + TIME.format(clock.instant())));
        DurableFiles.createFolder(aside);
        for (Path each : all) {
            DurableFiles.rename(each, aside.resolve(each.getFileName()));
        }
        return Optional.of(aside);
    }

    /** Gives a file or folder another name, that says why and when, so that it is part of nothing any more. */
    void setAside(Path path, String why) throws IOException {
        DurableFiles.rename(path, free(path.resolveSibling(path.getFileName() + "." + why + "-" + TIME.format(clock.instant()))));
    }

    private static Path free(Path wanted) {
        Path path = wanted;
        for (int i = 2; Files.exists(path); i++) {
            path = wanted.resolveSibling(wanted.getFileName() + "-" + i);
        }
        return path;
    }
}
