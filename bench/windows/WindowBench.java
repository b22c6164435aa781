import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What windows cost beside TUMBLE, whole jobs from a file to {@code blackhole}: nanoseconds a record, and ratios of medians. One query, with
 * other windows; all queries take turns.
 */
public final class WindowBench {
    private static final String HEAP = "-Xmx64m";
    private static final String WINDOWS = "CREATE TABLE per_device (window_start TIMESTAMP(3), device STRING, readings BIGINT, average DOUBLE, "
            + "peak DOUBLE) WITH ('connector' = 'blackhole');\nINSERT INTO per_device SELECT window_start, device, COUNT(*), AVG(temperature), "
            + "MAX(temperature) FROM TABLE(%s) GROUP BY window_start, window_end, device;\n";
    private static final String OVER = "CREATE TABLE per_reading (device STRING, over_rows DOUBLE) WITH ('connector' = 'blackhole');\n"
            + "INSERT INTO per_reading SELECT device, %s OVER (PARTITION BY device ORDER BY event_time %s) FROM readings;\n";

    private WindowBench() {
    }

    public static void main(String[] args) throws Exception {
        int readings = 3_000_000;
        int rounds = 5;
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            if (args[i].equals("--readings") && value.matches("[1-9]\\d{0,8}")) {
                readings = Integer.parseInt(value);
            } else if (args[i].equals("--rounds") && value.matches("[1-9]\\d{0,2}")) {
                rounds = Integer.parseInt(value);
            } else {
                System.err.println("usage: bench/windows/run [--readings NUMBER] [--rounds NUMBER]");
                System.exit(2);
            }
        }
        try (Runs runs = new Runs()) {
            runs.generate("readings.json", "GenerateReadings.java", String.valueOf(readings));
            Map<String, String> queries = queries();
            String source = Files.readString(runs.bench().resolve("windows/readings.sql"));
            for (Map.Entry<String, String> query : queries.entrySet()) {
                Files.writeString(runs.work().resolve(query.getKey() + ".sql"), source + query.getValue());
            }
            Map<String, List<Double>> costs = new TreeMap<>();
            for (int round = 0; round < rounds; round++) {
                for (String query : queries.keySet()) {
                    double cost = 1e3 / runs.creek(query + ".sql", readings, HEAP).rate();
                    costs.computeIfAbsent(query, key -> new ArrayList<>()).add(cost);
                }
            }
            print(costs);
        }
    }

    private static Map<String, String> queries() {
        String event = "DESCRIPTOR(event_time), INTERVAL ";
        Map<String, String> queries = new TreeMap<>();
        queries.put("1-tumble-10s", String.format(WINDOWS, "TUMBLE(TABLE readings, " + event + "'10' SECONDS)"));
        queries.put("2-hop-1s-10s", String.format(WINDOWS, "HOP(TABLE readings, " + event + "'1' SECOND, INTERVAL '10' SECONDS)"));
        queries.put("3-cumulate-1s-10s", String.format(WINDOWS, "CUMULATE(TABLE readings, " + event + "'1' SECOND, INTERVAL '10' SECONDS)"));
        queries.put("4-session-1s", String.format(WINDOWS, "SESSION(TABLE readings PARTITION BY device, " + event + "'1' SECOND)"));
        queries.put("5-session-10s", String.format(WINDOWS, "SESSION(TABLE readings PARTITION BY device, " + event + "'10' SECONDS)"));
        queries.put("6-over-avg-100-rows", String.format(OVER, "AVG(temperature)", "ROWS BETWEEN 100 PRECEDING AND CURRENT ROW"));
        queries.put("7-over-max-100-rows", String.format(OVER, "MAX(temperature)", "ROWS BETWEEN 100 PRECEDING AND CURRENT ROW"));
        return queries;
    }

    private static void print(Map<String, List<Double>> costs) {
        double tumble = Runs.median(costs.get("1-tumble-10s"));
        System.out.printf("%-20s %10s %8s   %s%n", "", "ns/record", "ratio", "rounds");
        costs.forEach((query, rounds) -> System.out.printf("%-20s %10.0f %8.2f   %s%n", query.substring(2), Runs.median(rounds),
                Runs.median(rounds) / tumble, rounds.stream().map(Math::round).toList()));
    }
}
