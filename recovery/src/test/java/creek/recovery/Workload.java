package creek.recovery;

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

/** A job of windows, joins and OVER over files, in a folder of its own: its input, its script and what it has committed. */
final class Workload {
    private static final int ROWS_PER_SECOND = 20;
    private static final List<String> SINKS = List.of("windows", "sessions", "over", "joined", "near");

    private final Path folder;
    private final Path output;
    /** All but the settings. */
    private String statements;

    private Workload(Path folder) {
        this.folder = folder;
        output = folder.resolve("out");
    }

    /**
     * Writes input and script. No row is late: where several rows have the same time, a watermark of just that time would make the others late, and
     * what is joined with late rows depends on how far the other file has been read, which a restart changes.
     *
     * @param settings what comes before everything else in the script
     * @param rows     of the largest table
     */
    static Workload create(Path folder, String settings, int rows, long seed) throws IOException {
        Workload workload = new Workload(folder);
        Random random = new Random(seed);
        for (int part = 0; part < 4; part++) {
            try (BufferedWriter file = workload.file("readings/part-" + part + ".jsonl")) {
                for (int i = part * rows / 4; i < (part + 1) * rows / 4; i++) {
                    int time = Math.max(0, i - random.nextInt(2 * ROWS_PER_SECOND));
                    file.write("{\"k\":\"k" + random.nextInt(30) + "\",\"v\":" + i + ",\"ts\":\"" + timestamp(time) + "\"}\n");
                }
            }
        }
        try (BufferedWriter orders = workload.file("orders/part-0.jsonl"); BufferedWriter payments = workload.file("payments/part-0.jsonl")) {
            for (int i = 0; i < rows / 4; i++) {
                orders.write("{\"id\":" + i + ",\"amount\":" + random.nextInt(1000) + ",\"ts\":\"" + timestamp(4 * i) + "\"}\n");
                if (i > 50 && random.nextInt(10) < 7) {
                    payments.write("{\"id\":" + (i - random.nextInt(50)) + ",\"number\":\"n" + i + "\",\"ts\":\"" + timestamp(4 * i) + "\"}\n");
                }
            }
        }
        workload.statements = """

                CREATE TABLE readings (k STRING, v BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '3' SECOND)
                WITH ('connector' = 'filesystem', 'path' = 'readings', 'format' = 'json');
                CREATE TABLE orders (id BIGINT, amount BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
                WITH ('connector' = 'filesystem', 'path' = 'orders', 'format' = 'json');
                CREATE TABLE payments (id BIGINT, number STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
                WITH ('connector' = 'filesystem', 'path' = 'payments', 'format' = 'json');

                CREATE TABLE windows (k STRING, w TIMESTAMP(3), c BIGINT, s BIGINT)
                WITH ('connector' = 'filesystem', 'path' = 'out/windows', 'format' = 'json');
                CREATE TABLE sessions (k STRING, w TIMESTAMP(3), c BIGINT)
                WITH ('connector' = 'filesystem', 'path' = 'out/sessions', 'format' = 'json');
                CREATE TABLE over (k STRING, v BIGINT, s BIGINT, c BIGINT)
                WITH ('connector' = 'filesystem', 'path' = 'out/over', 'format' = 'json');
                CREATE TABLE joined (id BIGINT, amount BIGINT, number STRING)
                WITH ('connector' = 'filesystem', 'path' = 'out/joined', 'format' = 'json');
                CREATE TABLE near (id BIGINT, amount BIGINT, number STRING)
                WITH ('connector' = 'filesystem', 'path' = 'out/near', 'format' = 'json');

                EXECUTE STATEMENT SET BEGIN
                INSERT INTO windows SELECT k, window_end, COUNT(*), SUM(v)
                FROM TABLE(HOP(TABLE readings, DESCRIPTOR(ts), INTERVAL '2' SECOND, INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end;
                INSERT INTO sessions SELECT k, window_end, COUNT(*)
                FROM TABLE(SESSION(TABLE readings PARTITION BY k, DESCRIPTOR(ts), INTERVAL '3' SECOND)) GROUP BY k, window_start, window_end;
                INSERT INTO `over` SELECT k, v, SUM(v) OVER w, COUNT(*) OVER w
                FROM readings WINDOW w AS (PARTITION BY k ORDER BY ts ROWS BETWEEN 20 PRECEDING AND CURRENT ROW);
                INSERT INTO joined SELECT o.id, o.amount, p.number FROM orders o JOIN payments p ON o.id = p.id;
                INSERT INTO near SELECT o.id, o.amount, p.number FROM orders o, payments p
                WHERE o.id = p.id AND p.ts BETWEEN o.ts AND o.ts + INTERVAL '5' SECOND;
                END;
                """.replace("CREATE TABLE over", "CREATE TABLE `over`");
        workload.set(settings);
        return workload;
    }

    /** Writes the script anew, with other settings. */
    void set(String settings) throws IOException {
        Files.writeString(script(), settings + statements);
    }

    /** Has OVER take frames that do not depend on the order of rows of the same time, which a parallel job reads from several files at once. */
    void frameByTime() {
        statements = statements.replace("ROWS BETWEEN 20 PRECEDING", "RANGE BETWEEN INTERVAL '5' SECOND PRECEDING");
    }

    /** Keeps a copy of what the job has left so far, state and output. */
    void save(Path copy) throws IOException {
        copy(state(), copy.resolve("state"));
        copy(output, copy.resolve("out"));
    }

    /** Puts everything back as it was {@linkplain #save saved}: in the same place, since checkpoints name the files that they commit. */
    void restore(Path copy) throws IOException {
        clear();
        copy(copy.resolve("state"), state());
        copy(copy.resolve("out"), output);
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> all = Files.walk(source)) {
            for (Path each : all.toList()) {
                Files.copy(each, target.resolve(source.relativize(each).toString()));
            }
        }
    }

    private BufferedWriter file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.newBufferedWriter(file);
    }

    private static String timestamp(int row) {
        int second = row / ROWS_PER_SECOND;
        return String.format("2024-01-%02d %02d:%02d:%02d", 1 + second / 86_400, second / 3600 % 24, second / 60 % 60, second % 60);
    }

    Path folder() {
        return folder;
    }

    Path script() {
        return folder.resolve("job.sql");
    }

    /** Where the job keeps its state unless told otherwise. */
    Path state() {
        return folder.resolve(".creek");
    }

    /** Whether the job has come to its end; if it is run again, it begins again. */
    boolean hasFinished() {
        return Files.exists(state().resolve("jobs/job/finished"));
    }

    /** Runs it to its end in peace and forgets that; what it committed. */
    Map<String, List<String>> undisturbed() throws IOException, InterruptedException {
        try (CreekProcess creek = CreekProcess.run(script())) {
            if (creek.await() != 0) {
                throw new AssertionError(creek.errors());
            }
        }
        Map<String, List<String>> output = output();
        clear();
        output.forEach((sink, rows) -> {
            if (rows.isEmpty()) {
                throw new AssertionError("nothing came to " + sink);
            }
        });
        return output;
    }

    /** Forgets all runs. */
    void clear() throws IOException {
        delete(state());
        delete(output);
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            List<Path> paths = new ArrayList<>(all.toList());
            Collections.reverse(paths);
            for (Path each : paths) {
                Files.delete(each);
            }
        }
    }

    /** All committed rows of each sink, sorted. */
    Map<String, List<String>> output() throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String sink : SINKS) {
            List<String> lines = new ArrayList<>();
            for (Path file : committed(sink)) {
                lines.addAll(Files.readAllLines(file));
            }
            Collections.sort(lines);
            rows.put(sink, lines);
        }
        return rows;
    }

    /** How many files it has committed. */
    int committedFiles() throws IOException {
        int files = 0;
        for (String sink : SINKS) {
            files += committed(sink).size();
        }
        return files;
    }

    private List<Path> committed(String sink) throws IOException {
        Path parts = output.resolve(sink);
        if (!Files.isDirectory(parts)) {
            return List.of();
        }
        // not a walk, which fails if a file goes while the job runs
        try (Stream<Path> files = Files.list(parts)) {
            return files.filter(each -> !isHidden(each) && Files.isRegularFile(each)).toList();
        }
    }

    private static boolean isHidden(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") || name.startsWith("_");
    }

    /** What differs between two outputs, in a line; empty if nothing does. */
    static String difference(Map<String, List<String>> expected, Map<String, List<String>> actual) {
        StringBuilder text = new StringBuilder();
        expected.forEach((sink, rows) -> {
            List<String> missing = new ArrayList<>(rows);
            List<String> tooMany = new ArrayList<>();
            Map<String, Integer> counts = new TreeMap<>();
            rows.forEach(row -> counts.merge(row, 1, Integer::sum));
            missing.clear();
            for (String row : actual.get(sink)) {
                if (counts.merge(row, -1, Integer::sum) < 0) {
                    tooMany.add(row);
                }
            }
            counts.forEach((row, left) -> {
                if (left > 0) {
                    missing.add(row);
                }
            });
            if (!missing.isEmpty() || !tooMany.isEmpty()) {
                text.append(sink).append(": ").append(missing.size()).append(" missing").append(first(missing)).append(", ")
                        .append(tooMany.size()).append(" too many").append(first(tooMany)).append("; ");
            }
        });
        return text.toString();
    }

    private static String first(List<String> rows) {
        return rows.isEmpty() ? "" : " such as " + rows.get(0);
    }
}
