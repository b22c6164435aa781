import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.format.Format;
import creek.core.internal.format.json.JsonFormat;
import creek.core.internal.task.JobGraph;
import creek.core.internal.task.Task;
import creek.core.internal.task.TaskEnvironment;
import creek.core.job.JobDefinition;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.core.state.StateBackend;
import creek.sql.CompiledJob;
import creek.sql.internal.Planner;
import creek.state.xodus.XodusBackend;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/**
 * Latency of jobs under a steady 50,000 messages a second, in one process. Each message has its number, so the moment at which it was due is known
 * whenever its result is written: what waits because the job was busy counts as well. A window's rows count from the message that closes it. The first
 * third of the time does not count.
 */
public final class LatencyBench implements ConnectorRegistry {
    private static final int MESSAGES_PER_SECOND = 50_000;
    private static final long PERIOD_NANOS = 1_000_000_000L / MESSAGES_PER_SECOND;
    private static final int DEVICES = 100_000;
    private static final String READINGS = "SET 'execution.checkpointing.interval' = '%d s';\nSET 'state.backend.type' = 'xodus';\n"
            + "CREATE TABLE readings (i BIGINT, device STRING, temperature DOUBLE, t AS TO_TIMESTAMP_LTZ(i, 3), WATERMARK FOR t AS t)"
            + " WITH ('connector' = 'paced', 'format' = 'json');\n";
    private static final Map<String, String> QUERIES = new LinkedHashMap<>(Map.of(
            "filter", "SELECT i FROM readings WHERE temperature > 20",
            "group", "SELECT MAX(i), device, COUNT(*), AVG(temperature) FROM readings GROUP BY device",
            "tumble", "SELECT (MAX(i) / 1000 + 1) * 1000, device, COUNT(*), AVG(temperature) FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(t), INTERVAL '1' SECOND))"
                    + " GROUP BY window_start, window_end, device"));

    private final int messages;
    private long start;
    private final long[] latencies;
    private int measured;

    private LatencyBench(int seconds) {
        messages = seconds * MESSAGES_PER_SECOND;
        latencies = new long[2 * messages];
    }

    public static void main(String[] args) throws Exception {
        int seconds = 30;
        int interval = 10;
        int first = 1;
        for (; args.length > first + 1 && args[first].startsWith("--"); first += 2) {
            int number = Integer.parseInt(args[first + 1]);
            switch (args[first]) {
                case "--seconds" -> seconds = number;
                case "--interval" -> interval = number;
                default -> throw new IllegalArgumentException("what is " + args[first] + "?");
            }
        }
        List<String> chosen = first < args.length ? List.of(args).subList(first, args.length) : List.copyOf(new TreeSet<>(QUERIES.keySet()));
        for (String name : chosen) {
            LatencyBench bench = new LatencyBench(seconds);
            bench.run(name, interval, Path.of(args[0], name));
            bench.print(name);
        }
        System.exit(0);
    }

    private void run(String name, int interval, Path folder) throws Exception {
        CompiledJob job = new Planner(this).openSession().compile(READINGS.formatted(interval) + "CREATE TABLE results WITH ('connector' = 'timed') AS " + QUERIES.get(name),
                name);
        Map<String, byte[]> files = new HashMap<>();
        String definition;
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(job.bundle()))) {
            definition = jar.getManifest().getMainAttributes().getValue(JobDefinition.DEFINITION_HEADER);
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                files.put(entry.getName(), jar.readAllBytes());
            }
        }
        JobGraph graph = new JobGraph();
        ((JobDefinition) new Loader(files).loadClass(definition).getConstructor().newInstance()).define(graph);
        new Task(graph, new TaskEnvironment(name, this, folder, folder, Clock.systemUTC())).run(state -> {
        });
    }

    private void print(String name) {
        long[] sorted = Arrays.copyOf(latencies, measured);
        Arrays.sort(sorted);
        System.out.printf("%-8s %8d rows, latency in ms: median %.2f, 99 %% %.2f, 99.9 %% %.2f, longest %.2f%n", name, measured, at(sorted, 0.5),
                at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, part * sorted.length)] / 1e6;
    }

    /** Hands out each message when it is due. */
    private final class Paced implements Connector, SourceReader {
        private final byte[] bytes = new byte[256];
        private int next;

        @Override
        public ReadStatus read(RecordOutput output) throws Exception {
            long due = Math.min(messages, (System.nanoTime() - start) / PERIOD_NANOS + 1);
            if (next >= due) {
                return ReadStatus.NOTHING_NOW;
            }
            while (next < due && !output.isFull()) {
                byte[] text = ("{\"i\":" + next + ",\"device\":\"dev-" + next * 7919L % DEVICES + "\",\"temperature\":" + (21 + next % 10) + ".5}")
                        .getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(text, 0, bytes, 0, text.length);
                next++;
                output.record(bytes, 0, text.length);
            }
            return next < messages ? ReadStatus.MORE : ReadStatus.END_OF_INPUT;
        }

        @Override
        public void open() {
            start = System.nanoTime();
        }

        @Override
        public boolean hasPosition() {
            return true;
        }

        @Override
        public void writePosition(BinaryWriter output) {
            output.writeInt(next);
        }

        @Override
        public void restorePosition(int version, BinaryReader position) {
            next = position.readInt();
        }

        @Override
        public String location() {
            return "message " + next;
        }

        @Override
        public void close() {
            // nothing to let go of
        }

        @Override
        public boolean isSource() {
            return true;
        }

        @Override
        public boolean isSink() {
            return false;
        }

        @Override
        public boolean usesFormat() {
            return true;
        }

        @Override
        public boolean isBounded(Options options) {
            return true;
        }

        @Override
        public List<ConfigOption<?>> options() {
            return List.of();
        }

        @Override
        public SourceReader createReader(SourceContext context) {
            return this;
        }
    }

    /** Takes the time of each row. */
    private final class Timed implements Connector, SinkWriter {
        @Override
        public void write(Row row) {
            long number = row.getLong(0);
            if (number > messages / 3 && number < messages && row.kind().ordinal() != 1) {
                latencies[measured++] = System.nanoTime() - start - number * PERIOD_NANOS;
            }
        }

        @Override
        public void open() {
            // rows go nowhere
        }

        @Override
        public void finish() {
            // nothing was kept
        }

        @Override
        public void close() {
            // nothing to let go of
        }

        @Override
        public boolean isSource() {
            return false;
        }

        @Override
        public boolean isSink() {
            return true;
        }

        @Override
        public boolean usesFormat() {
            return false;
        }

        @Override
        public List<ConfigOption<?>> options() {
            return List.of();
        }

        @Override
        public ChangelogMode accepts(Options options, ChangelogMode ofFormat) {
            return ChangelogMode.ALL;
        }

        @Override
        public SinkWriter createWriter(SinkContext context) {
            return this;
        }
    }

    @Override
    public Optional<Connector> connector(String name) {
        return Optional.of(name.equals("paced") ? new Paced() : new Timed());
    }

    @Override
    public Optional<Format> format(String name) {
        return Optional.of(new JsonFormat());
    }

    @Override
    public Optional<StateBackend> stateBackend(String name) {
        return Optional.of(new XodusBackend());
    }

    @Override
    public SortedSet<String> connectorNames() {
        return new TreeSet<>(List.of("paced", "timed"));
    }

    @Override
    public SortedSet<String> formatNames() {
        return new TreeSet<>(List.of("json"));
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> files;

        Loader(Map<String, byte[]> files) {
            super(LatencyBench.class.getClassLoader());
            this.files = files;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = files.get(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return files.containsKey(name) ? new ByteArrayInputStream(files.get(name)) : super.getResourceAsStream(name);
        }
    }
}
