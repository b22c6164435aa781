import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Creek and Flink, as they are started to run a script: each as it comes, with the options that its documentation gives. */
final class Systems {
    static final String CREEK = "creek";
    static final String FLINK = "flink";
    static final String LOOP = "loop";
    private static final Pattern LOOP_RATE = Pattern.compile("([0-9.]+) M messages/s");
    private static final Pattern ROW = Pattern.compile("[-+][IUD]\\[.*]");
    /** Aggregations take rows by mini-batches, as {@code FlinkJob} sets it on the other side. */
    private static final String SETTINGS = "SET 'table.exec.mini-batch.enabled' = 'true';\nSET 'table.exec.mini-batch.allow-latency' = '1 s';\n"
            + "SET 'table.exec.mini-batch.size' = '5000';\n";
    private static final Map<String, String> AS_IT_COMES = Map.of("CREEK_OPTS", "");

    /** Flink needs some ten seconds of processor time before it reads, and as many again until most of its code is compiled. */
    private static final Runs.Extent EXTENT = new Runs.Extent(2 / 3.0, 120);

    private final Runs runs;

    Systems(Runs runs) {
        this.runs = runs;
    }

    /** Stops a run that takes long before it has read so many records. */
    Runs.Result measure(String system, int parallelism, Workload workload, int records) throws Exception {
        return switch (system) {
            case CREEK -> runs.creek(creekScript(workload.name(), workload.text(runs), parallelism), records, "", EXTENT);
            case FLINK -> runs.measure(flinkCommand(parallelism, List.of(flinkScript(workload.name(), workload.text(runs)))), Map.of(), records, EXTENT);
            default -> referenceLoop(records);
        };
    }

    /** The changes that a query gives in Creek. */
    List<String> creekRows(Workload workload, int parallelism) throws Exception {
        String script = creekScript(workload.name(), workload.printingText(runs), parallelism);
        return rows(runs.command(List.of(runs.bench().resolveSibling("creek").toString(), "run", script), AS_IT_COMES));
    }

    /** The changes that each query gives in Flink; for one that it does not run a line {@code failed NAME: why}. All run in one process, which is slow to start. */
    Map<String, List<String>> flinkRows(List<Workload> workloads) throws Exception {
        List<String> scripts = new ArrayList<>();
        for (Workload workload : workloads) {
            scripts.add(flinkScript(workload.name(), workload.printingText(runs)));
        }
        Map<String, List<String>> rows = new TreeMap<>();
        List<String> current = new ArrayList<>();
        for (String line : runs.command(flinkCommand(1, scripts), Map.of())) {
            if (line.startsWith("script ")) {
                current = new ArrayList<>();
                rows.put(line.substring("script ".length(), line.indexOf('.')), current);
            } else if (line.startsWith("failed ") || ROW.matcher(line).matches()) {
                current.add(line);
            }
        }
        return rows;
    }

    private static List<String> rows(List<String> lines) {
        return lines.stream().filter(line -> ROW.matcher(line).matches()).toList();
    }

    private String creekScript(String name, String text, int parallelism) throws IOException {
        String script = name + ".creek.sql";
        Files.writeString(runs.work().resolve(script), SETTINGS + "SET 'parallelism.default' = '" + parallelism + "';\n" + text);
        return script;
    }

    /** Functions of one's own are on Flink's class path. */
    private String flinkScript(String name, String text) throws IOException {
        String script = name + ".flink.sql";
        Files.writeString(runs.work().resolve(script), text.replaceAll(" USING JAR '[^']*'", ""));
        return script;
    }

    /** As much heap as the job manager and the task manager of Flink's default configuration have, in one process. */
    private List<String> flinkCommand(int slots, List<String> scripts) throws IOException {
        String target = runs.bench().resolve("flink/target").toString();
        List<String> command = new ArrayList<>(List.of("java", "-Xmx1536m", "-Djava.io.tmpdir=" + runs.folder(Workload.TEMPORARY), "--add-opens", "java.base/java.util=ALL-UNNAMED", "--add-opens",
                "java.base/java.lang=ALL-UNNAMED", "--add-opens", "java.base/java.time=ALL-UNNAMED", "-cp", target + "/classes:" + target + "/lib/*",
                "creek.bench.FlinkJob", String.valueOf(slots)));
        command.addAll(scripts);
        return command;
    }

    /** The loop written by hand, which runs several times in one process, as its own comment says: medians of all runs but the first. */
    private Runs.Result referenceLoop(int records) throws Exception {
        List<double[]> ends = new ArrayList<>();
        runs.command(List.of("java", "-Xmx32m", runs.bench().resolve("ReferenceLoop.java").toString(), "readings.json"), Map.of(), (process, line) -> {
            Matcher rate = LOOP_RATE.matcher(line);
            if (rate.find()) {
                ends.add(new double[] {Double.parseDouble(rate.group(1)), Runs.cpuSeconds(process.pid()), Runs.peakMegabytes(process.pid())});
            }
        }, () -> false);
        List<Double> rates = new ArrayList<>();
        List<Double> cpuSeconds = new ArrayList<>();
        for (int i = 1; i < ends.size(); i++) {
            rates.add(ends.get(i)[0]);
            cpuSeconds.add((ends.get(i)[1] - ends.get(i - 1)[1]) * 1e6 / records);
        }
        double cpu = Runs.median(cpuSeconds);
        return new Runs.Result(Runs.median(rates), cpu, cpu, ends.get(0)[2]);
    }
}
