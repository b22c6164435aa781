package creek.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk that holds state and output fills up at random moments while a job runs, and has room again after a while: the job goes on, and in the end it
 * has committed what an undisturbed run does. The disk is a small one in memory, which only root may mount; without it the test is left out.
 */
class FullDiskTest {
    private static final int ROWS = 150_000;
    private static final long SEED = 3;
    private static final List<String> BACKENDS = List.of("xodus", "heap");
    private static final int FULL_MILLIS = 400;
    private static final int PAUSE_MILLIS = 1500;
    private static final int BLOCK = 64 << 10;

    private final Random random = new Random(Long.getLong("recovery.seed", 1));

    @TempDir
    private Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectories(folder.resolve("disk"));
        boolean mounted;
        try {
            mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", disk.toString()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            mounted = false;
        }
        if (!mounted) {
            disk = null;
        }
        assumeTrue(mounted, "no right to mount a disk");
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            assertEquals(0, new ProcessBuilder("umount", disk.toString()).inheritIO().start().waitFor(), "could not unmount " + disk);
        }
    }

    @Test
    void whenTheDiskIsFullForAWhile_thenTheOutputIsThatOfAnUndisturbedRun() throws Exception {
        int wanted = Integer.getInteger("recovery.fills", 3);
        Map<String, List<String>> expected = null;
        int fills = 0;
        for (int job = 0; fills < wanted; job++) {
            String backend = BACKENDS.get(job % BACKENDS.size());
            Workload workload = Workload.create(Files.createDirectories(disk.resolve("job-" + job)), "SET 'execution.checkpointing.interval' = '50 ms';\n"
                    + "SET 'state.backend.type' = '" + backend + "';\nSET 'restart-strategy.type' = 'fixed-delay';\n"
                    + "SET 'restart-strategy.fixed-delay.attempts' = '1000';\nSET 'restart-strategy.fixed-delay.delay' = '50 ms';", ROWS, SEED);
            expected = expected == null ? workload.undisturbed() : expected;
            int before = fills;
            try (CreekProcess creek = CreekProcess.run(workload.script())) {
                if (creek.runsUntil(() -> workload.committedFiles() > 0)) {
                    do {
                        fill(FULL_MILLIS + random.nextInt(FULL_MILLIS));
                        fills++;
                    } while (fills < wanted && !creek.endsWithin(random.nextInt(PAUSE_MILLIS)));
                }
                assertEquals(0, creek.await(), creek::errors);
            }
            assertEquals("", Workload.difference(expected, workload.output()), backend + ", after " + (fills - before) + " full disks");
            Workload.delete(workload.folder());
        }
        System.out.println("full disks: " + fills);
    }

    /** Takes all room for so long. */
    private void fill(long millis) throws Exception {
        Path filler = disk.resolve("filler");
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[BLOCK];
            while (System.nanoTime() < end) {
                try {
                    out.write(block);
                } catch (IOException e) {
                    // full, which is the aim; whatever is freed meanwhile is taken as well
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
        } finally {
            Files.deleteIfExists(filler);
        }
    }
}
