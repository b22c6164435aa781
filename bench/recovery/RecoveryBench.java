import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures checkpoints and recovery of whole jobs by the counters that {@code creek run --progress} prints. */
public final class RecoveryBench {
    private static final Pattern COUNTER = Pattern.compile("(\\w+)=(-?\\d+)");
    private static final int READINGS = 5_000_000;
    private static final String XODUS = "SET 'state.backend.type' = 'xodus';\n";

    private final Runs runs;

    private RecoveryBench(Runs runs) {
        this.runs = runs;
    }

    public static void main(String[] args) throws Exception {
        int rounds = 5;
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--rounds") && i + 1 < args.length && args[i + 1].matches("[1-9]\\d?")) {
                rounds = Integer.parseInt(args[++i]);
            } else if (List.of("tumble", "pause", "restart", "keys").contains(args[i])) {
                wanted.add(args[i]);
            } else {
                System.err.println("usage: bench/recovery/run [--rounds NUMBER] [tumble] [pause] [restart] [keys]");
                System.exit(2);
            }
        }
        try (Runs runs = new Runs()) {
            RecoveryBench bench = new RecoveryBench(runs);
            if (wanted.isEmpty() || wanted.contains("tumble")) {
                bench.tumble(rounds);
            }
            if (wanted.isEmpty() || wanted.contains("pause")) {
                bench.pause();
            }
            if (wanted.isEmpty() || wanted.contains("restart")) {
                bench.restart();
            }
            if (wanted.isEmpty() || wanted.contains("keys")) {
                bench.keys();
            }
        }
    }

    /** With a checkpoint every second beside none, alternately. */
    private void tumble(int rounds) throws Exception {
        runs.generate("readings.json", "GenerateReadings.java", String.valueOf(READINGS));
        String script = Files.readString(runs.bench().resolve("tumble.sql"));
        Files.writeString(runs.work().resolve("without.sql"), script);
        Files.writeString(runs.work().resolve("with.sql"), "SET 'execution.checkpointing.interval' = '1 s';\n" + XODUS + script);
        Map<String, List<Double>> rates = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String variant : List.of("without.sql", "with.sql")) {
                Runs.delete(runs.work().resolve("per_device"));
                Runs.delete(runs.work().resolve(".creek"));
                rates.computeIfAbsent(variant, key -> new ArrayList<>()).add(runs.creek(variant, READINGS, "-Xmx32m").rate());
            }
        }
        double without = Runs.median(rates.get("without.sql"));
        double with = Runs.median(rates.get("with.sql"));
        System.out.printf("tumble.sql: %.2f M messages/s without checkpoints, %.2f with one every second: %.0f %%   %s%n", without, with,
                100 * with / without, rates);
    }

    /** All of 100,000 keys change between two checkpoints. */
    private void pause() throws Exception {
        script("pause.sql", "SET 'execution.checkpointing.interval' = '1 s';\n", 20_000_000, "MOD(i, 100000)");
        Map<String, Long> last = progress("pause.sql", "-Xmx256m", counters -> false);
        System.out.printf("100,000 changed keys: longest pause %.1f ms of %d checkpoints; the last one had %.1f MB to write%n",
                last.get("pause") / 1e6, last.get("checkpoints"), last.get("changed") / 1e6);
    }

    /** Killed with a million keys; the time from the start of the next process to its first record. */
    private void restart() throws Exception {
        Runs.delete(runs.work().resolve(".creek"));
        script("restart.sql", "SET 'execution.checkpointing.interval' = '1 s';\n", 1_000_000_000, "MOD(i, 1000000)");
        Map<String, Long> killed = progress("restart.sql", "-Xmx256m", counters -> counters.getOrDefault("kept", 0L) >= 1_000_000
                && counters.getOrDefault("checkpoints", 0L) >= 5);
        long begun = System.nanoTime();
        long[] first = new long[1];
        Map<String, Long> next = progress("restart.sql", "-Xmx256m", counters -> {
            if (counters.get("in") > 0 && first[0] == 0) {
                first[0] = System.nanoTime() - begun;
            }
            return first[0] != 0;
        });
        System.out.printf("a million keys, %.1f MB on disk: the first record %.2f s after the start of the process, from checkpoint %d%n",
                killed.get("stored") / 1e6, first[0] / 1e9, next.get("restored"));
    }

    /** Ten million keys, of which a million come twice. */
    private void keys() throws Exception {
        Runs.delete(runs.work().resolve(".creek"));
        script("keys.sql", "SET 'execution.checkpointing.interval' = '10 s';\n", 11_000_000, "MOD(i * 7919, 10000000)");
        long begun = System.nanoTime();
        Map<String, Long> last = progress("keys.sql", "-Xmx64m", counters -> false);
        System.out.printf("%,d keys with 64 MB of heap: %,d records in %.0f s, %d checkpoints, %.0f MB written, %.0f MB stored%n", last.get("kept"),
                last.get("in"), (System.nanoTime() - begun) / 1e9, last.get("checkpoints"), last.get("written") / 1e6, last.get("stored") / 1e6);
    }

    private void script(String name, String settings, long rows, String key) throws IOException {
        Files.writeString(runs.work().resolve(name), settings + XODUS + """
                CREATE TABLE numbers (i BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '1000000000', 'fields.i.kind' = 'sequence', 'fields.i.start' = '1', 'fields.i.end' = '%d');
                CREATE TABLE sums (k BIGINT, c BIGINT, s BIGINT) WITH ('connector' = 'blackhole');
                INSERT INTO sums SELECT k, COUNT(*), SUM(i) FROM (SELECT i, %s AS k FROM numbers) GROUP BY k;
                """.formatted(rows, key));
    }

    /** Decides by the counters whether a process is to be killed. */
    private interface Killer {
        boolean kills(Map<String, Long> counters);
    }

    /** The last counters of a run. */
    private Map<String, Long> progress(String script, String options, Killer killer) throws Exception {
        Path creek = runs.bench().resolveSibling("creek");
        ProcessBuilder builder = new ProcessBuilder(creek.toString(), "run", "--progress", "10ms", script).directory(runs.work().toFile())
                .redirectErrorStream(true);
        builder.environment().put("CREEK_OPTS", options);
        Process process = builder.start();
        Map<String, Long> counters = new TreeMap<>();
        List<String> said = new ArrayList<>();
        boolean killed = false;
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (!line.startsWith("progress ")) {
                    said.add(line);
                    continue;
                }
                Matcher matcher = COUNTER.matcher(line);
                while (matcher.find()) {
                    counters.put(matcher.group(1), Long.parseLong(matcher.group(2)));
                }
                if (killer.kills(counters)) {
                    killed = true;
                    process.destroyForcibly();
                    break;
                }
            }
        }
        if (process.waitFor() != 0 && !killed) {
            throw new IOException(script + " failed: " + String.join("\n", said));
        }
        return counters;
    }
}
