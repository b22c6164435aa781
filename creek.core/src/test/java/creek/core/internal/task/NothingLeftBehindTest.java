package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import creek.core.job.JobState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** After many checkpoints and restarts a job has no more threads, file handles and files than after a few. */
@Timeout(300)
class NothingLeftBehindTest {
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final int RESTARTS = 20;
    private static final int CHECKPOINTS = 10;

    @TempDir
    private Path folder;

    @Test
    void when_aJobRestartsAgainAndAgain_then_nothingAddsUp() throws Exception {
        assumeTrue(Files.isDirectory(HANDLES), "file handles can be counted on Linux only");
        try (CheckpointedJob job = new CheckpointedJob(folder)) {
            job.settings.put("state.backend.type", "heap");
            job.start();
            run(job);
            job.crashAndRestart();
            long handles = handles();
            long files = files();
            for (int restart = 0; restart < RESTARTS; restart++) {
                run(job);
                job.crashAndRestart();
            }
            job.await(() -> checkpointThreads() <= 1);
            job.await(() -> handles() <= handles);
            job.await(() -> files() <= files);
            job.tables.end();
            assertEquals(JobState.FINISHED, job.end());
            assertEquals(job.expected(), job.tables.committed);
            job.await(() -> checkpointThreads() == 0);
        }
    }

    private static void run(CheckpointedJob job) throws InterruptedException {
        for (int i = 1; i <= CHECKPOINTS; i++) {
            job.tables.add("a", "b");
            job.awaitRows(2 * i);
            job.checkpoint();
        }
    }

    /** Of the job of this test. */
    private static long checkpointThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("creek-checkpoint-test")).count();
    }

    private static long handles() {
        try (Stream<Path> all = Files.list(HANDLES)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
