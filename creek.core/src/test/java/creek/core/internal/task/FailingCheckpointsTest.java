package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.job.JobState;
import creek.core.state.DamagedStateException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that fail in one way or the other lose nothing and double nothing. */
@Timeout(300)
class FailingCheckpointsTest {
    private final Logger log = Logger.getLogger("creek.core.checkpoint");

    @TempDir
    private Path folder;

    private CheckpointedJob job;

    @BeforeEach
    void create() {
        log.setLevel(Level.OFF);
        job = new CheckpointedJob(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        job.close();
        log.setLevel(null);
    }

    @Test
    void when_theStoreFails_then_theNextCheckpointCommitsEverything() throws Exception {
        job.backend.failing.set(2);
        job.tables.add("a");
        job.start();
        job.awaitRows(1);
        job.checkpoint();
        assertEquals("checkpoint 1 failed: disk full", job.status().failure().orElseThrow());
        job.tables.add("a");
        job.awaitRows(2);
        job.checkpoint();
        assertEquals(List.of(), job.tables.committed);
        assertEquals(0, job.tables.durable);
        job.tables.add("b");
        job.awaitRows(3);
        job.checkpoint();
        assertEquals(job.expected(), job.tables.committed);
        assertTrue(job.status().failure().isEmpty());
    }

    @Test
    void when_theJobCrashesAfterFailures_then_itGoesOnFromTheLastCompleteOne() throws Exception {
        job.tables.add("a");
        job.start();
        job.awaitRows(1);
        job.checkpoint();
        job.backend.failing.set(1);
        job.tables.add("a", "b");
        job.awaitRows(3);
        job.checkpoint();
        job.crashAndRestart();
        job.awaitRows(2);
        job.checkpoint();
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_moreFailThanAreTolerated_then_theJobFails() throws Exception {
        job.settings.put("execution.checkpointing.tolerable-failed-checkpoints", "1");
        job.backend.failing.set(1);
        job.start();
        job.checkpoint();
        job.checkpoint();
        assertEquals(1, job.status().completed(), "a good one in between has the count begin again");
        job.backend.failing.set(2);
        job.checkpoint();
        job.clock.advance(Duration.ofSeconds(1));
        assertEquals("checkpoint 4 failed: disk full", assertThrows(TaskException.class, job::end).getMessage());
    }

    @Test
    void when_aCheckpointFindsDamage_then_theJobFailsAtOnce() throws Exception {
        job.settings.put("execution.checkpointing.tolerable-failed-checkpoints", "1000");
        job.backend.failure = new DamagedStateException("page 7 was changed");
        job.backend.failing.set(1);
        Task task = job.start();
        task.checkpoint();
        TaskException failure = assertThrows(TaskException.class, job::end);
        assertEquals("checkpoint 1 failed: page 7 was changed", failure.getMessage());
        assertEquals("page 7 was changed", task.damageIn(failure).orElseThrow().getMessage());
    }

    @Test
    void when_memoryRanOutBehindAFailure_then_theJobFailsAtOnce() throws Exception {
        job.settings.put("execution.checkpointing.tolerable-failed-checkpoints", "1000");
        job.backend.failure = new IOException("can't write", new OutOfMemoryError("Java heap space"));
        job.backend.failing.set(1);
        job.start().checkpoint();
        assertEquals("checkpoint 1 failed: can't write", assertThrows(TaskException.class, job::end).getMessage());
    }

    @Test
    void when_theJobIsToWait_then_itReadsNothingUntilOneSucceeds() throws Exception {
        job.settings.put("state.on-checkpoint-failure", "park");
        job.repeated = 3;
        job.backend.failing.set(1);
        job.tables.add("a");
        Task task = job.start();
        job.awaitRows(3);
        job.checkpoint();
        job.await(() -> job.states.contains(JobState.PARKED));
        assertEquals("'state.on-checkpoint-failure' = 'park': nothing is read until a checkpoint succeeds again; checkpoint 1 failed: disk full",
                task.waitsFor().orElseThrow());
        job.tables.add("b");
        Thread.yield();
        job.checkpoint();
        assertEquals(List.of("a,1", "a,2", "a,3"), job.tables.committed, "read before the failure, committed by the one that followed");
        job.awaitRows(6);
        job.checkpoint();
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_theJobIsToWaitWhileRowsArePutOff_then_theyAreEmittedForTheNextOne() throws Exception {
        job.settings.put("state.on-checkpoint-failure", "park");
        job.repeated = 100_000;
        job.backend.failing.set(1);
        job.tables.add("a", "a");
        Task task = job.start();
        task.checkpoint();
        job.await(() -> job.backend.begun.get() >= 1);
        job.await(() -> job.status().failed() == 1);
        job.tables.end();
        job.await(() -> {
            job.clock.advance(Duration.ofSeconds(1));
            return job.status().completed() > 0;
        });
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_prepareFails_then_nothingIsCommittedBeforeItSucceeds() throws Exception {
        job.tables.failingPrepares.set(1);
        job.tables.add("a");
        job.start();
        job.awaitRows(1);
        job.checkpoint();
        assertEquals("checkpoint 1 failed: no room", job.status().failure().orElseThrow());
        assertEquals(0, job.backend.store.lastCheckpoint());
        job.checkpoint();
        assertEquals(List.of("a,1"), job.tables.committed);
    }

    @Test
    void when_commitFails_then_itIsRepeatedWithTheNextOne() throws Exception {
        job.tables.failingCommits.set(1);
        job.tables.add("a");
        job.start();
        job.awaitRows(1);
        job.checkpoint();
        assertEquals("checkpoint 1 is durable but what follows it failed: no commit", job.status().failure().orElseThrow());
        job.tables.add("b");
        job.awaitRows(2);
        job.checkpoint();
        assertEquals(List.of("a,1", "b,1"), job.tables.committed);
    }

    @Test
    void when_commitFailsBeforeACrash_then_itIsRepeatedAtTheStart() throws Exception {
        job.tables.failingCommits.set(1);
        job.tables.add("a");
        job.start();
        job.awaitRows(1);
        job.checkpoint();
        assertEquals(List.of(), job.tables.committed);
        job.crashAndRestart();
        job.await(() -> job.tables.committed.equals(List.of("a,1")));
        job.tables.add("a");
        job.tables.end();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_theOneThatTakesCommitsOutFails_then_theNextDoesSo() throws Exception {
        job.tables.add("a");
        job.start();
        job.awaitRows(1);
        job.checkpoint();
        job.backend.failing.set(1);
        job.checkpoint();
        job.checkpoint();
        job.tables.failingCommits.set(1);
        job.crashAndRestart();
        job.awaitRows(0);
        job.await(() -> job.states.size() == 2);
        assertEquals(1, job.tables.failingCommits.get(), "nothing is left to commit");
    }

    @Test
    void when_theLastOneFails_then_theJobDoesAndTheNextRunCommits() throws Exception {
        job.backend.failing.set(1);
        job.tables.add("a");
        job.tables.end();
        job.start();
        assertEquals("checkpoint 1 failed: disk full", assertThrows(TaskException.class, job::end).getMessage());
        assertEquals(0, job.tables.finished);
        job.start();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(List.of("a,1"), job.tables.committed);
    }

    @Test
    void when_theLastOneOfAStoppedJobFails_then_itStopsAndTheNextRunCommits() throws Exception {
        job.backend.failing.set(1);
        job.tables.add("a");
        Task task = job.start();
        job.awaitRows(1);
        task.stop();
        assertEquals(JobState.STOPPED, job.end());
        assertEquals(0, job.tables.finished);
        job.tables.end();
        job.start();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(List.of("a,1"), job.tables.committed);
    }

    @Test
    void when_theStoreCannotBeOpened_then_theJobFailsAndMayStartAgain() throws Exception {
        job.backend.failingOpenings.set(1);
        job.tables.add("a");
        job.tables.end();
        job.start();
        assertEquals("the store is in use", assertThrows(IOException.class, job::end).getMessage());
        job.start();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(List.of("a,1"), job.tables.committed);
    }

    @Test
    void when_memoryIsFullAndCheckpointsFail_then_theyAreNotRepeatedWithoutAPause() throws Exception {
        job.settings.put("state.cache.size", "1 b");
        job.backend.failing.set(1);
        job.tables.add("a");
        Task task = job.start();
        job.await(() -> job.status().failed() == 1);
        job.tables.add("b");
        Thread.sleep(50);
        assertEquals(1, job.backend.begun.get());
        job.await(() -> job.states.equals(List.of(JobState.RUNNING, JobState.PARKED)));
        assertEquals("memory is full of state that no checkpoint has: nothing is read until a checkpoint succeeds again; checkpoint 1 failed: disk full",
                task.waitsFor().orElseThrow());
        job.checkpoint();
        job.awaitRows(2);
        job.await(() -> job.tables.committed.equals(job.expected()));
        assertEquals(JobState.RUNNING, job.states.get(2));
    }

    @RepeatedTest(8)
    void when_anythingFailsAtRandom_then_everyRowIsCommittedOnce(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        job.backend.incremental = random.nextBoolean();
        job.settings.put("state.cache.size", random.nextBoolean() ? "1 b" : "1 mb");
        job.settings.put("state.on-checkpoint-failure", random.nextBoolean() ? "park" : "continue");
        job.repeated = 1 + random.nextInt(3);
        job.start();
        for (int i = 0; i < 60; i++) {
            switch (random.nextInt(8)) {
                case 0 -> job.backend.failing.set(random.nextInt(3));
                case 1 -> job.tables.failingPrepares.set(random.nextInt(2));
                case 2 -> job.tables.failingCommits.set(random.nextInt(2));
                case 3 -> {
                    job.tables.failingCommits.set(0);
                    job.tables.ready = true;
                    job.crash();
                    while (!job.hasFailed()) {
                        // reading may be held until a checkpoint succeeds
                        job.clock.advance(Duration.ofSeconds(1));
                        Thread.sleep(1);
                    }
                    job.start();
                }
                case 4 -> job.tables.ready = !job.tables.ready;
                case 5 -> job.clock.advance(Duration.ofSeconds(1));
                default -> {
                    for (int each = random.nextInt(20); each >= 0; each--) {
                        job.tables.add("k" + random.nextInt(10) + " k" + random.nextInt(3));
                    }
                }
            }
            Thread.sleep(random.nextInt(3));
            if (!job.tables.ready && random.nextBoolean()) {
                job.tables.ready = true;
            }
        }
        job.backend.failing.set(0);
        job.tables.failingPrepares.set(0);
        job.tables.failingCommits.set(0);
        job.tables.ready = true;
        job.tables.end();
        while (!job.hasEnded()) {
            job.clock.advance(Duration.ofSeconds(1));
            Thread.sleep(1);
        }
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
    }
}
