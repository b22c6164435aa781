package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Connector;
import creek.core.internal.swap.NumberTables.Fault;
import creek.core.job.JobState;
import creek.core.job.SwapEvent.Outcome;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What takes long to begin and to end does so while the job reads on. */
@Timeout(300)
class PreparedSwapTest extends SwapFixture {
    @Test
    void when_theNewcomerTakesItsTime_then_theJobReadsOnUntilItIsReady() throws Exception {
        services.add("numbers", "1.0", tables.version());
        start(true);
        tables.ready = new CountDownLatch(1);
        services.add("numbers", "2.0", tables.version());
        for (int i = 1; i <= 5; i++) {
            int limit = i * 1000;
            tables.allow(limit);
            await(() -> job.status().recordsOut() == limit);
        }
        assertTrue(events.isEmpty(), events::toString);
        tables.ready.countDown();
        await(() -> events.size() == 2);
        finish(10_000);
    }

    @Test
    void when_theOldVersionClosesLater_then_theJobReadsOnMeanwhile_and_itsBundleWaitsForIt() throws Exception {
        Connector old = tables.version(Fault.CLOSES_LATER, Fault.CLOSE_READER_HANGS);
        services.add("numbers", "1.0", old);
        start(true);
        tables.allow(1000);
        await(() -> job.status().recordsOut() == 1000);
        services.add("numbers", "2.0", tables.version());
        await(() -> events.size() == 2);
        assertTrue(events.stream().allMatch(event -> event.outcome() == Outcome.SWITCHED), events::toString);
        tables.allow(5000);
        await(() -> job.status().recordsOut() == 5000);
        Thread departure = new Thread(() -> services.remove(old));
        departure.start();
        await(() -> departure.getState() == Thread.State.TIMED_WAITING);
        tables.release.countDown();
        departure.join();
        assertEquals(JobState.RUNNING, job.status().state());
        finish(10_000);
    }
}
