package creek.connector.kafka;

import creek.connector.datagen.BlackholeConnector;
import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.Row;
import creek.core.format.Format;
import creek.core.internal.heap.HeapStateBackend;
import creek.core.internal.task.JobGraph;
import creek.core.internal.task.Task;
import creek.core.internal.task.TaskEnvironment;
import creek.core.job.JobDefinition;
import creek.core.job.JobState;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.core.state.StateBackend;
import creek.sql.CompiledJob;
import creek.sql.SqlSession;
import creek.sql.Statement;
import creek.sql.StatementResult;
import creek.sql.internal.Planner;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/** A script that is run by the engine without a framework. Rows of its query, or of its INSERT, are collected or written. */
final class SqlJob implements ConnectorRegistry, AutoCloseable {
    private static final long WAIT_SECONDS = 120;

    /** The rows of the query, as {@code +I[a, 1]}. */
    final List<String> rows = Collections.synchronizedList(new ArrayList<>());

    private final Map<String, Connector> connectors = new TreeMap<>();
    private final Map<String, Format> formats = new TreeMap<>();
    private final CompiledJob compiled;
    private final Path folder;
    private volatile boolean slow;
    private Task task;
    private Thread thread;
    private volatile Exception failure;
    private volatile JobState ended;

    /** Plans the last statement, a query or an INSERT. */
    SqlJob(String script, Path folder) throws Exception {
        this.folder = folder;
        connectors.put("kafka", new KafkaConnector());
        connectors.put("upsert-kafka", new UpsertKafkaConnector());
        connectors.put("collect", new Collect());
        connectors.put("blackhole", new BlackholeConnector());
        for (String name : List.of("json.Json", "csv.Csv", "raw.Raw", "cdc.DebeziumJson")) {
            var constructor = Class.forName("creek.core.internal.format." + name + "Format").getDeclaredConstructor();
            constructor.setAccessible(true);
            formats.put(name.contains("cdc") ? "debezium-json" : name.substring(0, name.indexOf('.')), (Format) constructor.newInstance());
        }
        SqlSession session = new Planner(this).openSession();
        CompiledJob last = null;
        for (Statement statement : session.split(script)) {
            StatementResult result = session.execute(statement);
            if (result instanceof StatementResult.Query query) {
                last = query.job();
            } else if (result instanceof StatementResult.Insert insert) {
                last = insert.job();
            }
        }
        compiled = last;
        compiled.resultConnector().ifPresent(name -> connectors.put(name, new Collect()));
    }

    CompiledJob compiled() {
        return compiled;
    }

    /** Runs it to its end. */
    List<String> run() throws Exception {
        start();
        thread.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        check();
        if (ended == null) {
            throw new AssertionError("the job does not end; so far " + rows);
        }
        return rows;
    }

    SqlJob start() throws Exception {
        task = new Task(JobGraph.of(this::definition), new TaskEnvironment(compiled.name(), this, folder, folder.resolve("job"), Clock.systemUTC()));
        thread = new Thread(() -> {
            try {
                ended = task.run(state -> { });
            } catch (Exception e) {
                failure = e;
            }
        }, "job");
        thread.start();
        return this;
    }

    Task task() {
        return task;
    }

    Exception failure() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        return failure;
    }

    /** Fails as the job has. */
    void check() throws Exception {
        if (failure != null) {
            throw failure;
        }
    }

    /** Has the job take its rows slowly. */
    void slowDown(boolean newSlow) {
        slow = newSlow;
    }

    void awaitRows(int count) throws Exception {
        await(() -> rows.size() >= count);
    }

    void await(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            check();
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come to pass; rows are " + rows.size() + ": " + rows.subList(0, Math.min(20, rows.size())));
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() throws Exception {
        if (task != null) {
            task.stop();
            thread.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        }
    }

    private JobDefinition definition() throws Exception {
        Map<String, byte[]> classes = new HashMap<>();
        String definition;
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(compiled.bundle()))) {
            definition = jar.getManifest().getMainAttributes().getValue(JobDefinition.DEFINITION_HEADER);
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                if (entry.getName().endsWith(".class")) {
                    classes.put(entry.getName().replace('/', '.').replace(".class", ""), jar.readAllBytes());
                }
            }
        }
        ClassLoader loader = new ClassLoader(SqlJob.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        return (JobDefinition) loader.loadClass(definition).getConstructor().newInstance();
    }

    @Override
    public Optional<Connector> connector(String name) {
        return Optional.ofNullable(connectors.get(name));
    }

    @Override
    public Optional<Format> format(String name) {
        return Optional.ofNullable(formats.get(name));
    }

    @Override
    public Optional<StateBackend> stateBackend(String name) {
        return name.equals("heap") ? Optional.of(new HeapStateBackend()) : Optional.empty();
    }

    @Override
    public SortedSet<String> connectorNames() {
        return new TreeSet<>(connectors.keySet());
    }

    @Override
    public SortedSet<String> formatNames() {
        return new TreeSet<>(formats.keySet());
    }

    /** Takes a query's rows. */
    private final class Collect implements Connector {
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
            return new SinkWriter() {
                @Override
                public void open() {
                    // nothing to open
                }

                @Override
                public boolean isReady() {
                    return !slow;
                }

                @Override
                public void write(Row row) {
                    List<String> values = new ArrayList<>();
                    for (int i = 0; i < row.arity(); i++) {
                        values.add(row.isNullAt(i) ? "null" : row.getUtf8(i).toString());
                    }
                    rows.add(row.kind().shortString() + values);
                }

                @Override
                public void finish() {
                    // all is there
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }
    }
}
