package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.job.JobState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A clock that is put back or forward by an hour while a job takes checkpoints. */
@Timeout(300)
class ClockJumpTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private CheckpointedJob job;

    @BeforeEach
    void create() {
        job = new CheckpointedJob(folder);
        job.clock.advance(Duration.ofDays(20_000));
    }

    @AfterEach
    void close() throws InterruptedException {
        job.close();
    }

    @Test
    void when_theClockGoesBack_then_theNextCheckpointComesAfterTheIntervalAllTheSame() throws Exception {
        job.tables.add("a");
        job.start();
        job.awaitRows(1);
        job.checkpoint();
        job.clock.advance(HOUR.negated());
        // read by a turn of the loop that sees the earlier time
        job.tables.add("a");
        job.awaitRows(2);
        job.tables.add("b");
        job.awaitRows(3);
        assertEquals(1, job.status().completed());
        job.checkpoint();
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_theClockGoesForward_then_oneCheckpointComesForAllThatWereLeftOut() throws Exception {
        job.tables.add("a");
        job.start();
        job.awaitRows(1);
        job.clock.advance(HOUR);
        job.await(() -> job.status().completed() == 1);
        job.tables.add("b");
        job.awaitRows(2);
        job.tables.add("b");
        job.awaitRows(3);
        assertEquals(1, job.backend.begun.get());
        job.checkpoint();
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_theClockGoesBackBetweenTwoRuns_then_theJobGoesOnAsIfItHadNot() throws Exception {
        job.tables.add("a", "b");
        job.start();
        job.awaitRows(2);
        job.checkpoint();
        job.clock.advance(HOUR.negated());
        job.crashAndRestart();
        job.tables.add("a");
        job.awaitRows(1);
        job.checkpoint();
        assertEquals(job.expected(), job.tables.committed);
        job.clock.advance(HOUR.multipliedBy(2));
        job.crashAndRestart();
        job.tables.add("b");
        job.tables.end();
        assertEquals(JobState.FINISHED, job.end());
        assertEquals(job.expected(), job.tables.committed);
        assertTrue(job.status().restored() >= 2);
    }
}
