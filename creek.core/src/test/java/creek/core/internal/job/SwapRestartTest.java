package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Connector;
import creek.core.connector.Provider;
import creek.core.internal.swap.NumberTables.Fault;
import creek.core.job.JobPart;
import creek.core.job.JobState;
import creek.core.job.SwapEvent.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job starts, with state from before, where several versions of its connector are installed. */
@Timeout(300)
class SwapRestartTest extends SwapFixture {
    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"REFUSES_OPTIONS", "CREATE_READER_FAILS", "CREATE_READER_LINKS_NOT", "OPEN_READER_FAILS", "OPEN_WRITER_FAILS",
            "OTHER_POSITIONS", "RESTORE_FAILS"})
    void when_theBestVersionIsBad_then_itStartsWithTheNextAndSaysWhy(Fault fault) throws Exception {
        runOnce();
        services.add("numbers", "1.5", tables.version(fault));
        services.add("numbers", "2.0", tables.version(fault));
        start(true);
        assertTrue(job.parts().stream().filter(part -> part.name().equals("numbers"))
                .allMatch(part -> part.provider().map(Provider::version).filter("1.0.0"::equals).isPresent()), () -> job.parts().toString());
        String why = String.join("\n", job.why());
        assertTrue(why.contains("test.numbers 2.0.0 [4] can't take over: ") && why.contains("test.numbers 1.5.0 [3] can't take over: "), why);
        Connector good = tables.version();
        services.add("numbers", "3.0", good);
        await(() -> job.parts().stream().map(JobPart::provider).anyMatch(by -> by.map(Provider::version).filter("3.0.0"::equals).isPresent()));
        finish(10_000);
    }

    @Test
    void when_noVersionCanStart_then_theBestIsNotBlamedAndItIsTriedAgain() throws Exception {
        settings.put("restart-strategy.type", "fixed-delay");
        settings.put("restart-strategy.fixed-delay.delay", "20 ms");
        settings.put("restart-strategy.fixed-delay.attempts", "100000");
        runOnce();
        tables.unreachable = true;
        services.add("numbers", "2.0", tables.version());
        begin(true);
        await(() -> job.status().state() == JobState.RESTARTING);
        tables.unreachable = false;
        await(() -> job.status().state() == JobState.RUNNING);
        assertTrue(events.stream().filter(event -> event.outcome() == Outcome.REFUSED).count() <= 1, events::toString);
        finish(10_000);
    }

    private void runOnce() throws Exception {
        services.add("numbers", "1.0", tables.version());
        start(true);
        tables.allow(5000);
        await(() -> job.status().recordsOut() == 5000);
        job.stop();
        assertTrue(job.await(Duration.ofSeconds(60)));
        assertEquals(5000, tables.written.size());
        swapper.close();
    }
}
