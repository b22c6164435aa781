package creek.state.xodus;

import creek.core.option.Options;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Store folders for tests that hurt. */
final class Folders {
    /** Small everything, so that a little state has many files. */
    static final Map<String, String> SMALL = Map.of("file.size", "256kb", "cache.size", "512kb", "changes.size", "64kb", "write-buffer.size", "128kb");

    private Folders() {
    }

    static StateStore open(Path folder) throws IOException {
        return new XodusBackend().open(folder, Options.of(SMALL));
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("lock")).sorted().toList();
        }
    }

    /** Copies a folder, in no special order, as a crash might leave it. */
    static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
        return to;
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
