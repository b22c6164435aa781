package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Connector;
import creek.core.connector.FixedRegistry;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.job.JobState;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.job.Topology;
import creek.core.operator.KeySelector;
import creek.core.operator.Operator;
import creek.core.operator.OperatorContext;
import creek.core.operator.WatermarkGenerator;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs of several subtasks over rows of a key, a number and the share that they are of. */
@Timeout(300)
class ParallelTaskTest {
    private static final Schema SCHEMA = Schema.empty().with("k", DataType.string()).with("n", DataType.bigint()).with("share", DataType.bigint());
    private static final int KEYS = 100;

    private final Numbers numbers = new Numbers();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void rowsOfAKeyMeetInOneSubtaskInTheOrderOfTheirShare(int parallelism) throws Exception {
        Map<String, Set<String>> threads = new ConcurrentHashMap<>();
        numbers.rows = 50_000;
        Task task = task(parallelism, topology -> topology.source("in", source())
                .keyBy(by(0)).then("first", new Witness(threads))
                .keyBy(by(1)).then("second", new Repeat(2))
                .keyBy(by()).then("third", new Repeat(1)).sink("out", sink()));
        assertEquals(JobState.FINISHED, task.run(state -> {
        }));
        assertEquals(2L * numbers.rows, numbers.written.size());
        assertEquals(numbers.rows, new TreeSet<>(numbers.written).size());
        assertEquals(KEYS, threads.size());
        threads.forEach((key, all) -> assertEquals(1, all.size(), key));
        assertEquals(parallelism, threads.values().stream().flatMap(Set::stream).distinct().count());
        assertEquals(numbers.rows, task.metrics().recordsIn());
        assertEquals(2L * numbers.rows, task.metrics().recordsOut());
        assertEquals(0, numbers.open.get());
    }

    @Test
    void theWatermarkIsTheLowestOfAllSubtasks() throws Exception {
        numbers.rows = 20_000;
        Task task = task(2, topology -> topology.source("in", source()).keyBy(by(0)).then("late", new Operator() {
            private long watermark = Long.MIN_VALUE;

            @Override
            public void process(Row row) throws Exception {
                assertTrue(row.getLong(1) > watermark, "a row of a share came behind its watermark");
                output.process(row);
            }

            @Override
            public void watermark(long reached) throws Exception {
                assertTrue(reached > watermark, "the watermark went back");
                watermark = reached;
                super.watermark(reached);
            }
        }).sink("out", sink()));
        task.run(state -> {
        });
        assertEquals(numbers.rows, numbers.written.size());
        assertEquals(Long.MAX_VALUE, task.metrics().watermark());
    }

    @Test
    void aSourceThatIsNotSplittableIsReadOnceAndHoldsBackNoWatermark() throws Exception {
        numbers.rows = 5000;
        numbers.splittable = false;
        List<Long> early = Collections.synchronizedList(new ArrayList<>());
        Task task = task(3, topology -> topology.source("in", source()).keyBy(by(0)).then("see", new Operator() {
            private long watermark = Long.MIN_VALUE;

            @Override
            public void process(Row row) throws Exception {
                // each row comes with the watermark of the one before it
                if (watermark != row.getLong(1) - 1 && row.getLong(1) > 0) {
                    early.add(row.getLong(1));
                }
                output.process(row);
            }

            @Override
            public void watermark(long reached) throws Exception {
                watermark = reached;
                super.watermark(reached);
            }
        }).sink("out", sink()));
        task.run(state -> {
        });
        assertEquals(numbers.rows, numbers.written.size());
        assertEquals(List.of(), early);
    }

    @Test
    void aSubtaskThatFailsFailsTheJobWithItsReason() throws Exception {
        numbers.rows = Long.MAX_VALUE;
        Task task = task(3, topology -> topology.source("in", source()).keyBy(by(0)).then("fail", new Operator() {
            @Override
            public void process(Row row) {
                if (row.getLong(1) == 20_011) {
                    throw new IllegalStateException("number 20011");
                }
            }
        }).sink("out", sink()));
        Exception failure = assertThrows(Exception.class, () -> task.run(state -> {
        }));
        assertTrue(TaskException.reason(failure).contains("number 20011"), TaskException.reason(failure));
        assertEquals(0, numbers.open.get());
        assertEquals(0, numbers.finished.get());
    }

    @Test
    void stopEndsAllSubtasks() throws Exception {
        numbers.rows = Long.MAX_VALUE;
        Task task = task(2, topology -> topology.source("in", source()).keyBy(by(0)).then("pass", new Repeat(1)).sink("out", sink()));
        assertEquals(JobState.STOPPED, task.run(state -> task.stop()));
        assertEquals(0, numbers.open.get());
        assertFalse(Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().startsWith("creek-job-test")));
    }

    @Test
    void tooFewOrTooManySubtasksAreRefused() {
        assertThrows(OptionException.class, () -> task(0, topology -> topology.source("in", source()).sink("out", sink())));
        assertThrows(OptionException.class, () -> task(129, topology -> topology.source("in", source()).sink("out", sink())));
    }

    private Task task(int parallelism, Consumer<Topology> definition) throws Exception {
        JobGraph graph = JobGraph.of(() -> topology -> {
            topology.set("parallelism.default", Integer.toString(parallelism));
            definition.accept(topology);
        });
        return new Task(graph, new TaskEnvironment("test", new FixedRegistry(Map.of("numbers", numbers), Map.of()), Path.of(""), Path.of(""),
                new TestClock()));
    }

    private static KeySelector by(int... columns) {
        Schema keys = Schema.empty();
        for (int column : columns) {
            keys = keys.with(SCHEMA.name(column), SCHEMA.type(column));
        }
        return new KeySelector(columns, keys);
    }

    private static TableSource source() {
        return new TableSource("in", SCHEMA).option("connector", "numbers").read("k").read("n").read("share").watermark(new WatermarkGenerator() {
            @Override
            public void open(OperatorContext context) {
                // needs nothing
            }

            @Override
            public long watermark(Row row) {
                return row.getLong(1);
            }
        });
    }

    private static TableSink sink() {
        return new TableSink("out", SCHEMA).option("connector", "numbers");
    }

    /** Notes which subtask sees which key, and sees to the order. */
    private static final class Witness extends Operator {
        private final Map<String, Set<String>> threads;
        private final Map<String, Long> last = new HashMap<>();

        Witness(Map<String, Set<String>> threads) {
            this.threads = threads;
        }

        @Override
        public void process(Row row) throws Exception {
            String key = row.getUtf8(0).toString();
            threads.computeIfAbsent(key, any -> ConcurrentHashMap.newKeySet()).add(Thread.currentThread().getName());
            Long before = last.put(key + " of " + row.getLong(2), row.getLong(1));
            assertTrue(before == null || before <= row.getLong(1), () -> key + ": " + row.getLong(1) + " came behind " + before);
            output.process(row);
        }
    }

    /** Emits each row several times, as far as there is room. */
    private static final class Repeat extends Operator {
        private final int times;
        private Row row;
        private int left;

        Repeat(int times) {
            this.times = times;
        }

        @Override
        public void process(Row given) throws Exception {
            assertEquals(0, left, "a row came while another was being emitted");
            row = given.copy();
            left = times;
            if (!resume()) {
                context.resumeLater();
            }
        }

        @Override
        public boolean resume() throws Exception {
            while (left > 0 && !context.isOutputBusy()) {
                left--;
                output.process(row);
            }
            return left == 0;
        }
    }

    /** A source of numbered rows that readers share, and a sink of one writer. */
    private static final class Numbers implements Connector {
        private volatile long rows;
        private volatile boolean splittable = true;
        private final List<Long> written = new ArrayList<>();
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicInteger finished = new AtomicInteger();

        @Override
        public boolean isSource() {
            return true;
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
        public boolean isSplittable(Options options) {
            return splittable;
        }

        @Override
        public SourceReader createReader(SourceContext context) {
            return new SourceReader() {
                private final Row row = new Row(3);
                private long next = splittable ? context.subtask() : 0;

                @Override
                public void open() {
                    open.incrementAndGet();
                }

                @Override
                public ReadStatus read(RecordOutput output) throws Exception {
                    for (; next < rows && !output.isFull(); next += splittable ? context.parallelism() : 1) {
                        row.setUtf8(0, Utf8.of("key-" + next * 7919 % KEYS));
                        row.setLong(1, next);
                        row.setLong(2, context.subtask());
                        output.row(row);
                    }
                    return next < rows ? ReadStatus.MORE : ReadStatus.END_OF_INPUT;
                }

                @Override
                public String location() {
                    return "number " + next;
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        }

        @Override
        public SinkWriter createWriter(SinkContext context) {
            return new SinkWriter() {
                @Override
                public void open() {
                    open.incrementAndGet();
                }

                @Override
                public void write(Row row) {
                    written.add(row.getLong(1));
                }

                @Override
                public void finish() {
                    finished.incrementAndGet();
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        }
    }
}
