package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void whenTheStateIsDamagedWhileTheJobRuns_thenItGoesBackToASnapshot() throws Exception {
        Creek.Outcome outcome = runWithDamage("fall-back");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("its state is damaged"), outcome.err());
        assertEquals(List.of("+U[1, 5, 200005]"), outcome.lines());
        assertEquals(1, count(".creek/jobs/many", "*.damaged-*"));
    }

    @Test
    void whenTheStateIsDamagedWhileAJobRunsThatMayNotGoBack_thenItFailsAndNamesTheSnapshot() throws Exception {
        Creek.Outcome outcome = runWithDamage("refuse");
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("It could go back to ") && outcome.err().contains("checkpoint-"), outcome.err());
        assertEquals(0, count(".creek/jobs/many", "*.damaged-*"));
    }

    /** Twenty thousand keys, more than what is kept in memory; the store's files become zeros. */
    private Creek.Outcome runWithDamage(String onCorruption) throws Exception {
        creek.write("many.sql", """
                SET 'execution.checkpointing.interval' = '200 ms';
                SET 'restart-strategy.exponential-delay.initial-backoff' = '10 ms';
                SET 'state.backend.type' = 'xodus';
                SET 'state.backend.xodus.cache.size' = '256 kb';
                SET 'state.cache.size' = '1 mb';
                SET 'state.on-corruption' = '%s';
                CREATE TABLE input (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '10000', 'fields.n.kind' = 'sequence',
                    'fields.n.start' = '1', 'fields.n.end' = '100000');
                CREATE TABLE output (k BIGINT, c BIGINT, s BIGINT) WITH ('connector' = 'print');
                INSERT INTO output SELECT k, COUNT(*), SUM(n) FROM (SELECT n, MOD(n, 20000) AS k FROM input) GROUP BY k
                    HAVING COUNT(*) = 5 AND SUM(n) = 200005;
                """.formatted(onCorruption));
        Process process = creek.start("run", "many.sql");
        Path store = directory.resolve(".creek/jobs/many/store-xodus-1");
        await(process, () -> count(".creek/jobs/many/snapshots", "checkpoint-*.creek") >= 2 && count(".creek/jobs/many/store-xodus-1", "*.xd") > 2);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(store, "*.xd")) {
            for (Path file : files) {
                try (RandomAccessFile zeroed = new RandomAccessFile(file.toFile(), "rw")) {
                    zeroed.write(new byte[(int) zeroed.length()]);
                }
            }
        }
        return creek.finish(process);
    }

    private static String last(Creek.Outcome outcome) {
        return outcome.lines().isEmpty() ? "" : outcome.lines().get(outcome.lines().size() - 1);
    }

    private Process startAndAwaitSnapshots() throws IOException, InterruptedException {
        Process process = creek.start("run", "counts.sql");
        await(process, () -> count(".creek/jobs/counts/snapshots", "checkpoint-*.creek") >= 2);
        return process;
    }

    private static void await(Process process, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (!condition.holds()) {
            assertTrue(process.isAlive() && System.nanoTime() < end, "it does not come so far");
            Thread.sleep(20);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
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
