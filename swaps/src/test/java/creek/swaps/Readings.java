package creek.swaps;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A job that reads a file of readings through windows and the function SCALE into files, and what its output must be. */
final class Readings {
    /** Among the settings of a job: it has two subtasks. */
    static final String PARALLEL = "SET 'parallelism.default' = '2';\n";

    private static final int ROWS_PER_WINDOW = 200;
    private static final int KEYS = 5;

    private final Path folder;
    private final String name;
    private final Map<String, long[]> windows = new TreeMap<>();

    /**
     * Writes the readings.
     *
     * @param name of the job
     */
    Readings(Path folder, String name, int rows, long seed) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.name = name;
        Random random = new Random(seed);
        try (BufferedWriter file = Files.newBufferedWriter(folder.resolve("readings.jsonl"))) {
            for (int i = 0; i < rows; i++) {
                int second = i / ROWS_PER_WINDOW;
                String key = "k" + random.nextInt(KEYS);
                int value = random.nextInt(1000);
                file.write("{\"k\":\"" + key + "\",\"v\":" + value + ",\"ts\":\"" + timestamp(second) + "\"}\n");
                long[] window = windows.computeIfAbsent(timestamp(second + 1) + " " + key, start -> new long[2]);
                window[0]++;
                window[1] += 3 * value + 1;
            }
        }
    }

    String name() {
        return name;
    }

    Path folder() {
        return folder;
    }

    private static String timestamp(int second) {
        return String.format("2024-01-%02d %02d:%02d:%02d", 1 + second / 86_400, second / 3600 % 24, second / 60 % 60, second % 60);
    }

    String script(String settings) {
        return """
                SET 'swap.timeout' = '60 s';
                """ + settings + """

                CREATE TABLE readings (k STRING, v BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
                WITH ('connector' = 'filesystem', 'path' = '%1$s/readings.jsonl', 'format' = 'json');
                CREATE TABLE windows (k STRING, w STRING, c BIGINT, s BIGINT)
                WITH ('connector' = 'filesystem', 'path' = '%1$s/out', 'format' = 'json');
                INSERT INTO windows SELECT k, DATE_FORMAT(window_end, 'yyyy-MM-dd HH:mm:ss'), COUNT(*), SUM(SCALE(v))
                FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts), INTERVAL '1' SECOND)) GROUP BY k, window_start, window_end;
                """.formatted(folder.toAbsolutePath());
    }

    /** What an undisturbed run gives, sorted. */
    List<String> expected() {
        List<String> lines = new ArrayList<>();
        windows.forEach((window, values) -> {
            int end = window.lastIndexOf(' ');
            lines.add("{\"k\":\"" + window.substring(end + 1) + "\",\"w\":\"" + window.substring(0, end) + "\",\"c\":" + values[0] + ",\"s\":" + values[1]
                    + "}");
        });
        Collections.sort(lines);
        return lines;
    }

    /** What has been made final, sorted. */
    List<String> output() throws IOException {
        List<String> lines = new ArrayList<>();
        Path out = folder.resolve("out");
        if (Files.isDirectory(out)) {
            try (Stream<Path> files = Files.list(out)) {
                for (Path each : files.filter(file -> !file.getFileName().toString().matches("[._].*")).toList()) {
                    lines.addAll(Files.readAllLines(each));
                }
            }
        }
        Collections.sort(lines);
        return lines;
    }

    /** How the output differs from what it must be, in a line; empty if it doesn't. */
    String difference() throws IOException {
        List<String> missing = new ArrayList<>(expected());
        List<String> surplus = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        missing.forEach(line -> counts.merge(line, 1, Integer::sum));
        for (String line : output()) {
            if (counts.merge(line, -1, Integer::sum) < 0) {
                surplus.add(line);
            }
        }
        missing.removeIf(line -> counts.get(line) <= 0);
        return missing.isEmpty() && surplus.isEmpty() ? "" : missing.size() + " missing " + first(missing) + ", " + surplus.size() + " too many "
                + first(surplus);
    }

    private static String first(List<String> lines) {
        return lines.subList(0, Math.min(3, lines.size())).toString();
    }

    /** Forgets what was written. */
    void clear() throws IOException {
        delete(folder.resolve("out"));
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            List<Path> paths = new ArrayList<>(all.toList());
            Collections.reverse(paths);
            for (Path each : paths) {
                Files.deleteIfExists(each);
            }
        }
    }
}
