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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs programs, Creek among them, in a working directory that is deleted afterwards. */
final class Runs implements AutoCloseable {
    private static final Pattern PROGRESS = Pattern.compile("progress in=(\\d+) .*nanos=(\\d+)");
    /** What the shell's {@code times} says of children: user and system time. */
    private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s (\\d+)m([0-9.]+)s");

    private final Path bench = Path.of("").toAbsolutePath();
    private final Path work;

    Runs() throws IOException {
        work = Files.createTempDirectory("creek-bench");
    }

    /**
     * What a run of Creek showed.
     *
     * @param rate       millions of records per second
     * @param cpuSeconds processor time of the whole process
     */
    record Result(double rate, double cpuSeconds) {
    }

    /** The folder of the scripts. */
    Path bench() {
        return bench;
    }

    /** The working directory. */
    Path work() {
        return work;
    }

    /** Prints what a generator beside the scripts makes up into a file of the working directory. */
    void generate(String file, String generator, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("java", bench.resolve(generator).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectOutput(work.resolve(file).toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        if (process.waitFor() != 0) {
            throw new IOException(file + " could not be generated");
        }
    }

    /**
     * Runs a script with {@code creek run}. The rate is taken from the job's own counters, as {@code --progress} prints them: records between
     * the samples after a third of them and at the end, so that start-up, planning and the first compilation of the code do not count.
     *
     * @param records how many records the sources have
     * @param options of the virtual machine
     */
    Result creek(String script, long records, String options) throws Exception {
        List<long[]> samples = new ArrayList<>();
        String creek = "\"" + bench.resolveSibling("creek") + "\" run --progress 20ms " + script + " && times";
        List<String> lines = command(List.of("sh", "-c", creek), Map.of("CREEK_OPTS", options));
        double cpu = 0;
        for (String line : lines) {
            Matcher progress = PROGRESS.matcher(line);
            if (progress.find()) {
                samples.add(new long[] {Long.parseLong(progress.group(1)), Long.parseLong(progress.group(2))});
            }
            Matcher times = TIMES.matcher(line);
            if (times.matches()) {
                cpu += 60 * (Integer.parseInt(times.group(1)) + Integer.parseInt(times.group(3))) + Double.parseDouble(times.group(2))
                        + Double.parseDouble(times.group(4));
            }
        }
        long[] last = samples.isEmpty() ? new long[2] : samples.get(samples.size() - 1);
        if (last[0] != records) {
            throw new IOException("creek read " + last[0] + " of " + records + " records:\n" + String.join("\n", lines));
        }
        long[] first = samples.stream().filter(sample -> sample[0] >= records / 3).findFirst().orElseThrow();
        return new Result((last[0] - first[0]) * 1e3 / (last[1] - first[1]), cpu);
    }

    /** Runs a program to its end and gives what it printed. */
    List<String> command(List<String> words, Map<String, String> environment) throws Exception {
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

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(work);
    }
}
