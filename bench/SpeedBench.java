import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs {@code ReferenceLoop} and Creek alternately on the same readings and prints messages per second and ratios of medians.
 *
 * <p>Creek's rate is taken from the job's own counters, as {@code creek run --progress} prints them: records between the samples after a third
 * of the readings and at the end, so that start-up, planning and the first compilation of the code do not count. The loop runs five times in one
 * process, as its own comment says, and its median counts.
 */
public final class SpeedBench {
    private static final Pattern LOOP_RATE = Pattern.compile("([0-9.]+) M messages/s");
    private static final Pattern PROGRESS = Pattern.compile("progress in=(\\d+) .*nanos=(\\d+)");
    private static final Pattern ALLOCATION = Pattern.compile("allocated = ([0-9.]+) (bytes|kB|MB|GB)|thread = \"([^\"]*)\"");
    private static final List<String> SCRIPTS = List.of("tumble.sql", "filter.sql");
    private static final String HEAP = "-Xmx32m";

    private final Path bench = Path.of("").toAbsolutePath();
    private final Path work;
    private final int readings;
    private final int rounds;

    private SpeedBench(Path work, int readings, int rounds) {
        this.work = work;
        this.readings = readings;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        int readings = 5_000_000;
        int rounds = 5;
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            if (args[i].equals("--readings") && value.matches("\\d{1,9}")) {
                readings = Integer.parseInt(value);
            } else if (args[i].equals("--rounds") && value.matches("[1-9]\\d{0,2}")) {
                rounds = Integer.parseInt(value);
            } else {
                System.err.println("usage: bench/run [--readings NUMBER] [--rounds NUMBER]");
                System.exit(2);
            }
        }
        Path work = Files.createTempDirectory("creek-bench");
        try {
            new SpeedBench(work, readings, rounds).run();
        } finally {
            delete(work);
        }
    }

    private void run() throws Exception {
        System.out.printf("%d readings, %d rounds, Java %s, %d processors%n", readings, rounds, System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        generate();
        command(List.of("javac", "-d", work.toString(), bench.resolve("ReferenceLoop.java").toString()), Map.of());
        for (String script : SCRIPTS) {
            Files.copy(bench.resolve(script), work.resolve(script));
        }
        Map<String, List<Double>> rates = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            measure(rates, "ReferenceLoop", referenceLoop());
            for (String script : SCRIPTS) {
                measure(rates, script, creek(script, ""));
            }
        }
        double limit = median(rates.get("ReferenceLoop"));
        System.out.printf("%n%-14s %12s %8s   %s%n", "", "M messages/s", "ratio", "rounds");
        for (Map.Entry<String, List<Double>> each : rates.entrySet()) {
            double rate = median(each.getValue());
            System.out.printf("%-14s %12.2f %8.2f   %s%n", each.getKey(), rate, rate / limit, each.getValue());
        }
        System.out.println();
        for (String script : SCRIPTS) {
            allocation(script);
        }
    }

    private static void measure(Map<String, List<Double>> rates, String what, double rate) {
        double rounded = Math.round(rate * 100) / 100.0;
        rates.computeIfAbsent(what, key -> new ArrayList<>()).add(rounded);
        System.out.printf("%-14s %.2f M messages/s%n", what, rounded);
    }

    private void generate() throws Exception {
        Path file = work.resolve("readings.json");
        Process process = new ProcessBuilder("java", bench.resolve("GenerateReadings.java").toString(), String.valueOf(readings))
                .redirectOutput(file.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        if (process.waitFor() != 0) {
            throw new IOException("the readings could not be generated");
        }
    }

    private double referenceLoop() throws Exception {
        List<Double> runs = new ArrayList<>();
        for (String line : command(List.of("java", HEAP, "-cp", work.toString(), "ReferenceLoop", "readings.json"), Map.of())) {
            Matcher rate = LOOP_RATE.matcher(line);
            if (rate.find()) {
                runs.add(Double.parseDouble(rate.group(1)));
            }
        }
        return median(runs);
    }

    private double creek(String script, String options) throws Exception {
        for (String output : List.of("per_device", "hot")) {
            delete(work.resolve(output));
        }
        List<long[]> samples = new ArrayList<>();
        List<String> lines = command(List.of(bench.resolveSibling("creek").toString(), "run", "--progress", "20ms", script),
                Map.of("CREEK_OPTS", HEAP + " " + options));
        for (String line : lines) {
            Matcher progress = PROGRESS.matcher(line);
            if (progress.find()) {
                samples.add(new long[] {Long.parseLong(progress.group(1)), Long.parseLong(progress.group(2))});
            }
        }
        long[] last = samples.isEmpty() ? new long[2] : samples.get(samples.size() - 1);
        if (last[0] != readings) {
            throw new IOException("creek read " + last[0] + " of " + readings + " readings:\n" + String.join("\n", lines));
        }
        long[] first = samples.stream().filter(sample -> sample[0] >= readings / 3).findFirst().orElseThrow();
        return (last[0] - first[0]) * 1e3 / (last[1] - first[1]);
    }

    /** Prints what the job's thread allocated per record, between the flight recorder's first and last statistics of it. */
    private void allocation(String script) throws Exception {
        Path recording = work.resolve("allocation.jfr");
        Path settings = work.resolve("allocation.jfc");
        Files.writeString(settings, """
                <?xml version="1.0" encoding="UTF-8"?>
                <configuration version="2.0">
                  <event name="jdk.ThreadAllocationStatistics">
                    <setting name="enabled">true</setting>
                    <setting name="period">100 ms</setting>
                  </event>
                </configuration>
                """);
        creek(script, "-XX:StartFlightRecording=filename=" + recording + ",settings=" + settings);
        List<Double> samples = new ArrayList<>();
        double allocated = 0;
        for (String line : command(List.of("jfr", "print", "--events", "jdk.ThreadAllocationStatistics", recording.toString()), Map.of())) {
            Matcher field = ALLOCATION.matcher(line);
            if (field.find()) {
                if (field.group(1) != null) {
                    allocated = Double.parseDouble(field.group(1)) * unit(field.group(2));
                } else if (field.group(3).startsWith("creek-job-")) {
                    samples.add(allocated);
                }
            }
        }
        double bytes = samples.isEmpty() ? Double.NaN : samples.get(samples.size() - 1) - samples.get(0);
        System.out.printf("%-14s %.3f bytes allocated per record by the job's thread (%d samples of the flight recorder)%n", script,
                bytes / readings, samples.size());
    }

    private static double unit(String name) {
        return switch (name) {
            case "kB" -> 1 << 10;
            case "MB" -> 1 << 20;
            case "GB" -> 1 << 30;
            default -> 1;
        };
    }

    private List<String> command(List<String> words, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words).directory(work.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            output.lines().forEach(lines::add);
        }
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " failed:\n" + String.join("\n", lines));
        }
        return lines;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }
}
