package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Connector;
import creek.core.connector.Provider;
import creek.core.internal.swap.NumberTables.Fault;
import creek.core.job.JobState;
import creek.core.job.SwapEvent.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Something else happens while a part is replaced: nothing is lost, nothing comes twice, and the job goes on. */
@Timeout(300)
class SwapMeanwhileTest extends SwapFixture {
    private static final String LONG = "1 h";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void when_theOldVersionGoesDuringTheProbation_then_theNewcomerStays(boolean checkpoints) throws Exception {
        Connector old = probation(checkpoints, tables.version());
        services.remove(old);
        assertVersion("2.0.0");
        finish(20_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void when_theNewcomerGoesDuringItsProbation_then_theOldVersionGoesOn(boolean checkpoints) throws Exception {
        Connector newcomer = tables.version();
        probation(checkpoints, newcomer);
        services.remove(newcomer);
        assertVersion("1.0.0");
        finish(20_000);
    }

    @Test
    void when_bothGoDuringTheProbation_then_theJobWaits() throws Exception {
        Connector newcomer = tables.version();
        Connector old = probation(true, newcomer);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> services.remove(old));
        services.remove(newcomer);
        other.get(60, TimeUnit.SECONDS);
        await(() -> job.status().state() == JobState.WAITING);
        services.add("numbers", "3.0", tables.version());
        await(() -> job.status().state() == JobState.RUNNING);
        finish(20_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void when_aThirdVersionComesDuringTheProbation_then_itTakesOver(boolean checkpoints) throws Exception {
        probation(checkpoints, tables.version());
        services.add("numbers", "3.0", tables.version());
        awaitVersion("3.0.0");
        tables.allow(10_000);
        await(() -> job.status().recordsOut() == 10_000);
        finish(20_000);
    }

    @Test
    void when_aThirdVersionThatComesDuringTheProbationIsBad_then_theNewcomerGoesOn() throws Exception {
        probation(true, tables.version());
        services.add("numbers", "3.0", tables.version(Fault.READER_FAILS_LATER));
        awaitVersion("3.0.0");
        tables.allow(6000);
        awaitVersion("2.0.0");
        finish(20_000);
    }

    @Test
    void when_theNewcomerFailsWhileAThirdVersionGetsReady_then_thatTakesOverFromTheFirst() throws Exception {
        settings.put("swap.probation.time", LONG);
        services.add("numbers", "1.0", tables.version());
        start(true);
        services.add("numbers", "2.0", tables.version(Fault.READER_FAILS_LATER));
        awaitVersion("2.0.0");
        CountDownLatch begun = new CountDownLatch(1);
        tables.ready = new CountDownLatch(1) {
            @Override
            public void await() throws InterruptedException {
                begun.countDown();
                super.await();
            }
        };
        services.add("numbers", "3.0", tables.version(Fault.READER_FAILS_LATER));
        begun.await();
        tables.allow(5000);
        await(() -> events.stream().anyMatch(event -> event.outcome() == Outcome.ROLLED_BACK));
        tables.ready.countDown();
        awaitVersion("3.0.0");
        assertEquals(List.of("1.0.0", "1.0.0"), events.stream().filter(event -> event.outcome() == Outcome.SWITCHED && event.use().equals("source 'in'"))
                .map(event -> event.from().orElseThrow().version()).toList());
        tables.allow(10_000);
        awaitVersion("1.0.0");
        finish(20_000);
    }

    @Test
    void when_itIsPausedDuringTheProbation_then_itIsParkedAndGoesOnAfterwards() throws Exception {
        probation(true, tables.version());
        job.pause();
        await(() -> job.status().state() == JobState.PARKED);
        services.add("numbers", "3.0", tables.version());
        awaitVersion("3.0.0");
        job.resume();
        await(() -> job.status().state() == JobState.RUNNING);
        finish(20_000);
    }

    @Test
    void when_aSavepointIsTakenDuringTheProbation_then_itIsTakenAfterIt(@TempDir Path savepoints) throws Exception {
        settings.put("swap.probation.time", "500 ms");
        settings.put("swap.probation.records", "1000000");
        probation(true, tables.version());
        Path savepoint = job.savepoint(savepoints).get(60, TimeUnit.SECONDS);
        assertTrue(Files.exists(savepoint));
        finish(20_000);
    }

    @Test
    void when_itIsStoppedDuringTheProbation_then_nothingIsLost() throws Exception {
        probation(true, tables.version());
        job.stop();
        assertTrue(job.await(Duration.ofSeconds(60)));
        assertEquals(JobState.STOPPED, job.status().state());
        assertEquals(5000, tables.written.size());
        swapper.close();
        start(true);
        finish(20_000);
    }

    @Test
    void when_thePartGoesWhileACheckpointHangs_then_theJobLetsGoOfItLater() throws Exception {
        Connector old = tables.version();
        services.add("numbers", "1.0", old);
        start(true);
        tables.prepare = new CountDownLatch(1);
        tables.allow(5000);
        await(() -> job.status().recordsOut() == 5000);
        CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> services.remove(old));
        Thread.sleep(200);
        assertFalse(removal.isDone());
        tables.prepare.countDown();
        removal.get(60, TimeUnit.SECONDS);
        assertEquals(JobState.WAITING, job.status().state());
        services.add("numbers", "2.0", tables.version());
        finish(20_000);
    }

    @Test
    void when_twoBundlesLeaveAtOnce_then_theJobWaitsForBothAndGoesOnWithBoth() throws Exception {
        sinkConnector = "others";
        Connector numbers = tables.version();
        Connector others = tables.version();
        services.add("numbers", "1.0", numbers);
        services.add("others", "1.0", others);
        start(true);
        for (int i = 1; i <= 10; i++) {
            tables.allow(i * 1000L);
            Connector leaving = others;
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> services.remove(leaving));
            services.remove(numbers);
            other.get(60, TimeUnit.SECONDS);
            assertEquals(JobState.WAITING, job.status().state());
            assertEquals("source 'in': connector 'numbers' is not there; sink 'out': connector 'others' is not there", job.status().reason().orElseThrow());
            numbers = tables.version();
            others = tables.version();
            services.add("others", "1." + i, others);
            services.add("numbers", "1." + i, numbers);
            await(() -> job.status().state() == JobState.RUNNING);
        }
        finish(20_000);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"CLOSE_READER_HANGS", "CLOSE_WRITER_HANGS"})
    void when_aVersionHangsInClose_then_itIsGivenUpAndNothingIsLost(Fault fault) throws Exception {
        settings.put("swap.timeout", "3 s");
        services.add("numbers", "1.0", tables.version(fault));
        start(true);
        tables.allow(5000);
        await(() -> job.status().recordsOut() == 5000);
        services.add("numbers", "2.0", tables.version());
        awaitVersion("2.0.0");
        finish(20_000);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"READER_HANGS_LATER", "WRITER_HANGS_LATER"})
    void when_theNewcomerHangsOnProbation_then_itIsTakenBack(Fault fault) throws Exception {
        settings.put("swap.probation.time", LONG);
        settings.put("swap.timeout", "3 s");
        services.add("numbers", "1.0", tables.version());
        start(true);
        tables.allow(5000);
        await(() -> job.status().recordsOut() == 5000);
        services.add("numbers", "2.0", tables.version(fault));
        awaitVersion("2.0.0");
        tables.allow(6000);
        await(() -> events.stream().anyMatch(event -> event.outcome() == Outcome.ROLLED_BACK));
        awaitVersion("1.0.0");
        finish(20_000);
    }

    /** Has version 1.0 read 4,000 numbers, and a newcomer, which stays on probation, 1,000 more; the old version. */
    private Connector probation(boolean checkpoints, Connector newcomer) throws Exception {
        settings.putIfAbsent("swap.probation.records", "1000000");
        if (!settings.get("swap.probation.time").equals("500 ms")) {
            settings.put("swap.probation.time", LONG);
        }
        Connector old = tables.version();
        services.add("numbers", "1.0", old);
        start(checkpoints);
        tables.allow(4000);
        await(() -> job.status().recordsOut() == 4000);
        services.add("numbers", "2.0", newcomer);
        awaitVersion("2.0.0");
        tables.allow(5000);
        await(() -> job.status().recordsOut() == 5000);
        return old;
    }

    private void awaitVersion(String version) throws InterruptedException {
        await(() -> hasVersion(version));
    }

    private void assertVersion(String version) {
        assertTrue(hasVersion(version), () -> job.parts().toString());
    }

    private boolean hasVersion(String version) {
        return job.parts().stream().filter(part -> part.name().equals("numbers"))
                .allMatch(part -> part.provider().map(Provider::version).filter(version::equals).isPresent());
    }
}
