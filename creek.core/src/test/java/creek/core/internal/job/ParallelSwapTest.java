package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Connector;
import creek.core.connector.MissingServiceException;
import creek.core.connector.Provider;
import creek.core.internal.swap.NumberTables.Fault;
import creek.core.job.JobState;
import creek.core.job.SwapEvent;
import creek.core.job.SwapEvent.Outcome;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same with jobs of several subtasks, which read every so many numbers each and write by one writer, and what only these can come across. */
class ParallelSwapTest extends SwapTest {
    @BeforeEach
    void divide() {
        parallelism = 3;
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"READER_FAILS_LATER", "WRITER_FAILS_LATER", "READER_HANGS_LATER", "WRITER_HANGS_LATER"})
    void when_theNewcomerFailsInOneSubtask_then_itIsTakenBackInAll(Fault fault) throws Exception {
        settings.put("swap.probation.time", "1 h");
        if (fault.toString().contains("HANGS")) {
            settings.put("swap.timeout", "3 s");
        }
        tables.severalWriters = true;
        tables.failingSubtask = 1;
        services.add("numbers", "1.0", tables.version());
        start(true);
        tables.allow(5000);
        await(() -> job.status().recordsOut() == 5000);
        services.add("numbers", "2.0", tables.version(fault));
        await(() -> versions().equals(List.of("2.0.0", "2.0.0")));
        tables.allow(6000);
        await(() -> events.stream().anyMatch(event -> event.outcome() == Outcome.ROLLED_BACK));
        await(() -> versions().equals(List.of("1.0.0", "1.0.0")));
        tables.allow(20_000);
        await(() -> job.status().recordsOut() == 20_000);
        assertEquals(1, events.stream().filter(event -> event.outcome() == Outcome.ROLLED_BACK).map(SwapEvent::use).distinct().count());
        finish(21_000);
    }

    @Test
    void when_theNewcomerDividesTheTableOtherwise_then_itIsRefused() throws Exception {
        services.add("numbers", "1.0", tables.version());
        start(true);
        tables.allow(1000);
        await(() -> job.status().recordsOut() == 1000);
        tables.severalWriters = true;
        services.add("numbers", "2.0", tables.version());
        await(() -> events.stream().anyMatch(event -> event.outcome() == Outcome.REFUSED));
        assertTrue(job.why().toString().contains("its subtasks would now have a writer each"), () -> job.why().toString());
        assertEquals(JobState.RUNNING, job.status().state());
        assertEquals(List.of("1.0.0", "1.0.0"), versions());
        finish(20_000);
    }

    @Test
    void when_aSubtaskHasReadItsShare_then_theConnectorMayGoAndComeBackAgainAndAgain() throws Exception {
        tables.allow(3000);
        tables.endingSubtask = 1;
        Connector connector = tables.version();
        services.add("numbers", "1.0", connector);
        start(true);
        await(() -> job.status().recordsOut() == 3000);
        for (int i = 1; i <= 5; i++) {
            services.remove(connector);
            assertEquals(JobState.WAITING, job.status().state());
            connector = tables.version();
            services.add("numbers", "1." + i, connector);
            await(() -> job.status().state() == JobState.RUNNING);
        }
        finish(3000);
    }

    @Test
    void when_whatOneSubtaskNeedsHasGoneAsItOpens_then_theJobStartsAgainAndHasReadNothing() throws Exception {
        AtomicBoolean gone = new AtomicBoolean();
        tables.opening = subtask -> {
            if (subtask == 1 && !gone.getAndSet(true)) {
                // time for the others to run, if they don't wait for it
                long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
                while (job.status().state() != JobState.RUNNING && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
                throw new MissingServiceException("numbers", "it has just gone");
            }
        };
        services.add("numbers", "1.0", tables.version());
        tables.allow(1000);
        start(false);
        finish(3000);
    }

    private List<String> versions() {
        return job.parts().stream().filter(part -> part.name().equals("numbers")).map(part -> part.provider().map(Provider::version).orElse("none")).toList();
    }
}
