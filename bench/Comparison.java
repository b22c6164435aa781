import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs queries on Creek and on Apache Flink alternately, on the same files, with one and with two threads, and prints medians, their spread and ratios.
 *
 * <p>Flink runs each query several times in one process and the last run counts, when the virtual machine has compiled what there is to compile.
 * Creek runs it once, in a process of its own, and the last two thirds of the records count. Processor time is that of the whole process meanwhile,
 * collection of garbage and compilation of code included; the resident memory is the process's most.
 */
public final class Comparison {
    private static final Pattern FLINK_RUN = Pattern.compile("run millis=(\\d+) cpu=(\\d+)");
    private static final Pattern LOOP_RATE = Pattern.compile("([0-9.]+) M messages/s");
    private static final String FLINK_HEAP = "-Xmx2g";
    private static final String FLINK_RUNS = "3";
    private static final String LIST = "\\d+(,\\d+)*";

    private final Runs runs;
    private final int records;
    private final int rounds;
    private final List<Integer> parallelisms;

    private Comparison(Runs runs, int records, int rounds, List<Integer> parallelisms) {
        this.runs = runs;
        this.records = records;
        this.rounds = rounds;
        this.parallelisms = parallelisms;
    }

    /** Arguments: the jar of functions that a query takes on Creek's side, options, queries. */
    public static void main(String[] args) throws Exception {
        int records = 2_000_000;
        int rounds = 3;
        List<Integer> parallelisms = List.of(1, 2);
        Path chart = null;
        int i = 1;
        for (; i + 1 < args.length && args[i].startsWith("--"); i += 2) {
            String value = args[i + 1];
            if (args[i].equals("--records") && value.matches("[1-9]\\d{3,7}")) {
                records = Integer.parseInt(value);
            } else if (args[i].equals("--rounds") && value.matches("[1-9]\\d?")) {
                rounds = Integer.parseInt(value);
            } else if (args[i].equals("--parallelism") && value.matches(LIST)) {
                parallelisms = Pattern.compile(",").splitAsStream(value).map(Integer::valueOf).toList();
            } else if (args[i].equals("--chart")) {
                chart = Path.of(System.getProperty("start", ""), value);
            } else {
                break;
            }
        }
        List<String> wanted = List.of(args).subList(i, args.length);
        List<String> known = Workload.all().stream().map(Workload::name).toList();
        if (!known.containsAll(wanted)) {
            System.err.println("usage: bench/compare [--records NUMBER] [--rounds NUMBER] [--parallelism 1,2] [--chart FILE.svg] ["
                    + String.join(" | ", known) + "]...");
            System.exit(2);
        }
        List<Comparisons.Line> lines = new ArrayList<>();
        try (Runs runs = new Runs()) {
            Files.copy(Path.of(args[0]), runs.work().resolve("functions.jar"));
            Comparison comparison = new Comparison(runs, records, rounds, parallelisms);
            System.out.printf("%d records a file, %d rounds, Java %s, %d processors%n%n", records, rounds, System.getProperty("java.version"),
                    Runtime.getRuntime().availableProcessors());
            Comparisons.printTitle();
            for (Workload workload : Workload.all()) {
                if (wanted.isEmpty() || wanted.contains(workload.name())) {
                    lines.addAll(comparison.compare(workload));
                }
            }
        }
        Comparisons.printSummary(lines);
        if (chart != null) {
            Files.writeString(chart, Chart.of(lines));
        }
    }

    private List<Comparisons.Line> compare(Workload workload) throws Exception {
        String text = workload.prepare(runs, records);
        Map<String, List<Runs.Result>> results = new TreeMap<>();
        Map<String, String> failures = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (int parallelism : parallelisms) {
                attempt(results, failures, "creek " + parallelism, () -> creek(workload, text, parallelism));
                attempt(results, failures, "flink " + parallelism, () -> flink(workload, text, parallelism));
            }
            if (workload.name().equals("tumble")) {
                attempt(results, failures, "loop", this::referenceLoop);
            }
        }
        List<Comparisons.Line> lines = new ArrayList<>();
        for (int parallelism : parallelisms) {
            lines.add(new Comparisons.Line(workload.name(), parallelism, Comparisons.Figures.of(results.get("creek " + parallelism)),
                    Comparisons.Figures.of(results.get("flink " + parallelism))));
        }
        lines.forEach(Comparisons.Line::print);
        if (results.containsKey("loop")) {
            Comparisons.printLoop(Comparisons.Figures.of(results.get("loop")), lines.get(0));
        }
        failures.forEach((what, why) -> System.out.println("    " + what + " does not run it: " + why));
        return lines;
    }

    private interface Run {
        Runs.Result run() throws Exception;
    }

    /** One that has failed is not tried again. */
    private void attempt(Map<String, List<Runs.Result>> results, Map<String, String> failures, String what, Run run) throws IOException {
        Workload.deleteOutputs(runs);
        if (failures.containsKey(what)) {
            return;
        }
        try {
            results.computeIfAbsent(what, key -> new ArrayList<>()).add(run.run());
        } catch (Exception e) {
            results.remove(what);
            failures.put(what, e.getMessage().lines().filter(line -> line.contains("Exception") || line.startsWith("creek:")).reduce((a, b) -> b)
                    .orElse(e.getMessage()).strip());
        }
    }

    private Runs.Result creek(Workload workload, String text, int parallelism) throws Exception {
        String script = workload.name() + ".creek.sql";
        Files.writeString(runs.work().resolve(script), "SET 'parallelism.default' = '" + parallelism + "';\n" + text);
        return runs.creek(script, workload.streams() * (long) records, workload.options());
    }

    private Runs.Result flink(Workload workload, String text, int parallelism) throws Exception {
        String script = workload.name() + ".flink.sql";
        Files.writeString(runs.work().resolve(script), text.replaceAll(" USING JAR '[^']*'", ""));
        String target = runs.bench().resolve("flink/target").toString();
        double[] last = new double[3];
        List<String> lines = runs.command(List.of("java", FLINK_HEAP, "--add-opens", "java.base/java.util=ALL-UNNAMED", "--add-opens",
                "java.base/java.lang=ALL-UNNAMED", "--add-opens", "java.base/java.time=ALL-UNNAMED", "-cp", target + "/classes:" + target + "/lib/*",
                "creek.bench.FlinkJob", script, FLINK_RUNS, String.valueOf(parallelism)), Map.of(), (process, line) -> {
                    Matcher run = FLINK_RUN.matcher(line);
                    if (run.matches()) {
                        last[0] = Double.parseDouble(run.group(1));
                        last[1] = Double.parseDouble(run.group(2));
                        last[2] = Math.max(last[2], Runs.peakMegabytes(process));
                    }
                });
        if (last[0] == 0) {
            throw new IOException("Flink did not run it:\n" + String.join("\n", lines));
        }
        double millions = workload.streams() * records / 1e6;
        return new Runs.Result(millions / (last[0] / 1e3), last[1] / 1e3 / millions, last[2]);
    }

    /** The loop runs five times in one process, as its own comment says, and its median counts. */
    private Runs.Result referenceLoop() throws Exception {
        List<Double> rates = new ArrayList<>();
        runs.command(List.of("java", "-Xmx32m", runs.bench().resolve("ReferenceLoop.java").toString(), "readings.json"), Map.of(), (process, line) -> {
            Matcher rate = LOOP_RATE.matcher(line);
            if (rate.find()) {
                rates.add(Double.parseDouble(rate.group(1)));
            }
        });
        double rate = Runs.median(rates);
        return new Runs.Result(rate, 1 / rate, Double.NaN);
    }
}
