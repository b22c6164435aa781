import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs {@code ReferenceLoop} and Creek alternately on the same readings and prints messages per second and ratios of medians.
 *
 * <p>The loop runs five times in one process, as its own comment says, and its median counts, so its code is compiled by then. Creek's rate is that of the
 * last two thirds of the readings, which should be many enough for that: its compilation takes some seconds, in which it reads ten million or more.
 * Creek makes a checkpoint every ten seconds.
 */
public final class SpeedBench {
    private static final Pattern LOOP_RATE = Pattern.compile("([0-9.]+) M messages/s");
    private static final Pattern ALLOCATION = Pattern.compile("allocated = ([0-9.]+) (bytes|kB|MB|GB)|thread = \"([^\"]*)\"");
    private static final List<String> SCRIPTS = List.of("tumble.sql", "filter.sql");
    private static final String HEAP = "-Xmx32m";
    private static final String SETTINGS = "SET 'execution.checkpointing.interval' = '10 s';\n";

    private final Runs runs;
    private final String classes;
    private final int readings;
    private final int rounds;

    private SpeedBench(Runs runs, String classes, int readings, int rounds) {
        this.runs = runs;
        this.classes = classes;
        this.readings = readings;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        int readings = 50_000_000;
        int rounds = 3;
        for (int i = 1; i < args.length; i += 2) {
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
        try (Runs runs = new Runs()) {
            new SpeedBench(runs, args[0], readings, rounds).run();
        }
    }

    private void run() throws Exception {
        System.out.printf("%d readings, %d rounds, Java %s, %d processors%n", readings, rounds, System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        runs.generate("readings.json", "GenerateReadings.java", String.valueOf(readings));
        for (String script : SCRIPTS) {
            Files.writeString(runs.work().resolve(script), SETTINGS + Files.readString(runs.bench().resolve(script)));
        }
        Map<String, List<Double>> rates = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            measure(rates, "ReferenceLoop", referenceLoop());
            for (String script : SCRIPTS) {
                measure(rates, script, creek(script, ""));
            }
        }
        double limit = Runs.median(rates.get("ReferenceLoop"));
        System.out.printf("%n%-14s %12s %8s   %s%n", "", "M messages/s", "ratio", "rounds");
        for (Map.Entry<String, List<Double>> each : rates.entrySet()) {
            double rate = Runs.median(each.getValue());
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

    private double referenceLoop() throws Exception {
        Runs.bringToMemory(List.of(runs.work().resolve("readings.json")));
        List<Double> rates = new ArrayList<>();
        for (String line : runs.command(List.of("java", HEAP, "-cp", classes, "ReferenceLoop", "readings.json"), Map.of())) {
            Matcher rate = LOOP_RATE.matcher(line);
            if (rate.find()) {
                rates.add(Double.parseDouble(rate.group(1)));
            }
        }
        return Runs.median(rates);
    }

    private double creek(String script, String options) throws Exception {
        for (String output : List.of("per_device", "hot")) {
            Runs.delete(runs.work().resolve(output));
        }
        Runs.bringToMemory(List.of(runs.work().resolve("readings.json")));
        return runs.creek(script, readings, HEAP + " " + options).rate();
    }

    /** Prints what the job's thread allocated per record: from a third of the flight recorder's statistics of it on, for which a third of the records counts. */
    private void allocation(String script) throws Exception {
        Path recording = runs.work().resolve("allocation.jfr");
        Path settings = runs.work().resolve("allocation.jfc");
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
        for (String line : runs.command(List.of("jfr", "print", "--events", "jdk.ThreadAllocationStatistics", recording.toString()), Map.of())) {
            Matcher field = ALLOCATION.matcher(line);
            if (field.find()) {
                if (field.group(1) != null) {
                    allocated = Double.parseDouble(field.group(1)) * unit(field.group(2));
                } else if (field.group(3).startsWith("creek-job-")) {
                    samples.add(allocated);
                }
            }
        }
        double bytes = samples.isEmpty() ? Double.NaN : (samples.get(samples.size() - 1) - samples.get(samples.size() / 3)) * 3 / 2;
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
}
