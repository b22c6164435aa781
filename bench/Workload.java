import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A query that both systems run on the same file.
 *
 * @param name     of the query
 * @param script   where it stands, relative to the folder of the bench
 * @param share    how many records it reads, of the usual number
 * @param same     with how many threads at most it gives the same rows each time: with none if it asks the clock, with one if it takes the first of equal rows
 */
record Workload(String name, String script, double share, int same) {
    private static final Pattern NEXMARK_SOURCE = Pattern.compile("(?s)\\) WITH \\(\\s*'connector' = 'nexmark'.*?\\);");
    private static final String EVENTS = ") WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json');";
    /** The folder of files that Flink leaves behind. */
    static final String TEMPORARY = "flink";
    private static final List<String> OUTPUTS = List.of("per_device", "hot", "q10");
    private static final Pattern SINK = Pattern.compile("(PARTITIONED BY \\([^)]*\\)\\s*)?WITH \\('connector' = '(blackhole|filesystem', 'path' = '("
            + String.join("|", OUTPUTS) + ")', 'format' = '\\w+)'\\)");
    /** Queries of Nexmark whose state grows with each record: with three million Flink's heap of 1.5 GB is full, or nearly so. */
    private static final Set<Integer> GROWING = Set.of(4, 7, 9, 16, 17, 18, 19, 20);
    /** What the generators beside the scripts make. */
    private static final Map<String, String[]> GENERATORS = Map.of(
            "readings.json", new String[] {"GenerateReadings.java"},
            "orders.json", new String[] {"GenerateOrders.java", "orders"},
            "payments.json", new String[] {"GenerateOrders.java", "payments"},
            "readings.csv", new String[] {"GenerateMessages.java", "csv"},
            "wide.json", new String[] {"GenerateMessages.java", "wide"},
            "deep.json", new String[] {"GenerateMessages.java", "deep"});

    static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        all.add(new Workload("filter", "filter.sql", 1, 2));
        all.add(new Workload("tumble", "tumble.sql", 1, 2));
        for (String name : List.of("hop", "session", "over", "top-n", "pattern", "udf", "csv")) {
            all.add(new Workload(name, "queries/" + name + ".sql", 1, name.equals("top-n") ? 1 : 2));
        }
        // messages that are larger, and state that grows with each record
        all.add(new Workload("wide", "queries/wide.sql", 0.5, 2));
        all.add(new Workload("deep", "queries/deep.sql", 1, 2));
        all.add(new Workload("join", "queries/join.sql", 0.2, 2));
        all.add(new Workload("interval-join", "queries/interval-join.sql", 1, 2));
        for (int query = 0; query <= 22; query++) {
            if (query != 6) { // which Flink's SQL does not allow
                all.add(new Workload("q" + query, "nexmark/q" + query + ".sql", GROWING.contains(query) ? 0.3 : 1, query == 12 ? 0 : query == 19 ? 1 : 2));
            }
        }
        return all;
    }

    /** How many records it reads where others read so many. */
    int records(int usual) {
        return (int) (usual * share);
    }

    private boolean isNexmark() {
        return script.startsWith("nexmark/");
    }

    /** A file with as many records as it reads. */
    private String file(String name) {
        return share == 1 ? name : "few-" + name;
    }

    /** As it is measured. */
    String text(Runs runs) throws IOException {
        String text = Files.readString(runs.bench().resolve(script)) + "\n";
        for (String file : GENERATORS.keySet()) {
            text = text.replace("'" + file + "'", "'" + file(file) + "'");
        }
        return isNexmark() ? NEXMARK_SOURCE.matcher(nexmarkTables(runs)).replaceFirst(Matcher.quoteReplacement(EVENTS.formatted(file("events.json")))) + "\n" + text : text;
    }

    /** Likewise, and it prints what it gives. */
    String printingText(Runs runs) throws IOException {
        return SINK.matcher(text(runs)).replaceFirst("WITH ('connector' = 'print')");
    }

    /**
     * Makes what it reads in the working directory, where it is missing.
     *
     * @param usual     how many records others read
     * @param eventRate events of Nexmark in a second of event time
     */
    void prepare(Runs runs, int usual, int eventRate) throws Exception {
        if (isNexmark()) {
            makeEvents(runs, file("events.json"), records(usual), eventRate);
            return;
        }
        String text = text(runs);
        List<String> files = GENERATORS.keySet().stream().filter(file -> text.contains("'" + file(file) + "'")).toList();
        for (String file : files) {
            if (!Files.exists(runs.work().resolve(file(file)))) {
                List<String> words = new ArrayList<>(List.of(GENERATORS.get(file)));
                words.add(String.valueOf(records(usual) / files.size()));
                runs.generate(file(file), words.get(0), words.subList(1, words.size()).toArray(String[]::new));
            }
        }
    }

    /** The files that it reads, in the working directory. */
    List<Path> files(Runs runs) throws IOException {
        String text = text(runs);
        return Stream.concat(Stream.of("events.json", "side_input.csv"), GENERATORS.keySet().stream()).map(this::file).filter(file -> text.contains("'" + file + "'"))
                .map(file -> runs.work().resolve(file)).toList();
    }

    /** The events of Nexmark, as Creek's connector of that name makes them up, in a file; one file only, since Flink reads several in an order of its own. */
    private static void makeEvents(Runs runs, String name, int records, int eventRate) throws Exception {
        Path events = runs.work().resolve(name);
        if (Files.exists(events)) {
            return;
        }
        Files.copy(runs.bench().resolve("nexmark/side_input.csv"), runs.work().resolve("side_input.csv"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(runs.work().resolve("events.sql"), nexmarkTables(runs).replaceFirst("'events.num' = '\\d+'", "'events.num' = '" + records + "'")
                .replaceAll("-event.rate' = '\\d+'", "-event.rate' = '" + eventRate + "'") + "\n" + Files.readString(runs.bench().resolve("nexmark/keep.sql")));
        runs.creek("events.sql", records, "");
        try (Stream<Path> parts = Files.list(runs.work().resolve("events"))) {
            Files.move(parts.filter(part -> part.getFileName().toString().startsWith("part-")).reduce((a, b) -> {
                throw new IllegalStateException("the events are in several files");
            }).orElseThrow(), events);
        }
    }

    private static String nexmarkTables(Runs runs) throws IOException {
        return Files.readString(runs.bench().resolve("nexmark/tables.sql"));
    }

    /** Removes what the last run has written. */
    static void deleteOutputs(Runs runs) throws IOException {
        for (String output : OUTPUTS) {
            Runs.delete(runs.work().resolve(output));
        }
        Runs.delete(runs.work().resolve(TEMPORARY));
    }
}
