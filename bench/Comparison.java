import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Runs queries on Creek and on Apache Flink alternately, on the same files, with one and with two threads, and prints medians, their spread and ratios.
 * With {@code --check} it compares what they give instead.
 *
 * <p>Both are measured alike: each run is a process of its own, and what counts is the time, and the processor time of the whole process, collection of
 * garbage and compilation of code included, for the last third of the records that it reads: all of them, or as many as it has read when it has used
 * 120 seconds of processor time. The resident memory is the process's most.
 */
public final class Comparison {
    private static final String NUMBER = "[1-9]\\d{3,7}";
    private static final int EVENTS_PER_SECOND = 10_000;

    private final Runs runs;
    private final Systems systems;
    private final RunLog log;
    private final int records;
    private final Map<String, String> failures = new TreeMap<>();

    private Comparison(Runs runs, RunLog log, int records) {
        this.runs = runs;
        this.systems = new Systems(runs);
        this.log = log;
        this.records = records;
    }

    /** Arguments: the jar of functions that a query takes on Creek's side, options, queries. */
    public static void main(String[] args) throws Exception {
        int records = 10_000_000;
        int checked = 0;
        int rounds = 3;
        List<Integer> parallelisms = List.of(1, 2);
        List<String> measured = List.of(Systems.CREEK, Systems.FLINK);
        Path chart = null;
        Path kept = null;
        int i = 1;
        for (; i + 1 < args.length && args[i].startsWith("--"); i += 2) {
            String value = args[i + 1];
            if (args[i].equals("--records") && value.matches(NUMBER)) {
                records = Integer.parseInt(value);
            } else if (args[i].equals("--check") && value.matches(NUMBER)) {
                checked = Integer.parseInt(value);
            } else if (args[i].equals("--rounds") && value.matches("\\d\\d?")) {
                rounds = Integer.parseInt(value);
            } else if (args[i].equals("--parallelism") && value.matches("\\d+(,\\d+)*")) {
                parallelisms = Pattern.compile(",").splitAsStream(value).map(Integer::valueOf).toList();
            } else if (args[i].equals("--systems") && measured.containsAll(List.of(value.split(",")))) {
                measured = List.of(value.split(","));
            } else if (args[i].equals("--chart")) {
                chart = Path.of(System.getProperty("start", "")).resolve(value);
            } else if (args[i].equals("--keep")) {
                kept = Path.of(System.getProperty("start", "")).resolve(value);
            } else {
                break;
            }
        }
        List<String> wanted = List.of(args).subList(i, args.length);
        List<String> known = Workload.all().stream().map(Workload::name).toList();
        if (!known.containsAll(wanted)) {
            System.err.println("usage: bench/compare [--check RECORDS] [--records NUMBER] [--rounds NUMBER] [--parallelism 1,2] [--systems creek,flink] [--keep FILE] [--chart FILE.svg] ["
                    + String.join(" | ", known) + "]...");
            System.exit(2);
        }
        List<Workload> workloads = Workload.all().stream().filter(workload -> wanted.isEmpty() || wanted.contains(workload.name())).toList();
        boolean good = true;
        try (Runs runs = new Runs()) {
            runs.take(Path.of(args[0]), "functions.jar");
            if (checked > 0) {
                good = new ResultCheck(runs).run(workloads, checked);
            } else {
                Comparison comparison = new Comparison(runs, new RunLog(kept), records);
                for (int round = 0; round < rounds; round++) {
                    for (Workload workload : workloads) {
                        comparison.measure(workload, measured, parallelisms);
                    }
                }
                comparison.report(chart);
            }
        }
        System.exit(good ? 0 : 1);
    }

    private void measure(Workload workload, List<String> measured, List<Integer> parallelisms) throws Exception {
        workload.prepare(runs, records, EVENTS_PER_SECOND);
        for (int parallelism : parallelisms) {
            for (String system : measured) {
                attempt(system, parallelism, workload);
            }
        }
        if (workload.name().equals("tumble") && measured.contains(Systems.CREEK)) {
            attempt(Systems.LOOP, 1, workload);
        }
    }

    /** One that has failed is not tried again. */
    private void attempt(String system, int parallelism, Workload workload) throws IOException {
        Workload.deleteOutputs(runs);
        String what = system + " " + parallelism + " " + workload.name();
        if (failures.containsKey(what)) {
            return;
        }
        try {
            Runs.bringToMemory(workload.files(runs));
            log.add(system, parallelism, workload.name(), systems.measure(system, parallelism, workload, workload.records(records)));
        } catch (Exception e) {
            failures.put(what, e.getMessage().lines().filter(line -> line.startsWith("failed ") || line.startsWith("creek:")).reduce((a, b) -> b)
                    .orElse(e.getMessage()).strip());
        }
    }

    private void report(Path chart) throws IOException {
        List<Comparisons.Line> lines = log.lines(Workload.all().stream().map(Workload::name).toList());
        Comparisons.printTable(lines);
        log.loop().ifPresent(loop -> Comparisons.printLoop(loop, lines));
        failures.forEach((what, why) -> System.out.println(what + " did not run: " + why));
        Comparisons.printSummary(lines);
        if (chart != null) {
            Chart.write(lines, chart);
        }
    }
}
