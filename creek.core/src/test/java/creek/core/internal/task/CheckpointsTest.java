package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.job.JobState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When checkpoints are taken, and what a job commits and goes on from. */
@Timeout(300)
class CheckpointsTest {
    @TempDir
    private Path folder;

    private CheckpointedJob job;

    @BeforeEach
    void create() {
        job = new CheckpointedJob(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        job.close();
    }

    @Test
    void when_theIntervalHasPassed_then_whatWasReadIsCommitted() throws Exception {
        job.tables.add("a", "b", "a");
        job.start();
        job.awaitRows(3);
        assertEquals(List.of(), job.tables.committed);
        job.checkpoint();
        assertEquals(List.of("a,1", "b,1", "a,2"), job.tables.committed);
        job.await(() -> job.tables.durable == 3);
        assertEquals(1, job.status().lastCompleted());
        job.tables.add("a");
        job.crashAndRestart();
        job.awaitRows(1);
        job.checkpoint();
        assertEquals(job.expected(), job.tables.committed);
        assertEquals(1, job.status().restored());
    }

    @Test
    void when_theLastOneHasJustEnded_then_theNextWaitsForThePause() throws Exception {
        job.settings.put("execution.checkpointing.min-pause", "5 s");
        job.start();
        job.checkpoint();
        job.clock.advance(Duration.ofMillis(4999));
        job.tables.add("a");
        job.awaitRows(1);
        assertEquals(1, job.backend.begun.get());
        job.clock.advance(Duration.ofMillis(1));
        job.await(() -> job.status().completed() == 2);
        assertEquals(List.of("a,1"), job.tables.committed);
    }

    @Test
    void when_somebodyAsks_then_oneIsTakenAtOnce() throws Exception {
        job.tables.add("a");
        Task task = job.start();
        job.awaitRows(1);
        assertEquals(1, task.checkpoint().get(60, TimeUnit.SECONDS));
        assertEquals(List.of("a,1"), job.tables.committed);
    }

    @Test
    void when_theJobHasEnded_then_whoeverAsksIsTold() throws Exception {
        job.tables.end();
        Task task = job.start();
        assertEquals(JobState.FINISHED, job.end());
        CompletableFuture<Long> wish = task.checkpoint();
        assertEquals("the job has ended", assertThrows(ExecutionException.class, () -> wish.get(60, TimeUnit.SECONDS)).getCause().getMessage());
    }

    @Test
    void when_theJobIsPaused_then_whatWasReadIsCommittedEvenIfARecordHasBegun() throws Exception {
        job.repeated = 200;
        job.tables.add("a b c");
        Task task = job.start();
        job.awaitRows(1);
        task.pause();
        job.await(() -> job.status().completed() == 1);
        assertEquals(job.expected(), job.tables.committed);
        assertEquals(List.of(JobState.RUNNING, JobState.PARKED), job.states);
        job.tables.add("a");
        job.checkpoint();
        assertEquals(600, job.tables.committed.size(), "nothing is read meanwhile");
        task.resume();
        job.awaitRows(800);
        job.checkpoint();
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_theJobIsStopped_then_everythingIsCommittedAndItGoesOnThere() throws Exception {
        job.tables.add("a", "b");
        job.start().stop();
        assertEquals(JobState.STOPPED, job.end());
        assertEquals(1, job.tables.finished);
        job.tables.add("a", "b");
        job.tables.end();
        job.start();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
        assertEquals(2, job.tables.finished);
    }

    @Test
    void when_theJobIsStoppedWhileOneIsUnderWay_then_thatIsWaitedForAndAnotherTaken() throws Exception {
        job.backend.gate = new CountDownLatch(1);
        job.tables.add("a");
        Task task = job.start();
        job.awaitRows(1);
        task.checkpoint();
        job.await(() -> job.backend.begun.get() == 1);
        job.tables.add("a");
        job.awaitRows(2);
        task.stop();
        job.backend.gate.countDown();
        assertEquals(JobState.STOPPED, job.end());
        assertEquals(List.of("a,1", "a,2"), job.tables.committed);
        assertEquals(2, job.backend.begun.get());
    }

    @Test
    void when_theInputEndsWhileOneIsUnderWay_then_theRestIsCommittedWithAnother() throws Exception {
        job.backend.gate = new CountDownLatch(1);
        job.tables.add("a");
        Task task = job.start();
        job.awaitRows(1);
        task.checkpoint();
        job.await(() -> job.backend.begun.get() == 1);
        job.tables.add("a", "b");
        job.tables.end();
        job.awaitRows(3);
        job.backend.gate.countDown();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_sinksAreNotReady_then_checkpointsAreTakenAllTheSame() throws Exception {
        job.tables.add("a");
        job.start();
        job.awaitRows(1);
        job.tables.ready = false;
        job.checkpoint();
        assertEquals(List.of("a,1"), job.tables.committed);
        job.tables.add("b");
        job.checkpoint();
        assertEquals(List.of("a,1"), job.tables.committed);
        job.tables.ready = true;
        job.awaitRows(2);
        job.checkpoint();
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_aStoppedJobsSinksStayUnready_then_itEndsAndWhatIsLeftComesAgain() throws Exception {
        job.repeated = 3;
        job.tables.ready = false;
        job.tables.add("a");
        Task task = job.start();
        job.await(() -> job.states.contains(JobState.RUNNING));
        task.stop();
        assertEquals(JobState.STOPPED, job.end());
        job.tables.ready = true;
        job.tables.end();
        job.start();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_recordsOfManyRowsComeWithoutAnEnd_then_oneIsTakenBetweenTwoOfThem() throws Exception {
        // as many rows as two turns of the loop read, so that each turn ends in the middle of a record
        String record = String.join(" ", Collections.nCopies(2048, "a"));
        for (int i = 0; i < 200; i++) {
            job.tables.add(record);
        }
        CompletableFuture<Void> asked = new CompletableFuture<>();
        job.tables.handing = number -> {
            if (number == 3) {
                asked.join();
            }
        };
        Task task = job.start();
        CompletableFuture<Long> wish = task.checkpoint();
        asked.complete(null);
        assertEquals(1, wish.get(60, TimeUnit.SECONDS));
        assertTrue(job.tables.committed.size() < 200 * 2048, "it did not wait for the end");
        assertEquals(0, job.tables.committed.size() % 2048);
        job.crashAndRestart();
        job.tables.end();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_theStoreGetsEverything_then_theJobGoesOnFromIt() throws Exception {
        job.backend.incremental = false;
        job.tables.add("a", "b");
        job.start();
        job.awaitRows(2);
        job.checkpoint();
        job.tables.add("b");
        job.awaitRows(3);
        job.checkpoint();
        job.crashAndRestart();
        job.tables.add("a");
        job.tables.end();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_stateIsLargerThanTheCache_then_checkpointsComeEarlyAndEntriesLeaveMemory() throws Exception {
        job.settings.put("state.cache.size", "100 kb");
        for (int i = 0; i < 20_000; i++) {
            job.tables.add("key-" + i % 5000);
        }
        job.start();
        job.awaitRows(20_000);
        assertTrue(job.status().completed() > 1, () -> "none came early: " + job.status());
        job.tables.end();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_memoryIsFullWhileRowsArePutOff_then_theyAreEmittedAndTheJobGoesOn() throws Exception {
        job.settings.put("state.cache.size", "1 b");
        job.repeated = 5;
        for (int i = 0; i < 300; i++) {
            job.tables.add("key-" + i % 100 + " key-" + i % 7);
        }
        job.tables.end();
        job.start();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
        assertFalse(job.backend.begun.get() == 1, "one after the other was taken");
    }

    @Test
    void when_manyEntriesHaveChanged_then_aCheckpointComesEarlySoThatNoneTakesLong() throws Exception {
        job.settings.put("state.changes.max-entries", "500");
        for (int i = 0; i < 20_000; i++) {
            job.tables.add("key-" + i);
        }
        job.tables.end();
        job.start();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
        // a turn of the loop reads up to 1024 records
        assertTrue(job.backend.begun.get() >= 20_000 / 2048, () -> job.backend.begun + " checkpoints");
    }

    @Test
    void when_aStoreGetsEverything_then_manyChangesAreNoReasonForACheckpoint() throws Exception {
        job.backend.incremental = false;
        job.settings.put("state.changes.max-entries", "500");
        for (int i = 0; i < 20_000; i++) {
            job.tables.add("key-" + i);
        }
        job.tables.end();
        job.start();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(1, job.backend.begun.get());
    }

    @Test
    void when_theReaderOfOneSinkHasGone_then_whatOthersHaveIsCommitted() throws Exception {
        job.hasPipe = true;
        job.repeated = 3;
        job.tables.add("a b");
        job.start();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
        assertEquals(1, job.status().completed());
    }
}
