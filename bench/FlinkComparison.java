import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs scripts on Creek and on Apache Flink alternately, on the same files, and prints medians and their ratios.
 *
 * <p>Flink runs each script several times in one process and the last run counts, when the virtual machine has compiled what there is to
 * compile. Creek runs it once, in a process of its own; its rate is that of the last two thirds of the records, its processor time that of the
 * whole process with start-up and planning, which is to Creek's disadvantage.
 */
public final class FlinkComparison {
    private static final List<String> SCRIPTS = List.of("filter", "tumble", "join", "interval-join", "top-n", "pattern");
    private static final Pattern FLINK_RUN = Pattern.compile("run millis=(\\d+) cpu=(\\d+)");
    private static final String HEAP = "-Xmx2g";
    /** Joins keep millions of small objects, which the small young generation of the default would copy again and again. */
    private static final String CREEK = HEAP + " -Xmn1g -XX:+UseParallelGC";
    private static final String FLINK_RUNS = "3";

    private final Runs runs;
    private final int records;
    private final int rounds;

    private FlinkComparison(Runs runs, int records, int rounds) {
        this.runs = runs;
        this.records = records;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        int records = 1_000_000;
        int rounds = 3;
        int i = 0;
        for (; i + 1 < args.length && args[i].startsWith("--"); i += 2) {
            if (args[i].equals("--records") && args[i + 1].matches("\\d{1,8}")) {
                records = Integer.parseInt(args[i + 1]);
            } else if (args[i].equals("--rounds") && args[i + 1].matches("[1-9]\\d?")) {
                rounds = Integer.parseInt(args[i + 1]);
            } else {
                break;
            }
        }
        List<String> scripts = i == args.length ? SCRIPTS : Arrays.asList(args).subList(i, args.length);
        if (!SCRIPTS.containsAll(scripts)) {
            System.err.println("usage: bench/compare [--records NUMBER] [--rounds NUMBER] [" + String.join(" | ", SCRIPTS) + "]...");
            System.exit(2);
        }
        try (Runs runs = new Runs()) {
            new FlinkComparison(runs, records, rounds).run(scripts);
        }
    }

    private void run(List<String> scripts) throws Exception {
        System.out.printf("%d records a file, %d rounds, Java %s, %d processors%n", records, rounds, System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        runs.generate("readings.json", "GenerateReadings.java", String.valueOf(records));
        runs.generate("orders.json", "GenerateOrders.java", "orders", String.valueOf(records));
        runs.generate("payments.json", "GenerateOrders.java", "payments", String.valueOf(records));
        System.out.printf("%n%-14s %14s %14s %7s %14s %14s %7s%n", "", "Creek M rec/s", "Flink M rec/s", "ratio", "Creek CPU s", "Flink CPU s", "ratio");
        for (String script : scripts) {
            Files.copy(runs.bench().resolve(script + ".sql"), runs.work().resolve(script + ".sql"));
            compare(script);
        }
    }

    private void compare(String script) throws Exception {
        long total = script.contains("join") ? 2L * records : records;
        Map<String, List<Double>> figures = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            deleteOutputs();
            Runs.Result creek = runs.creek(script + ".sql", total, CREEK);
            add(figures, "creek", creek.rate());
            add(figures, "creek cpu", creek.cpuSeconds());
            deleteOutputs();
            double[] flink = flink(script + ".sql");
            add(figures, "flink", total / flink[0] / 1e3);
            add(figures, "flink cpu", flink[1] / 1e3);
        }
        double creek = Runs.median(figures.get("creek"));
        double flink = Runs.median(figures.get("flink"));
        double creekCpu = Runs.median(figures.get("creek cpu"));
        double flinkCpu = Runs.median(figures.get("flink cpu"));
        System.out.printf("%-14s %14.3f %14.3f %7.1f %14.2f %14.2f %7.1f%n", script, creek, flink, creek / flink, creekCpu, flinkCpu,
                flinkCpu / creekCpu);
    }

    private static void add(Map<String, List<Double>> figures, String what, double value) {
        figures.computeIfAbsent(what, key -> new ArrayList<>()).add(value);
    }

    private void deleteOutputs() throws IOException {
        for (String output : List.of("per_device", "hot")) {
            Runs.delete(runs.work().resolve(output));
        }
    }

    /** Milliseconds of run time and of processor time. */
    private double[] flink(String script) throws Exception {
        String target = runs.bench().resolve("flink/target").toString();
        List<String> lines = runs.command(List.of("java", HEAP, "--add-opens", "java.base/java.util=ALL-UNNAMED", "--add-opens",
                "java.base/java.lang=ALL-UNNAMED", "--add-opens", "java.base/java.time=ALL-UNNAMED", "-cp", target + "/classes:" + target + "/lib/*",
                "creek.bench.FlinkJob", script, FLINK_RUNS), Map.of());
        double[] last = null;
        for (String line : lines) {
            Matcher run = FLINK_RUN.matcher(line);
            if (run.matches()) {
                last = new double[] {Double.parseDouble(run.group(1)), Double.parseDouble(run.group(2))};
            }
        }
        if (last == null) {
            throw new IOException("Flink did not run " + script + ":\n" + String.join("\n", lines));
        }
        return last;
    }
}
