package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.FixedRegistry;
import creek.core.connector.MemoryConnector;
import creek.core.connector.MemoryConnector.Fail;
import creek.core.connector.PairFormat;
import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.internal.swap.Refusals;
import creek.core.internal.task.TaskEnvironment;
import creek.core.job.JobState;
import creek.core.job.SwapEvent;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job that fails is started again as its settings say. */
@Timeout(300)
class ManagedJobTest {
    private static final Schema SCHEMA = Schema.empty().with("k", DataType.string()).with("n", DataType.bigint());
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MemoryConnector memory = new MemoryConnector(true);
    private final Logger log = Logger.getLogger("creek.core.job");

    @BeforeEach
    void silenceLog() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void restoreLog() {
        log.setLevel(null);
    }

    @Test
    void when_itFails_then_itIsStartedAgainAfterTheDelay() throws Exception {
        memory.source("in").records("a,1").add(new Fail(new IllegalStateException("gone"))).records("b,2").end();
        ManagedJob job = job(Map.of("restart-strategy.type", "fixed-delay", "restart-strategy.fixed-delay.delay", "1 ms"));
        job.start();
        assertTrue(job.await(PATIENCE));
        assertEquals(JobState.FINISHED, job.status().state());
        assertEquals(List.of("a,1", "b,2"), memory.sink("out").rows);
        assertEquals(List.of("open", "close", "open", "close"), memory.source("in").calls);
    }

    @Test
    void when_itFailsTooOften_then_itHasFailed() throws Exception {
        memory.source("in").add(new Fail(new IllegalStateException("first")), new Fail(new IllegalStateException("second"))).end();
        ManagedJob job = job(Map.of("restart-strategy.type", "fixed-delay", "restart-strategy.fixed-delay.delay", "1 ms"));
        job.start();
        assertTrue(job.await(PATIENCE));
        assertEquals(JobState.FAILED, job.status().state());
        assertEquals("table 'in': second", job.status().reason().orElseThrow());
    }

    @Test
    void when_itIsStoppedWhileItWaits_then_itEndsAtOnce() throws Exception {
        memory.source("in").add(new Fail(new IllegalStateException("gone")));
        ManagedJob job = job(Map.of("restart-strategy.type", "fixed-delay", "restart-strategy.fixed-delay.delay", "1 h"));
        job.start();
        while (job.status().state() != JobState.RESTARTING) {
            Thread.sleep(1);
        }
        assertEquals("in 3600000 ms, after a failure: table 'in': gone", job.status().reason().orElseThrow());
        job.stop();
        assertTrue(job.await(PATIENCE));
        assertEquals(JobState.STOPPED, job.status().state());
    }

    @Test
    void when_itsSettingsAreWrong_then_itIsNotStartedAgain() throws Exception {
        ManagedJob job = job(Map.of("restart-strategy.type", "fixed-delay", "restart-strategy.fixed-delay.delay", "1 h",
                "execution.checkpointing.interval", "often"));
        job.start();
        assertTrue(job.await(PATIENCE));
        assertEquals(JobState.FAILED, job.status().state());
    }

    private ManagedJob job(Map<String, String> settings) {
        return new ManagedJob("test", "1", false, () -> job -> {
            settings.forEach(job::set);
            job.source("in", new TableSource("in", SCHEMA).option("connector", "memory").option("name", "in").option("format", "pair").read("k").read("n"))
                    .sink("out", new TableSink("out", SCHEMA).option("connector", "memory").option("name", "out"));
        }, new TaskEnvironment("test", new FixedRegistry(Map.of("memory", memory), Map.of("pair", new PairFormat())), Path.of(""), Path.of(""),
                Clock.systemUTC()), new Refusals(), new SwapWatcher() {
                    @Override
                    public void runs(ManagedJob job) {
                        // nothing is replaced here
                    }

                    @Override
                    public void happened(SwapEvent event) {
                        throw new AssertionError(event);
                    }
                });
    }
}
