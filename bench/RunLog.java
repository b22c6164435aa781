import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What single runs have shown. If a file is named they stay there, a line each, and count with those of the next time: many queries can be measured in pieces. */
final class RunLog {
    private final Path file;
    private final Map<String, List<Runs.Result>> results = new LinkedHashMap<>();
    private final TreeSet<Integer> parallelisms = new TreeSet<>();

    RunLog(Path file) throws IOException {
        this.file = file;
        if (file != null && Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ");
                put(words[0], Integer.parseInt(words[1]), words[2],
                        new Runs.Result(Double.parseDouble(words[3]), Double.parseDouble(words[4]), Double.parseDouble(words[5]), Double.parseDouble(words[6])));
            }
        }
    }

    void add(String system, int parallelism, String query, Runs.Result result) throws IOException {
        put(system, parallelism, query, result);
        String line = String.format(Locale.ROOT, "%s %d %s %.4f %.4f %.4f %.1f", system, parallelism, query, result.rate(), result.cpuSeconds(),
                result.allCpuSeconds(), result.peakMegabytes());
        if (file == null) {
            System.err.println(line);
        } else {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private void put(String system, int parallelism, String query, Runs.Result result) {
        results.computeIfAbsent(key(system, parallelism, query), key -> new ArrayList<>()).add(result);
        parallelisms.add(parallelism);
    }

    private static String key(String system, int parallelism, String query) {
        return system + " " + parallelism + " " + query;
    }

    /** Of those that one of the two systems has run. */
    List<Comparisons.Line> lines(List<String> queries) {
        List<Comparisons.Line> lines = new ArrayList<>();
        for (String query : queries) {
            for (int parallelism : parallelisms) {
                List<Runs.Result> creek = results.get(key(Systems.CREEK, parallelism, query));
                List<Runs.Result> flink = results.get(key(Systems.FLINK, parallelism, query));
                if (creek != null || flink != null) {
                    lines.add(new Comparisons.Line(query, parallelism, Comparisons.Figures.of(creek), Comparisons.Figures.of(flink)));
                }
            }
        }
        return lines;
    }

    Optional<Comparisons.Figures> loop() {
        return Optional.ofNullable(results.get(key(Systems.LOOP, 1, "tumble"))).map(Comparisons.Figures::of);
    }
}
