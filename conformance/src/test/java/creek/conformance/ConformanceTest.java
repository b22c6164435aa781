package creek.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.run.LaunchConfiguration;
import creek.run.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs all cases, one after the other in one platform, by the command that a user would type: {@code creek sql -f job.sql --format jsonl}.
 *
 * <p>The cases in {@code not-passing.txt} are known not to give Flink's result yet; the list must be exact. With the system property
 * {@code creek.case} set to a part of a case's name only those run, and what differs is printed.
 */
class ConformanceTest {
    private static final Path CASES = Path.of("cases");
    private static final Path NOT_PASSING = Path.of("not-passing.txt");
    private static final Path HOME = Path.of("../run/target/creek").toAbsolutePath().normalize();

    /**
     * Cases whose result depends on the order between rows of different keys, which only one subtask keeps: lists of values, and windows over updates, of
     * which those that come after a window's end change nothing.
     */
    private static final Set<String> ORDER_DEPENDENT = Set.of("group-agg/array-agg-retraction", "group-agg/json-arrayagg-retraction",
            "window/hop-over-last-rows", "window/session-over-last-rows", "window/tumble-over-last-rows");

    @TempDir
    private Path storage;

    @Test
    void everyCaseGivesFlinksResultOrIsOnTheList() throws Exception {
        check(CASES::resolve, Set.of());
    }

    /** With two or three subtasks, in turn: the rows are the same, though not in the same order. */
    @Test
    void everyCaseGivesTheSameInParallel(@TempDir Path copies) throws Exception {
        AtomicInteger number = new AtomicInteger();
        check(name -> inParallel(CASES.resolve(name), Files.createDirectory(copies.resolve("case-" + number.get())), 2 + number.getAndIncrement() % 2), ORDER_DEPENDENT);
    }

    private static Path inParallel(Path folder, Path copy, int parallelism) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> !each.equals(folder)).toList()) {
                Files.copy(file, copy.resolve(folder.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path script = copy.resolve("job.sql");
        Files.writeString(script, "SET 'parallelism.default' = '" + parallelism + "'; " + Files.readString(script));
        return copy;
    }

    /** Where a case is to be run. */
    private interface Placement {
        Path folder(String name) throws IOException;
    }

    private void check(Placement placement, Set<String> leftOut) throws Exception {
        String wanted = System.getProperty("creek.case", "");
        Map<String, String> differences = new TreeMap<>();
        try (Platform platform = Platform.ofBundles(HOME, LaunchConfiguration.read(HOME.resolve("run.bndrun")), storage, Map.of())) {
            platform.start();
            ToIntFunction<String[]> creek = platform.command();
            for (String name : cases(wanted)) {
                if (leftOut.contains(name)) {
                    continue;
                }
                differences.put(name, difference(creek, placement.folder(name)));
            }
        }
        report(differences);
        if (wanted.isEmpty()) {
            Set<String> failed = new TreeSet<>(differences.keySet());
            failed.removeIf(name -> differences.get(name).isEmpty());
            Set<String> expected = listed();
            expected.removeAll(leftOut);
            assertEquals(String.join("\n", expected), String.join("\n", failed), "cases that do not pass, against the list");
        }
    }

    private static List<String> cases(String wanted) throws IOException {
        try (Stream<Path> found = Files.find(CASES, 3, (path, attributes) -> path.endsWith("job.sql"))) {
            return found.map(path -> CASES.relativize(path.getParent()).toString().replace('\\', '/'))
                    .filter(name -> name.contains(wanted)).sorted().toList();
        }
    }

    private static Set<String> listed() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(NOT_PASSING)) {
            String name = line.replaceFirst("#.*", "").trim();
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** Why a case does not pass, in one line; empty if it does. */
    private static String difference(ToIntFunction<String[]> creek, Path folder) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        int status;
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            status = creek.applyAsInt(new String[] {"sql", "-f", folder.resolve("job.sql").toAbsolutePath().toString(), "--format", "jsonl"});
        } finally {
            System.out.flush();
            System.setOut(realOut);
            System.setErr(realErr);
        }
        String message = err.toString(StandardCharsets.UTF_8).strip();
        if (Files.exists(folder.resolve("expected-error.txt"))) {
            return rejected(status, message, Files.readAllLines(folder.resolve("expected-error.txt")));
        }
        if (status != 0) {
            return "exit status " + status + ": " + message;
        }
        return ExpectedResult.difference(folder, new ArrayList<>(out.toString(StandardCharsets.UTF_8).lines().toList()));
    }

    /** A job that fails while it runs has status 1, one that is refused has 2; each says why in one line. */
    private static String rejected(int status, String message, List<String> expected) {
        int wanted = expected.get(0).equals("runtime") ? 1 : 2;
        if (status != wanted) {
            return "exit status " + status + " instead of " + wanted + " (" + String.join(": ", expected) + "); said: " + message;
        }
        return message.startsWith("creek: ") && message.lines().count() == 1 ? "" : "not one clear line on standard error: " + message;
    }

    private static void report(Map<String, String> differences) {
        Map<String, int[]> areas = new TreeMap<>();
        int passed = 0;
        for (Map.Entry<String, String> each : differences.entrySet()) {
            int[] area = areas.computeIfAbsent(each.getKey().replaceFirst("/.*", ""), key -> new int[2]);
            area[1]++;
            if (each.getValue().isEmpty()) {
                area[0]++;
                passed++;
            } else {
                System.out.println("not passing: " + each.getKey() + ": " + shortened(each.getValue()));
            }
        }
        areas.forEach((area, counts) -> System.out.println("conformance " + area + ": " + counts[0] + " of " + counts[1]));
        System.out.println("conformance: " + passed + " of " + differences.size() + " cases give Flink's result");
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= 400 ? line : line.substring(0, 400) + "...";
    }
}
