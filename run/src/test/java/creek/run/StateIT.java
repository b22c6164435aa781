package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of a job's state: a job that was killed goes on, damage is noticed, {@code creek state}, savepoints. */
class StateIT {
    private static final String JOB = """
            SET 'execution.checkpointing.interval' = '200 ms';
            CREATE TABLE input (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '2000', 'fields.n.kind' = 'sequence',
                'fields.n.start' = '1', 'fields.n.end' = '5000');
            CREATE TABLE output (c BIGINT, s BIGINT) WITH ('connector' = 'print');
            INSERT INTO output SELECT COUNT(*), SUM(n) FROM input;
            """;
    private static final String LAST = "+U[5000, 12502500]";

    @TempDir
    Path directory;
    private Creek creek;

    @BeforeEach
    void open() {
        creek = new Creek(directory);
    }

    @Test
    void whenAJobIsKilled_thenItGoesOnFromItsLastCheckpoint() throws Exception {
        killAfterCheckpoints();

        Creek.Outcome state = creek.run("state", ".creek/jobs");
        assertEquals(0, state.status(), state.err());
        assertTrue(state.out().contains("  job         counts\n"), state.out());
        assertTrue(state.out().contains("state backend heap"), state.out());
        assertTrue(state.out().endsWith("  whole\n"), state.out());

        Creek.Outcome rest = creek.run("run", "counts.sql");
        assertEquals(0, rest.status(), rest.err());
        assertEquals(LAST, rest.lines().get(rest.lines().size() - 1));
        assertTrue(rest.lines().size() < 9_999, "it has not begun anew");
    }

    @Test
    void whenACommandIsKilled_thenItsTemporaryFilesGoWithTheNextOne() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        String run = "CREEK_OPTS=-Djava.io.tmpdir=$PWD/tmp exec $0 run counts.sql";
        killAfterCheckpoints(run);
        Path left = entries(temporary).get(0);
        Path alive = Files.createDirectory(temporary.resolve("creek-1-1"),
                PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(left)));
        try (FileChannel channel = FileChannel.open(alive.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            for (Path each : List.of(left, alive)) {
                Files.setLastModifiedTime(each, FileTime.from(Instant.now().minusSeconds(120)));
            }

            assertEquals(0, creek.finish(creek.startPipe(run)).status());

            assertEquals(List.of(alive), entries(temporary), "only that of a command that is alive");
        }
    }

    @Test
    void whenTheStateIsDamaged_thenThatIsSaidAndASavepointHelps() throws Exception {
        List<Path> checkpoints = killAfterCheckpoints();
        Path savepoint = Files.copy(checkpoints.get(0), directory.resolve("saved.creek"));
        for (Path checkpoint : checkpoints) {
            byte[] bytes = Files.readAllBytes(checkpoint);
            bytes[bytes.length / 2] ^= 1;
            Files.write(checkpoint, bytes);
        }

        Creek.Outcome state = creek.run("state", ".creek/jobs/counts");
        assertEquals(1, state.status(), state.err());
        assertTrue(state.out().contains("  DAMAGED: snapshot "), state.out());
        assertEquals(0, creek.run("state", savepoint.toString()).status());
        assertEquals(1, creek.run("state", "nowhere").status());

        Creek.Outcome refused = creek.run("run", "counts.sql");
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("the state of job counts can't be trusted: "), refused.err());
        assertTrue(refused.err().contains("There is no good snapshot to go back to"), refused.err());

        Creek.Outcome restored = creek.run("run", "--from-savepoint", "saved.creek", "counts.sql");
        assertEquals(0, restored.status(), restored.err());
        assertEquals(LAST, restored.lines().get(restored.lines().size() - 1));
    }

    @Test
    void whenAJobIsChangedAroundAnOperator_thenItGoesOnWithItsState() throws Exception {
        killAfterCheckpoints();
        creek.write("counts.sql", JOB.replace("(c BIGINT, s BIGINT)", "(number BIGINT, total BIGINT, more STRING)")
                .replace("COUNT(*), SUM(n) FROM input", "COUNT(*) AS number, SUM(n) AS total, 'and more' FROM input WHERE n > 0"));

        Creek.Outcome rest = creek.run("run", "counts.sql");
        assertEquals(0, rest.status(), rest.err());
        assertEquals("+U[5000, 12502500, and more]", rest.lines().get(rest.lines().size() - 1));
        assertTrue(rest.lines().size() < 9_999, "it has not begun anew");
    }

    @Test
    void whenAnOperatorItselfIsChanged_thenRefusedUnlessItsStateMayBeLost() throws Exception {
        killAfterCheckpoints();
        String changed = JOB.replace("SUM(n)", "MAX(n)");
        creek.write("counts.sql", changed);

        Creek.Outcome refused = creek.run("run", "counts.sql");
        assertEquals(1, refused.status(), refused.err());
        assertTrue(refused.err().contains("the state has tables that no operator of the job asks for: grouped-"), refused.err());
        assertTrue(refused.err().contains("COUNT() BIGINT NOT NULL, SUM(BIGINT) BIGINT. What they belong to"), refused.err());

        creek.write("counts.sql", "SET 'execution.state-recovery.ignore-unclaimed-state' = 'true';\n" + changed);
        Creek.Outcome rest = creek.run("run", "counts.sql");
        assertEquals(0, rest.status(), rest.err());
        assertTrue(rest.lines().get(rest.lines().size() - 1).endsWith(", 5000]"), rest.lines().get(rest.lines().size() - 1));
    }

    /** Runs the job and kills it; the files of the last checkpoints. */
    private List<Path> killAfterCheckpoints() throws IOException, InterruptedException {
        return killAfterCheckpoints("exec $0 run counts.sql");
    }

    /** The job is slower until then, so that it does not come to its end before. */
    private List<Path> killAfterCheckpoints(String pipe) throws IOException, InterruptedException {
        creek.write("counts.sql", JOB.replace("'2000'", "'100'"));
        Process process = creek.startPipe(pipe);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (checkpoints().size() < 2) {
            assertTrue(process.isAlive() && System.nanoTime() < end, "no checkpoints");
            Thread.sleep(20);
        }
        process.destroyForcibly().waitFor();
        creek.write("counts.sql", JOB);
        return checkpoints();
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private List<Path> checkpoints() throws IOException {
        Path store = directory.resolve(".creek/jobs/counts/store-heap-1");
        if (!Files.isDirectory(store)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(file -> file.toString().endsWith(".creek"))
                    .sorted(Comparator.comparingLong(StateIT::number)).toList();
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().replaceAll("\\D", ""));
    }
}
