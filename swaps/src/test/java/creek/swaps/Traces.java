package creek.swaps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The threads there are at a moment, and the files that are open. */
final class Traces {
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final int ROUNDS = 3000;

    private final Path folder;
    private final List<String> threads;
    private final long files;

    private Traces(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        threads = threads();
        files = openFiles().size();
    }

    /** @param folder where files count */
    static Traces of(Path folder) throws IOException {
        return new Traces(folder);
    }

    /** Those that are made for some seconds and end by themselves, and the virtual machine's own, do not count. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> !name.equals("creek-swap") && !name.startsWith("process reaper") && !name.equals("Attach Listener")).sorted().toList();
    }

    private List<String> openFiles() throws IOException {
        if (!Files.isDirectory(OPEN)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(OPEN)) {
            return all.map(each -> {
                try {
                    return Files.readSymbolicLink(each).toString();
                } catch (IOException e) {
                    // closed by now
                    return "";
                }
            }).filter(each -> each.startsWith(folder.toString())).sorted().toList();
        }
    }

    /** Threads that were not there before, or not as many of the name; that the framework has ended some of its own is no matter. */
    private List<String> newThreads() {
        List<String> more = new ArrayList<>(threads());
        threads.forEach(more::remove);
        return more;
    }

    /** There are no more threads, of the same names, and not more files. */
    void assertNothingMore() throws Exception {
        for (int i = 0; i < ROUNDS && !(newThreads().isEmpty() && openFiles().size() <= files); i++) {
            Thread.sleep(20);
        }
        assertEquals(List.of(), newThreads());
        assertEquals(true, openFiles().size() <= files, () -> {
            try {
                return files + " files were open, now " + openFiles();
            } catch (IOException e) {
                return e.toString();
            }
        });
    }
}
