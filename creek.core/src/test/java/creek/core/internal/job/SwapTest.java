package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Connector;
import creek.core.connector.Provider;
import creek.core.internal.heap.HeapStateBackend;
import creek.core.internal.swap.NumberTables.Fault;
import creek.core.job.JobState;
import creek.core.job.SwapEvent;
import creek.core.job.SwapEvent.Outcome;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.core.state.DamagedStateException;
import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts are replaced while a job runs from a connector to the same connector: no number is lost, none comes twice, and they stay in order. */
@Timeout(300)
class SwapTest extends SwapFixture {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void when_newerVersionsComeBesideOlderOnes_then_theyTakeOverAndNothingIsLost(boolean checkpoints) throws Exception {
        Connector old = tables.version();
        services.add("numbers", "1.0", old);
        start(checkpoints);
        for (int i = 1; i <= 20; i++) {
            Connector newcomer = i % 3 == 0 ? tables.version(Fault.SLOW_SINK) : tables.version();
            tables.allow(i * 5000L);
            services.add("numbers", "1." + i, newcomer);
            int count = 2 * i;
            await(() -> events.size() == count);
            services.remove(old);
            old = newcomer;
        }
        finish(101_000);
        assertTrue(events.stream().allMatch(event -> event.outcome() == Outcome.SWITCHED), events::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void when_theOnlyVersionGoesAndComesBack_then_theJobWaitsWithAllThatItHasAndGoesOn(boolean checkpoints) throws Exception {
        Connector connector = tables.version();
        services.add("numbers", "1.0", connector);
        start(checkpoints);
        for (int i = 1; i <= 20; i++) {
            tables.allow(i * 3000L);
            services.remove(connector);
            assertEquals(JobState.WAITING, job.status().state());
            assertEquals("source 'in': connector 'numbers' is not there; sink 'out': connector 'numbers' is not there",
                    job.status().reason().orElseThrow());
            connector = tables.version();
            services.add("numbers", "1." + i, connector);
            await(() -> job.status().state() == JobState.RUNNING);
        }
        finish(61_000);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = {"SLOW_SINK", "CLOSES_LATER", "CLOSE_READER_HANGS", "CLOSE_WRITER_HANGS",
            "READER_HANGS_LATER", "WRITER_HANGS_LATER"})
    void when_theNewcomerIsBad_then_itIsRefusedOrTakenBackAtOnce(Fault fault) throws Exception {
        // only what hangs waits for a time-out
        settings.put("swap.probation.time", "1 h");
        if (fault.toString().contains("HANGS")) {
            settings.put("swap.timeout", "3 s");
        }
        services.add("numbers", "1.0", tables.version());
        start(true);
        tables.allow(10_000);
        await(() -> job.status().recordsOut() == 10_000);
        await(() -> job.parts().get(0).position().filter(position -> position.contains("number 10000")).isPresent());
        services.add("numbers", "2.0", tables.version(fault));
        long limit = 10_000;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (events.stream().noneMatch(event -> event.outcome() == Outcome.REFUSED || event.outcome() == Outcome.ROLLED_BACK)) {
            assertTrue(System.nanoTime() < deadline, () -> fault + " was not seen: " + events);
            limit += 50;
            tables.allow(limit);
            Thread.sleep(5);
        }
        SwapEvent bad = events.stream().filter(event -> event.outcome() != Outcome.SWITCHED).findFirst().orElseThrow();
        String reason = bad.reason().orElseThrow();
        assertTrue(reason.contains(fault.toString()) || fault.toString().contains("HANGS") && reason.contains("longer than")
                || fault == Fault.LEAKS_THREAD && reason.contains("leak") || fault == Fault.OTHER_POSITIONS && reason.contains("form 1")
                || fault.toString().contains("LINKS") && reason.contains("vendor/Missing"), () -> fault + ": " + reason);
        assertEquals("2.0.0", bad.to().map(Provider::version).orElseThrow());
        assertTrue(String.join("\n", job.why()).contains("can't take over"), () -> job.why().toString());
        // the other part goes back as well, since the job no longer takes that version
        await(() -> job.parts().stream().filter(part -> part.name().equals("numbers"))
                .allMatch(part -> part.provider().orElseThrow().version().equals("1.0.0")));
        finish(limit + 5000);
    }

    @Test
    void when_theNewcomerTakesAllRowsOfItsProbationAndFailsAtTheFlush_then_itIsTakenBack() throws Exception {
        services.add("numbers", "1.0", tables.version());
        start(true);
        tables.allow(5000);
        await(() -> job.status().recordsOut() == 5000);
        services.add("numbers", "2.0", tables.version(Fault.FLUSH_FAILS));
        await(() -> events.stream().filter(event -> event.outcome() == Outcome.SWITCHED).map(SwapEvent::use).distinct().count() == 2);
        // more than a probation takes, so that nothing is flushed before its end
        tables.allow(20_000);
        await(() -> events.stream().anyMatch(event -> event.outcome() == Outcome.ROLLED_BACK && event.use().equals("sink 'out'")
                && event.reason().orElseThrow().contains(Fault.FLUSH_FAILS.toString())));
        await(() -> job.parts().stream().filter(part -> part.name().equals("numbers"))
                .allMatch(part -> part.provider().orElseThrow().version().equals("1.0.0")));
        finish(21_000);
    }

    @Test
    void when_onlyABadVersionIsThere_then_theJobIsIncompatibleUntilAGoodOneComes() throws Exception {
        Connector old = tables.version();
        services.add("numbers", "1.0", old);
        start(true);
        tables.allow(5000);
        await(() -> job.status().recordsOut() == 5000);
        services.add("numbers", "2.0", tables.version(Fault.OTHER_POSITIONS));
        await(() -> events.size() >= 1);
        services.remove(old);
        await(() -> job.status().state() == JobState.INCOMPATIBLE);
        assertTrue(job.status().reason().orElseThrow().contains("it does not take over positions of form 1"), job.status().reason()::orElseThrow);
        services.add("numbers", "3.0", tables.version());
        await(() -> job.status().state() == JobState.RUNNING);
        finish(10_000);
    }

    @Test
    void when_itIsStoppedWhileItWaits_then_itGoesOnLaterWithoutALoss() throws Exception {
        Connector connector = tables.version();
        services.add("numbers", "1.0", connector);
        start(true);
        tables.allow(5000);
        await(() -> job.status().recordsOut() == 5000);
        services.remove(connector);
        job.stop();
        assertTrue(job.await(Duration.ofSeconds(60)));
        assertEquals(JobState.STOPPED, job.status().state());
        swapper.close();
        services.add("numbers", "2.0", tables.version());
        start(true);
        finish(10_000);
    }

    @Test
    void when_noCheckpointCanBeTaken_then_whatGoesIsLetGoOfAllTheSame() throws Exception {
        settings.put("execution.checkpointing.interval", "1 h");
        settings.put("execution.checkpointing.tolerable-failed-checkpoints", "1000");
        Connector connector = tables.version();
        services.add("numbers", "1.0", connector);
        start(true);
        tables.allow(5000);
        await(() -> job.status().recordsOut() == 5000);
        tables.failing = true;
        services.add("numbers", "2.0", tables.version(Fault.SLOW_SINK));
        await(() -> events.stream().anyMatch(event -> event.outcome() == Outcome.REFUSED));
        services.remove(connector);
        await(() -> job.status().state() == JobState.INCOMPATIBLE);
        tables.failing = false;
        services.add("numbers", "3.0", tables.version());
        await(() -> job.status().state() == JobState.RUNNING);
        finish(10_000);
    }

    @Test
    void when_theStateBackendIsReplaced_then_theJobGoesOnFromItsState() throws Exception {
        HeapStateBackend old = new HeapStateBackend();
        services.add("other", "1.0", old);
        settings.put("state.backend.type", "other");
        services.add("numbers", "1.0", tables.version());
        start(true);
        for (int i = 1; i <= 5; i++) {
            tables.allow(i * 1000L);
            HeapStateBackend newcomer = new HeapStateBackend();
            services.add("other", "1." + i, newcomer);
            int count = i;
            await(() -> events.size() == count);
            services.remove(old);
            old = newcomer;
        }
        services.remove(old);
        await(() -> job.status().state() == JobState.WAITING);
        services.add("other", "2.0", new HeapStateBackend());
        finish(10_000);
    }

    @Test
    void when_aNewerStateBackendCannotReadTheState_then_itGetsACopy() throws Exception {
        services.add("other", "1.0", new FormBackend(1, false));
        settings.put("state.backend.type", "other");
        services.add("numbers", "1.0", tables.version());
        start(true);
        tables.allow(1000);
        await(() -> job.status().recordsOut() == 1000);
        StateBackend newcomer = new FormBackend(2, false);
        services.add("other", "2.0", newcomer);
        await(() -> events.size() == 1 && job.status().state() == JobState.RUNNING);
        assertEquals(Outcome.SWITCHED, events.get(0).outcome());
        tables.allow(2000);
        await(() -> job.status().recordsOut() == 1000);
        // one that can't be filled: all stays
        services.add("other", "3.0", new FormBackend(3, true));
        await(() -> events.size() == 2 && job.status().state() == JobState.RUNNING);
        assertEquals(Outcome.ROLLED_BACK, events.get(1).outcome());
        tables.allow(3000);
        await(() -> job.status().recordsOut() == 1000);
        // and back
        services.remove(newcomer);
        await(() -> events.size() == 3 && job.status().state() == JobState.RUNNING);
        assertEquals(Outcome.SWITCHED, events.get(2).outcome());
        finish(10_000);
    }

    /** Reads only stores of its own form. */
    private record FormBackend(int form, boolean fails) implements StateBackend {
        @Override
        public List<ConfigOption<?>> options() {
            return new HeapStateBackend().options();
        }

        @Override
        public StateStore open(Path store, Options options) throws IOException {
            Path mark = store.resolveSibling("form-of-" + store.getFileName());
            if (!Files.exists(store)) {
                Files.writeString(mark, "" + form);
            } else if (!Files.exists(mark) || !Files.readString(mark).equals("" + form)) {
                throw new DamagedStateException("not of form " + form);
            }
            if (fails) {
                throw new IOException("no room");
            }
            return new HeapStateBackend().open(store, options);
        }
    }

    @Test
    void when_partsHaveBeenReplaced_then_nothingOfTheOldOnesIsHeld() throws Exception {
        services.add("numbers", "1.0", tables.version());
        start(true);
        for (int i = 1; i <= 10; i++) {
            tables.allow(i * 2000L);
            services.add("numbers", "1." + i, tables.version());
            int count = 2 * i;
            await(() -> events.size() == count);
        }
        tables.allow(40_000);
        await(() -> tables.written.size() == 40_000);
        // a reader, a writer
        await(() -> {
            System.gc();
            return tables.alive() <= 2L * parallelism;
        });
        finish(41_000);
    }
}
