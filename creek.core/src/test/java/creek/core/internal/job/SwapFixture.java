package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Provider;
import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.internal.heap.HeapStateBackend;
import creek.core.internal.registry.LiveConnectorRegistry;
import creek.core.internal.registry.TestServices;
import creek.core.internal.swap.NumberTables;
import creek.core.internal.swap.Refusals;
import creek.core.internal.swap.Swapper;
import creek.core.internal.task.TaskEnvironment;
import creek.core.job.JobState;
import creek.core.job.SwapEvent;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A job that copies numbers from a connector to the same connector, whose versions come and go. */
abstract class SwapFixture {
    private static final Schema NUMBERS = Schema.empty().with("n", DataType.bigint());

    @TempDir
    private Path folder;
    final NumberTables tables = new NumberTables();
    final TestServices services = new TestServices();
    final List<SwapEvent> events = new CopyOnWriteArrayList<>();
    /** A newcomer that is good must not be refused since the machine is busy: tests of those that hang have a shorter time-out. */
    final Map<String, String> settings = new HashMap<>(Map.of("swap.probation.time", "300 ms", "swap.timeout", "10 min"));
    private final Logger jobLog = Logger.getLogger("creek.core.job");
    private final Logger swapLog = Logger.getLogger("creek.core.swap");
    String sinkConnector = "numbers";
    int parallelism = 1;
    ManagedJob job;
    Swapper swapper;
    /** The swapper has seen the job run, and what was there then: what comes later it sees as a whole. */
    private volatile boolean seen;

    @BeforeEach
    void silenceLog() {
        jobLog.setLevel(Level.OFF);
        swapLog.setLevel(Level.OFF);
        services.add("heap", "1.0", new HeapStateBackend());
    }

    @AfterEach
    void end() throws Exception {
        tables.release.countDown();
        if (job != null) {
            job.stop();
            assertTrue(job.await(Duration.ofSeconds(60)));
            swapper.close();
        }
        jobLog.setLevel(null);
        swapLog.setLevel(null);
    }

    final void start(boolean checkpoints) throws InterruptedException {
        begin(checkpoints);
        await(() -> job.status().state() == JobState.RUNNING && seen);
    }

    /** Starts the job and does not wait until it runs. */
    final void begin(boolean checkpoints) {
        seen = false;
        if (checkpoints) {
            settings.putIfAbsent("execution.checkpointing.interval", "50 ms");
            settings.putIfAbsent("state.backend.type", "heap");
        }
        Refusals refusals = new Refusals();
        swapper = new Swapper(() -> List.of(job));
        services.registry.addListener(new LiveConnectorRegistry.Listener() {
            @Override
            public void arrived() {
                swapper.arrived();
            }

            @Override
            public void departing(Object service, Provider provider) {
                swapper.departing(service, provider);
            }
        });
        job = new ManagedJob("test", "1", false, () -> graph -> {
            settings.forEach(graph::set);
            graph.set("parallelism.default", Integer.toString(parallelism));
            graph.source("in", new TableSource("in", NUMBERS).option("connector", "numbers").read("n"))
                    .sink("out", new TableSink("out", NUMBERS).option("connector", sinkConnector));
        }, new TaskEnvironment("test", services.registry.from(refusals::accept), folder, folder, Clock.systemUTC()), refusals, new SwapWatcher() {
            @Override
            public void runs(ManagedJob started) {
                swapper.started(started);
                swapper.run(() -> seen = true);
            }

            @Override
            public void happened(SwapEvent event) {
                events.add(event);
            }
        });
        job.start();
    }

    /** Lets the job read to the end and compares. */
    final void finish(long count) throws Exception {
        tables.end(count);
        assertTrue(job.await(Duration.ofSeconds(60)), () -> job.status() + " " + events);
        assertEquals(JobState.FINISHED, job.status().state(), () -> job.status().toString());
        Set<Long> missing = LongStream.range(0, count).boxed().collect(Collectors.toCollection(TreeSet::new));
        Set.copyOf(tables.written).forEach(missing::remove);
        assertEquals(Set.of(), missing, () -> job.status() + " " + events);
        assertEquals(count, tables.written.size());
        // there is no order between the rows of different subtasks
        List<Long> written = parallelism == 1 ? tables.written : tables.written.stream().sorted().toList();
        assertEquals(LongStream.range(0, count).boxed().toList(), written);
        assertFalse(events.isEmpty() && count > 10_000);
    }

    final void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "did not come to pass: " + job.status() + " " + events + " " + job.parts());
            Thread.sleep(1);
        }
    }
}
