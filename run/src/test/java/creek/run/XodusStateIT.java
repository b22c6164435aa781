package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on the xodus backend, with entries that leave memory after each checkpoint: what {@link StateIT} is for heap. */
class XodusStateIT {
    private static final String JOB = """
            SET 'execution.checkpointing.interval' = '200 ms';
            SET 'state.backend.type' = 'xodus';
            SET 'state.cache.size' = '1 b';
            SET 'state.snapshot.every' = '1';
            SET 'state.on-corruption' = 'fall-back';
            CREATE TABLE input (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '1000', 'fields.n.kind' = 'sequence',
                'fields.n.start' = '1', 'fields.n.end' = '8000');
            CREATE TABLE output (k BIGINT, c BIGINT, s BIGINT) WITH ('connector' = 'print');
            INSERT INTO output SELECT k, COUNT(*), SUM(n) FROM (SELECT n, MOD(n, 2000) AS k FROM input) GROUP BY k;
            """;
    private static final String LAST = "+U[0, 4, 20000]";

    @TempDir
    Path directory;
    private Creek creek;

    @BeforeEach
    void open() throws IOException {
        creek = new Creek(directory);
        creek.write("counts.sql", JOB);
    }

    @Test
    void whenAKilledJobIsChangedAroundAnOperator_thenItGoesOnWithItsState() throws Exception {
        Process process = startAndAwaitSnapshots();
        process.destroyForcibly().waitFor();
        creek.write("counts.sql", JOB.replace("(k BIGINT, c BIGINT, s BIGINT)", "(k BIGINT, c BIGINT, s BIGINT, more STRING)")
                .replace("SELECT k, COUNT(*), SUM(n) FROM", "SELECT k, COUNT(*), SUM(n), 'and more' FROM"));
        Creek.Outcome rest = creek.run("run", "counts.sql");
        assertEquals(0, rest.status(), rest.err());
        assertEquals("+U[0, 4, 20000, and more]", last(rest));
        assertFalse(rest.lines().contains("+I[1, 1, 1, and more]"), "it has not begun anew");
    }

    @Test
    void whenAnotherProcessRunsTheJob_thenRefused() throws Exception {
        creek.write("counts.sql", JOB.replace("'8000'", "'100000000'"));
        Process process = startAndAwaitSnapshots();
        Creek.Outcome second = creek.run("run", "counts.sql");
        assertTrue(process.isAlive(), "the first goes on");
        process.destroyForcibly().waitFor();
        assertEquals(1, second.status());
        assertTrue(second.err().contains("in use by another"), second.err());
    }

    @Test
    void whenAJobIsToBeginAfresh_thenItDoesAndItsStateIsKept() throws Exception {
        startAndAwaitSnapshots().destroyForcibly().waitFor();
        Creek.Outcome anew = creek.run("run", "--fresh", "counts.sql");
        assertEquals(0, anew.status(), anew.err());
        assertTrue(anew.err().contains("begins without the state that it had, which is in "), anew.err());
        assertTrue(anew.lines().contains("+I[1, 1, 1]"), "it has begun anew");
        assertEquals(LAST, last(anew));
        assertEquals(1, count(".creek/jobs/counts", "replaced-*"));
    }

    private static String last(Creek.Outcome outcome) {
        return outcome.lines().isEmpty() ? "" : outcome.lines().get(outcome.lines().size() - 1);
    }

    private Process startAndAwaitSnapshots() throws IOException, InterruptedException {
        Process process = creek.start("run", "counts.sql");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (count(".creek/jobs/counts/snapshots", "checkpoint-*.creek") < 2) {
            assertTrue(process.isAlive() && System.nanoTime() < end, "no snapshots");
            Thread.sleep(20);
        }
        return process;
    }

    private long count(String folder, String names) throws IOException {
        Path path = directory.resolve(folder);
        if (!Files.isDirectory(path)) {
            return 0;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, names)) {
            return StreamSupport.stream(files.spliterator(), false).count();
        }
    }
}
