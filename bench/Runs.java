import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs programs, Creek among them, in a working directory that is deleted afterwards. */
final class Runs implements AutoCloseable {
    private static final Pattern PROGRESS = Pattern.compile("progress in=(\\d+) .*nanos=(\\d+)");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");
    /** Of the figures in {@code /proc/PID/stat} behind the command's name: user and system time, in ticks of 10 ms. */
    private static final int USER_TIME = 11;

    private final Path bench = Path.of("").toAbsolutePath();
    private final Path work;

    Runs() throws IOException {
        work = Files.createTempDirectory("creek-bench");
    }

    /**
     * What a run showed.
     *
     * @param rate        millions of records per second
     * @param cpuSeconds  processor time of the process for a million records, in the time for which the rate is
     * @param allCpuSeconds likewise of the whole run, its start included
     * @param peakMegabytes the most resident memory
     */
    record Result(double rate, double cpuSeconds, double allCpuSeconds, double peakMegabytes) {
    }

    /**
     * What of a run is measured. Start-up, planning and the first compilation of code are to be left out.
     *
     * @param from  from which share of the records that it reads on
     * @param limit after how many seconds of processor time it is stopped
     */
    record Extent(double from, double limit) {
        static final Extent ALL = new Extent(1 / 3.0, Double.POSITIVE_INFINITY);
    }

    /** The folder of the scripts. */
    Path bench() {
        return bench;
    }

    /** The working directory. */
    Path work() {
        return work;
    }

    /** A folder of the working directory, which is made if it is missing. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(work.resolve(name));
    }

    /** Copies a file into the working directory. */
    void take(Path file, String name) throws IOException {
        Files.copy(file, work.resolve(name));
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

    /** Reads files once, so that the run after it reads them from memory and not from the disk, to which a system may have given them up. */
    static void bringToMemory(List<Path> files) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file)) {
                while (channel.read(buffer.clear()) > 0) {
                    // nobody looks at it
                }
            }
        }
    }

    /**
     * Runs a script with {@code creek run} and measures it.
     *
     * @param records how many records the sources have
     * @param options of the virtual machine
     */
    Result creek(String script, long records, String options) throws Exception {
        return creek(script, records, options, Extent.ALL);
    }

    /** Likewise, with what is to be measured. */
    Result creek(String script, long records, String options, Extent extent) throws Exception {
        return measure(List.of(bench.resolveSibling("creek").toString(), "run", "--progress", "50ms", script), Map.of("CREEK_OPTS", options), records, extent);
    }

    /**
     * Runs a program that prints a job's counters as {@code creek run --progress} does: {@code progress in=RECORDS ... nanos=TIME}, until it has read
     * all its records or comes to the extent's limit.
     */
    Result measure(List<String> words, Map<String, String> environment, long records, Extent extent) throws Exception {
        List<double[]> samples = new ArrayList<>();
        double[] peak = new double[1];
        boolean[] stopped = new boolean[1];
        List<String> lines = command(words, environment, (process, line) -> {
            Matcher progress = PROGRESS.matcher(line);
            if (progress.find() && !stopped[0]) {
                double cpuSeconds = cpuSeconds(process.pid());
                samples.add(new double[] {Double.parseDouble(progress.group(1)), Double.parseDouble(progress.group(2)), cpuSeconds});
                peak[0] = Math.max(peak[0], peakMegabytes(process.pid()));
                stopped[0] = cpuSeconds > extent.limit();
                if (stopped[0]) {
                    process.toHandle().destroy(); // which leaves open what it prints
                }
            }
        }, () -> stopped[0]);
        double[] last = samples.isEmpty() ? new double[3] : samples.get(samples.size() - 1);
        if (last[0] == 0 || !stopped[0] && last[0] != records) {
            throw new IOException((long) last[0] + " of " + records + " records were read:\n" + String.join("\n", lines));
        }
        double[] first = samples.stream().filter(sample -> sample[0] >= last[0] * extent.from()).findFirst().orElseThrow();
        double measured = last[0] - first[0];
        return new Result(measured * 1e3 / (last[1] - first[1]), (last[2] - first[2]) * 1e6 / measured, last[2] * 1e6 / last[0], peak[0]);
    }

    /** User and system time of a process so far, of all its threads; not a number if it has ended. */
    static double cpuSeconds(long process) {
        String stat = read(process, "stat");
        String[] figures = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return figures.length <= USER_TIME + 1 ? Double.NaN : (Long.parseLong(figures[USER_TIME]) + Long.parseLong(figures[USER_TIME + 1])) / 100.0;
    }

    /** The most resident memory that a process has had; 0 if it has ended. */
    static double peakMegabytes(long process) {
        Matcher peak = PEAK.matcher(read(process, "status"));
        return peak.find() ? Long.parseLong(peak.group(1)) / 1024.0 : 0;
    }

    private static String read(long process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process + "/" + file));
        } catch (IOException e) {
            return ") "; // it has ended
        }
    }

    /** Runs a program to its end and gives what it printed. */
    List<String> command(List<String> words, Map<String, String> environment) throws Exception {
        return command(words, environment, (process, line) -> {
        }, () -> false);
    }

    /** Likewise; each line is looked at as it comes, and a program may fail that was stopped. */
    List<String> command(List<String> words, Map<String, String> environment, BiConsumer<Process, String> observer, BooleanSupplier stopped)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words).directory(work.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            output.lines().forEach(line -> {
                lines.add(line);
                observer.accept(process, line);
            });
        }
        if (process.waitFor() != 0 && !stopped.getAsBoolean()) {
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
