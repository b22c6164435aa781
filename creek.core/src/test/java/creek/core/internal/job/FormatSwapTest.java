package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.MemoryConnector;
import creek.core.connector.PairFormat;
import creek.core.connector.Provider;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.internal.registry.LiveConnectorRegistry;
import creek.core.internal.registry.TestServices;
import creek.core.internal.swap.Refusals;
import creek.core.internal.swap.Swapper;
import creek.core.internal.task.TaskEnvironment;
import creek.core.job.JobPart;
import creek.core.job.JobState;
import creek.core.job.SwapEvent;
import creek.core.job.SwapEvent.Outcome;
import creek.core.option.ConfigOption;
import creek.job.copy.CopyJob;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A format is replaced under a running job, whose connector stays. */
@Timeout(300)
class FormatSwapTest {
    @TempDir
    private Path folder;
    private final MemoryConnector memory = new MemoryConnector(true);
    private final TestServices services = new TestServices();
    private final List<SwapEvent> events = new CopyOnWriteArrayList<>();
    private ManagedJob job;

    /** Adds a number to each that it decodes; one that adds 666 fails. */
    private record AddingFormat(long added) implements Format {
        @Override
        public List<ConfigOption<?>> options() {
            return List.of();
        }

        @Override
        public RowDecoder createDecoder(DecoderContext context) {
            RowDecoder pairs = new PairFormat().createDecoder(context);
            return (bytes, from, to, row) -> {
                boolean any = pairs.decode(bytes, from, to, row);
                if (added == 666) {
                    throw new IllegalStateException("bad format");
                }
                row.setLong(1, row.getLong(1) + added);
                return any;
            };
        }

        @Override
        public RowEncoder createEncoder(EncoderContext context) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void when_onlyTheFormatChanges_then_recordsAreDecodedByTheNewOneFromThenOn() throws Exception {
        services.add("memory", "1.0", memory);
        Format first = new AddingFormat(0);
        services.add("pair", "1.0", first);
        Swapper swapper = new Swapper(() -> List.of(job));
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
        Refusals refusals = new Refusals();
        job = new ManagedJob("copy", "1", false, () -> topology -> {
            new CopyJob().define(topology);
            topology.set("swap.probation.time", "1 h");
        }, new TaskEnvironment("copy", services.registry.from(refusals::accept), folder, folder, Clock.systemUTC()), refusals, new SwapWatcher() {
            @Override
            public void runs(ManagedJob started) {
                swapper.started(started);
            }

            @Override
            public void happened(SwapEvent event) {
                events.add(event);
            }
        });
        job.start();
        try {
            assertRow("a,1", "a,1");
            services.add("pair", "2.0", new AddingFormat(10));
            await(() -> events.size() == 1);
            assertEquals(JobPart.Kind.FORMAT, events.get(0).kind());
            assertEquals(Outcome.SWITCHED, events.get(0).outcome(), () -> events.toString());
            assertRow("b,1", "b,11");
            // one that fails
            services.add("pair", "3.0", new AddingFormat(666));
            await(() -> events.size() == 2);
            services.remove(first);
            memory.source("in").records("c,1");
            await(() -> events.stream().anyMatch(event -> event.outcome() == Outcome.ROLLED_BACK));
            assertTrue(String.join("\n", job.why()).contains("bad format"), () -> job.why().toString());
            assertEquals(JobState.RUNNING, job.status().state());
        } finally {
            job.stop();
            assertTrue(job.await(Duration.ofSeconds(60)));
            swapper.close();
        }
    }

    private void assertRow(String in, String out) throws InterruptedException {
        int rows = memory.sink("out").rows.size();
        memory.source("in").records(in);
        await(() -> memory.sink("out").rows.size() > rows);
        assertEquals(out, memory.sink("out").rows.get(rows));
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "did not come to pass: " + job.status() + events);
            Thread.sleep(1);
        }
    }
}
