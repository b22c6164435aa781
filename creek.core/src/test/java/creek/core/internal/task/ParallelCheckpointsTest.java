package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.connector.FixedRegistry;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.format.Format;
import creek.core.job.JobState;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.operator.KeySelector;
import creek.core.operator.Operator;
import creek.core.state.StateBackend;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints of jobs of several subtasks, which number what has the same key: the tens of the source's numbers. */
@Timeout(300)
class ParallelCheckpointsTest {
    private static final Schema KEYED = Schema.empty().with("k", DataType.bigint());
    private static final Schema NUMBERED = KEYED.with("count", DataType.bigint());
    private static final int KEYS = 50;
    /** A number that is not handed out where a job is stopped before its end, however late that is. */
    private static final long FAR = 100_000;

    private final Map<String, String> settings = new HashMap<>(Map.of("execution.checkpointing.interval", "1 h", "state.backend.type", "unreliable",
            "state.snapshot.every", "0"));
    private final UnreliableBackend backend = new UnreliableBackend();
    private SplitNumbers numbers = new SplitNumbers(false);
    /** How often a row is emitted between two exchanges, one in a step. */
    private int repeated = 1;
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void eachRowCountsOnceWhateverFails(int parallelism) throws Exception {
        crashAgainAndAgain(parallelism);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void eachRowCountsOnceWithLittleMemory(int parallelism) throws Exception {
        settings.put("state.cache.size", "1 b");
        repeated = 3;
        crashAgainAndAgain(parallelism);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void eachRowCountsOnceInAStoreOfAllEntries(int parallelism) throws Exception {
        backend.incremental = false;
        numbers = new SplitNumbers(true);
        crashAgainAndAgain(parallelism);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void eachRowCountsOnceHoweverTheJobIsDividedAfterAFailure(int seed) throws Exception {
        numbers = new SplitNumbers(seed % 2 == 0);
        backend.incremental = seed % 3 != 0;
        if (seed > 3) {
            settings.put("state.cache.size", "1 b");
        }
        Random parallelisms = new Random(seed);
        crashAgainAndAgain(() -> 1 + parallelisms.nextInt(4));
    }

    private void crashAgainAndAgain(int parallelism) throws Exception {
        crashAgainAndAgain(() -> parallelism);
    }

    private void crashAgainAndAgain(IntSupplier parallelism) throws Exception {
        Random random = new Random(1);
        numbers.rows = 20_000;
        for (int crashes = 0; crashes < 6; crashes++) {
            Task task = task(parallelism.getAsInt());
            long at = random.nextInt(3000);
            boolean completes = random.nextBoolean();
            CheckpointAt checkpoint = new CheckpointAt(task, at, completes);
            numbers.gate = checkpoint;
            assertEquals("crash", TaskException.find(assertThrows(Exception.class, () -> task.run(state -> {
            })), IllegalStateException.class).orElseThrow().getMessage());
        }
        assertTrue(backend.store.lastCheckpoint() > 1);
        numbers.gate = number -> true;
        assertEquals(JobState.FINISHED, task(parallelism.getAsInt()).run(state -> {
        }));
        assertEquals("", difference());
    }

    /** Asks for a checkpoint after so many numbers and fails the job somewhat later, or when the checkpoint is complete. */
    private static final class CheckpointAt implements SplitNumbers.Gate {
        private final Task task;
        private final boolean completes;
        private long left;
        private CompletableFuture<Long> checkpoint;

        CheckpointAt(Task task, long after, boolean completes) {
            this.task = task;
            this.left = after;
            this.completes = completes;
        }

        @Override
        public synchronized boolean lets(long number) {
            if (--left == 0) {
                checkpoint = task.checkpoint();
            }
            if (checkpoint != null && (completes ? checkpoint.isDone() : left < -100)) {
                throw new IllegalStateException("crash");
            }
            return checkpoint == null || left > -100;
        }
    }

    @Test
    void aSubtaskAtItsEndTakesPartUntilAllAre() throws Exception {
        numbers.rows = 1200;
        CompletableFuture<Long> others = new CompletableFuture<>();
        // the numbers of the first reader stay behind until those of the second have all been read, and a checkpoint taken after that is complete
        numbers.gate = number -> number % 2 == 1 || number < 600 || others.isDone() && !others.isCompletedExceptionally();
        Task task = task(2);
        CompletableFuture<JobState> end = start(task);
        await(() -> task.metrics().recordsIn() == 900);
        for (int i = 0; i < 3; i++) {
            task.checkpoint().get(60, TimeUnit.SECONDS);
        }
        others.complete(1L);
        assertEquals(JobState.FINISHED, end.get(60, TimeUnit.SECONDS));
        assertEquals("", difference());
    }

    @Test
    void aJobThatIsStoppedHasCommittedWhatItHasRead() throws Exception {
        numbers.rows = Long.MAX_VALUE;
        repeated = 2;
        AtomicLong highest = new AtomicLong();
        numbers.gate = number -> number < FAR && highest.accumulateAndGet(number, Math::max) >= 0;
        Task task = task(3);
        CompletableFuture<JobState> end = start(task);
        await(() -> task.metrics().recordsIn() > 5000);
        task.stop();
        assertEquals(JobState.STOPPED, end.get(60, TimeUnit.SECONDS));
        assertEquals(repeated * task.metrics().recordsIn(), numbers.committed.size());
        // and goes on from there
        numbers.gate = number -> true;
        numbers.rows = highest.get() + 1000;
        assertEquals(JobState.FINISHED, task(3).run(state -> {
        }));
        assertEquals("", difference());
    }

    @Test
    void aJobEndsAlsoIfCheckpointsTakeLongerThanTheirInterval() throws Exception {
        settings.put("execution.checkpointing.interval", "1 ms");
        backend.nanos = TimeUnit.MILLISECONDS.toNanos(10);
        numbers.rows = 1000;
        assertEquals(JobState.FINISHED, task(2).run(state -> {
        }));
        assertEquals("", difference());
    }

    @Test
    void aJobStopsInOrderAlsoIfCheckpointsTakeLongerThanTheirInterval() throws Exception {
        settings.put("execution.checkpointing.interval", "1 ms");
        backend.nanos = TimeUnit.MILLISECONDS.toNanos(10);
        numbers.rows = Long.MAX_VALUE;
        numbers.gate = number -> number < FAR;
        Task task = task(2);
        CompletableFuture<JobState> end = start(task);
        await(() -> task.metrics().recordsIn() > 1000);
        task.stop();
        assertEquals(JobState.STOPPED, end.get(60, TimeUnit.SECONDS));
        assertEquals(task.metrics().recordsIn(), numbers.committed.size());
    }

    @Test
    void aCheckpointThatFailsInASubtaskFailsForAll() throws Exception {
        settings.put("execution.checkpointing.tolerable-failed-checkpoints", "1");
        numbers.rows = 2400;
        CompletableFuture<Void> gate = new CompletableFuture<>();
        numbers.gate = number -> number < 1200 || gate.isDone();
        Task task = task(2);
        CompletableFuture<JobState> end = start(task);
        await(() -> task.metrics().recordsIn() == 1200);
        backend.failing.set(1);
        CompletableFuture<Long> failed = task.checkpoint();
        await(failed::isCompletedExceptionally);
        assertEquals(0, backend.store.lastCheckpoint());
        assertEquals(List.of(), numbers.committed);
        task.checkpoint().get(60, TimeUnit.SECONDS);
        assertEquals(1200, numbers.committed.size());
        gate.complete(null);
        assertEquals(JobState.FINISHED, end.get(60, TimeUnit.SECONDS));
        assertEquals("", difference());
    }

    @Test
    void noSubtaskIsLeftBehind() throws Exception {
        numbers.rows = 5000;
        task(4).run(state -> {
        });
        assertFalse(Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().startsWith("creek-job-test")));
    }

    /** What was committed of each key too seldom or too often; empty if nothing was. */
    private String difference() {
        Map<String, Integer> times = new TreeMap<>();
        for (long key = 0; key < Math.min(KEYS, numbers.rows); key++) {
            long most = repeated * ((numbers.rows - 1 - key) / KEYS + 1);
            for (long i = 1; i <= most; i++) {
                times.put(key + "," + i, -1);
            }
        }
        numbers.committed.forEach(row -> times.merge(row, 1, Integer::sum));
        times.values().removeIf(time -> time == 0);
        return times.entrySet().stream().limit(5).map(Map.Entry::toString).collect(Collectors.joining(" "));
    }

    private Task task(int parallelism) throws Exception {
        JobGraph graph = JobGraph.of(() -> topology -> {
            settings.forEach(topology::set);
            topology.set("parallelism.default", Integer.toString(parallelism));
            topology.source("in", new TableSource("in", SplitNumbers.SCHEMA).option("connector", "numbers").read("n"))
                    .then("key", new Key()).keyBy(new KeySelector(new int[] {0}, KEYED)).then("repeat", new RepeatOperator(repeated))
                    .keyBy(new KeySelector(new int[] {0}, KEYED)).then("count", new CountOperator(KEYED))
                    .sink("out", new TableSink("out", NUMBERED).option("connector", "numbers"));
        });
        return new Task(graph, new TaskEnvironment("test", new Registry(new FixedRegistry(Map.of("numbers", (Connector) numbers), Map.of()), backend), folder,
                folder, Clock.systemUTC()));
    }

    private static CompletableFuture<JobState> start(Task task) {
        CompletableFuture<JobState> end = new CompletableFuture<>();
        new Thread(() -> {
            try {
                end.complete(task.run(state -> {
                }));
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        }).start();
        return end;
    }

    private static void await(CheckpointedJob.Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.isMet()) {
            assertFalse(System.nanoTime() > deadline, "did not come to pass");
            Thread.sleep(1);
        }
    }

    private record Registry(ConnectorRegistry fixed, StateBackend backend) implements ConnectorRegistry {
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
            return Optional.of(backend);
        }
    }

    /** Gives each number its key. */
    private static final class Key extends Operator {
        private final Row row = new Row(1);

        @Override
        public void process(Row given) throws Exception {
            row.setLong(0, given.getLong(0) % KEYS);
            output.process(row);
        }
    }
}
