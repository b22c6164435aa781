package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertFalse;

import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.connector.EndOfOutputException;
import creek.core.connector.FixedRegistry;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.internal.heap.HeapStateBackend;
import creek.core.job.CheckpointStatus;
import creek.core.job.JobState;
import creek.core.job.Stream;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.option.ConfigOption;
import creek.core.state.StateBackend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A job that numbers the records of each key, {@code a} and {@code a} becoming {@code a,1} and {@code a,2}, run again and again over tables and a store
 * that survive. Its clock stands unless the test puts it forward, so that no checkpoint comes by itself.
 */
final class CheckpointedJob implements AutoCloseable {
    private static final Schema KEYS = Schema.empty().with("k", DataType.string());
    private static final Schema NUMBERED = KEYS.with("n", DataType.bigint());
    private static final long PATIENCE_SECONDS = 60;

    final CommittedTables tables = new CommittedTables();
    final UnreliableBackend backend = new UnreliableBackend();
    final TestClock clock = new TestClock();
    final Map<String, String> settings = new HashMap<>(Map.of("execution.checkpointing.interval", "1 s", "state.backend.type", "unreliable",
            "state.snapshot.every", "0"));
    final List<JobState> states = Collections.synchronizedList(new ArrayList<>());
    /** How often each record is emitted, one row in a step. */
    int repeated = 1;
    String source = "in";
    String sink = "out";
    /** Whether there is a second sink, whose reader has gone. */
    boolean hasPipe;
    private final Path folder;
    private Task task;
    private Thread thread;
    private CompletableFuture<JobState> result;

    CheckpointedJob(Path folder) {
        this.folder = folder;
    }

    /** What a condition is asked. */
    interface Condition {
        boolean isMet();
    }

    /** Starts a run and waits until its state is there, or it has failed. */
    Task start() throws InterruptedException {
        JobGraph graph = new JobGraph();
        settings.forEach(graph::set);
        Stream numbered = graph.source(source, new TableSource(source, KEYS).option("connector", "tables").option("format", "words").read("k"))
                .then("repeat", new RepeatOperator(repeated)).then("count", new CountOperator(KEYS));
        if (hasPipe) {
            numbered.sink("pipe", new TableSink("pipe", NUMBERED).option("connector", "pipe"));
        }
        numbered.sink(sink, new TableSink(sink, NUMBERED).option("connector", "tables"));
        Task started = new Task(graph, new TaskEnvironment("test", new Registry(tables, backend), folder, folder, clock));
        CompletableFuture<JobState> end = new CompletableFuture<>();
        thread = new Thread(() -> {
            try {
                end.complete(started.run(states::add));
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
        task = started;
        result = end;
        thread.start();
        await(() -> end.isDone() || started.metrics().checkpoints().isPresent());
        return started;
    }

    /** As {@link #start}, with further records. */
    Task startAndAdd(String... texts) throws InterruptedException {
        Task started = start();
        tables.add(texts);
        return started;
    }

    /** Waits for the end of the run. */
    JobState end() throws Exception {
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Has the run fail between two checkpoints and starts the job again. */
    Task crashAndRestart() throws InterruptedException {
        crash();
        await(this::hasFailed);
        return start();
    }

    /** Has the run fail with the next read. */
    void crash() {
        tables.crash = new IllegalStateException("crash");
        tables.add();
    }

    boolean hasEnded() {
        return result.isDone();
    }

    boolean hasFailed() {
        return result.isCompletedExceptionally();
    }

    /** Puts the clock forward by the interval of checkpoints and waits for the next to end. */
    void checkpoint() throws InterruptedException {
        long before = ended();
        clock.advance(Duration.ofSeconds(1));
        await(() -> ended() > before);
    }

    CheckpointStatus status() {
        return task.metrics().checkpoints().orElseThrow();
    }

    /** How many checkpoints of this run have ended. */
    private long ended() {
        return task.metrics().checkpoints().map(status -> status.completed() + status.failed()).orElse(0L);
    }

    /** Waits until so many rows have been emitted in this run. */
    void awaitRows(long rows) throws InterruptedException {
        await(() -> task.metrics().recordsOut() >= rows);
    }

    void await(Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.isMet()) {
            assertFalse(System.nanoTime() > deadline, () -> "did not come to pass; checkpoints: " + task.metrics().checkpoints() + ", result: " + result
                    + ", rows: " + task.metrics().recordsOut());
            Thread.sleep(1);
        }
    }

    /** What the records give if nothing goes wrong. */
    List<String> expected() {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> rows = new ArrayList<>();
        for (String text : tables.records) {
            for (String key : text.split(" ")) {
                for (int i = 0; i < repeated; i++) {
                    rows.add(key + "," + counts.merge(key, 1, Integer::sum));
                }
            }
        }
        return rows;
    }

    @Override
    public void close() throws InterruptedException {
        backend.gate.countDown();
        tables.ready = true;
        if (task != null) {
            task.stop();
            thread.join();
        }
    }

    private record Registry(ConnectorRegistry fixed, StateBackend backend) implements ConnectorRegistry {
        Registry(Connector tables, StateBackend backend) {
            this(new FixedRegistry(Map.of("tables", tables, "pipe", new Pipe()), Map.of("words", new Words())), backend);
        }

        @Override
        public Optional<Connector> connector(String name) {
            return fixed.connector(name);
        }

        @Override
        public Optional<Format> format(String name) {
            return fixed.format(name);
        }

        @Override
        public SortedSet<String> connectorNames() {
            return fixed.connectorNames();
        }

        @Override
        public SortedSet<String> formatNames() {
            return fixed.formatNames();
        }

        @Override
        public Optional<StateBackend> stateBackend(String name) {
            return switch (name) {
                case "unreliable" -> Optional.of(backend);
                case "heap" -> Optional.of(new HeapStateBackend());
                default -> Optional.empty();
            };
        }

        @Override
        public SortedSet<String> stateBackendNames() {
            return new TreeSet<>(List.of("heap", "unreliable"));
        }
    }

    /** A table that nobody reads any more. */
    private static final class Pipe implements Connector {
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
        public SinkWriter createWriter(SinkContext context) {
            return new SinkWriter() {
                @Override
                public void open() {
                    // nothing to take
                }

                @Override
                public void write(Row row) throws EndOfOutputException {
                    throw new EndOfOutputException("closed");
                }

                @Override
                public void finish() throws EndOfOutputException {
                    throw new EndOfOutputException("closed");
                }

                @Override
                public void close() {
                    // nothing to let go of
                }
            };
        }
    }

    /** A record has a row for each of its words. */
    private static final class Words implements Format {
        @Override
        public List<ConfigOption<?>> options() {
            return List.of();
        }

        @Override
        public RowDecoder createDecoder(DecoderContext context) {
            return new RowDecoder() {
                private String[] words;
                private int next;

                @Override
                public boolean givesSeveralRows() {
                    return true;
                }

                @Override
                public boolean decode(byte[] bytes, int from, int to, Row row) {
                    words = new String(bytes, from, to - from, StandardCharsets.UTF_8).split(" ");
                    next = 0;
                    return next(row);
                }

                @Override
                public boolean next(Row row) {
                    if (next == words.length) {
                        return false;
                    }
                    byte[] word = words[next++].getBytes(StandardCharsets.UTF_8);
                    row.setUtf8(0, word, 0, word.length);
                    return true;
                }
            };
        }

        @Override
        public RowEncoder createEncoder(EncoderContext context) {
            throw new UnsupportedOperationException("words are only read");
        }
    }
}
