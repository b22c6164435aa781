import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A query that both systems run on the same file.
 *
 * @param name    of the query
 * @param script  where it stands, relative to the folder of the bench
 * @param streams how many files of the usual number of records it reads
 * @param options of Creek's virtual machine: as the launcher has them for what keeps little, a large heap for what keeps all
 */
record Workload(String name, String script, int streams, String options) {
    private static final String SMALL = "-Xmx64m";
    private static final String LARGE = "-Xmx1500m";
    private static final String NEXMARK_SOURCE = "(?s)\\) WITH \\(\\s*'connector' = 'nexmark'.*?\\);";
    private static final String EVENTS = ") WITH ('connector' = 'filesystem', 'path' = 'events', 'format' = 'json');";
    /** What the generators beside the scripts make. */
    private static final Map<String, String[]> GENERATORS = Map.of(
            "readings.json", new String[] {"GenerateReadings.java"},
            "orders.json", new String[] {"GenerateOrders.java", "orders"},
            "payments.json", new String[] {"GenerateOrders.java", "payments"},
            "readings.csv", new String[] {"GenerateMessages.java", "csv"},
            "wide.json", new String[] {"GenerateMessages.java", "wide"},
            "deep.json", new String[] {"GenerateMessages.java", "deep"});

    static List<Workload> all() {
        List<Workload> all = new ArrayList<>(List.of(new Workload("filter", "filter.sql", 1, SMALL), new Workload("tumble", "tumble.sql", 1, SMALL)));
        for (String name : List.of("hop", "session", "over", "top-n", "pattern", "udf", "csv", "wide", "deep")) {
            all.add(new Workload(name, "queries/" + name + ".sql", 1, SMALL));
        }
        all.add(new Workload("join", "queries/join.sql", 2, LARGE));
        all.add(new Workload("interval-join", "queries/interval-join.sql", 2, SMALL));
        for (int query = 0; query <= 22; query++) {
            if (query != 6) { // which Flink's SQL does not allow
                all.add(new Workload("q" + query, "nexmark/q" + query + ".sql", 1, LARGE));
            }
        }
        return all;
    }

    boolean isNexmark() {
        return script.startsWith("nexmark/");
    }

    /** Makes the script and what it reads in the working directory, where they are missing; the script's text. */
    String prepare(Runs runs, int records) throws Exception {
        String text = Files.readString(runs.bench().resolve(script)) + "\n";
        if (isNexmark()) {
            String tables = Files.readString(runs.bench().resolve("nexmark/tables.sql"));
            makeEvents(runs, tables, records);
            return tables.replaceFirst(NEXMARK_SOURCE, EVENTS) + "\n" + text;
        }
        for (Map.Entry<String, String[]> file : GENERATORS.entrySet()) {
            if (text.contains("'" + file.getKey() + "'") && !Files.exists(runs.work().resolve(file.getKey()))) {
                String[] generator = file.getValue();
                String[] arguments = generator.length == 1 ? new String[] {"" + records} : new String[] {generator[1], "" + records};
                runs.generate(file.getKey(), generator[0], arguments);
            }
        }
        return text;
    }

    /** The events of Nexmark, as Creek's connector of that name makes them up, in a file. */
    private static void makeEvents(Runs runs, String tables, int records) throws Exception {
        Path sideInput = runs.work().resolve("side_input.csv");
        if (Files.exists(sideInput)) {
            return;
        }
        Files.copy(runs.bench().resolve("nexmark/side_input.csv"), sideInput);
        String kept = tables.replaceFirst("'events.num' = '\\d+'", "'events.num' = '" + records + "'") + "\n"
                + Files.readString(runs.bench().resolve("nexmark/keep.sql"));
        Files.writeString(runs.work().resolve("events.sql"), kept);
        runs.creek("events.sql", records, SMALL);
    }

    /** Removes what the last run has written. */
    static void deleteOutputs(Runs runs) throws IOException {
        for (String output : List.of("per_device", "hot", "q10")) {
            Runs.delete(runs.work().resolve(output));
        }
    }
}
