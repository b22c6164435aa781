package creek.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job is killed at random moments and started again, time after time: in the end it has committed what an undisturbed run does, row for row. Once it
 * has, it begins again with the other backend, until there were enough kills ({@code recovery.kills}).
 */
class SigkillTest {
    private static final int ROWS = 150_000;
    private static final List<String> BACKENDS = List.of("heap", "xodus");
    /** One in so many is killed while it starts, which may be before it has got any further. */
    private static final int EARLY = 5;
    private static final int START_MILLIS = 1500;
    private static final int LIFE_MILLIS = 200;

    private final Random random = new Random(Long.getLong("recovery.seed", 1));

    @TempDir
    private Path folder;

    @Test
    void whenKilledAtRandomMoments_thenTheOutputIsThatOfAnUndisturbedRun() throws Exception {
        int wanted = Integer.getInteger("recovery.kills", 15);
        long seed = random.nextLong();
        Map<String, List<String>> expected = null;
        int kills = 0;
        for (int job = 0; kills < wanted; job++) {
            String backend = BACKENDS.get(job % BACKENDS.size());
            Workload workload = Workload.create(Files.createDirectories(folder.resolve("job-" + job)), "SET 'execution.checkpointing.interval' = '50 ms';\n"
                    + "SET 'state.backend.type' = '" + backend + "';\nSET 'state.snapshot.every' = '7';", ROWS, seed);
            expected = expected == null ? workload.undisturbed() : expected;
            // the second backend is to have its share
            int enough = job == 0 ? wanted / 2 : wanted;
            int before = kills;
            while (!workload.hasFinished()) {
                kills += run(workload, kills < enough) ? 1 : 0;
            }
            assertEquals("", Workload.difference(expected, workload.output()), backend + ", after " + (kills - before) + " kills");
            Workload.delete(workload.folder());
        }
        System.out.println("kills: " + kills);
    }

    /** As the other one, but that the job is divided into another number of subtasks with each start. */
    @Test
    void whenDividedAnewAfterEachKill_thenTheOutputIsThatOfAnUndisturbedRun() throws Exception {
        int wanted = Integer.getInteger("recovery.kills", 15) / 3;
        long seed = random.nextLong();
        Map<String, List<String>> expected = null;
        int kills = 0;
        for (int job = 0; kills < wanted; job++) {
            String backend = BACKENDS.get(job % BACKENDS.size());
            Workload workload = Workload.create(Files.createDirectories(folder.resolve("parallel-" + job)), "", ROWS, seed);
            workload.frameByTime();
            workload.set(settings(backend, 1));
            expected = expected == null ? workload.undisturbed() : expected;
            int enough = job == 0 ? wanted / 2 : wanted;
            List<Integer> parallelisms = new ArrayList<>();
            while (!workload.hasFinished()) {
                int parallelism = 1 + random.nextInt(4);
                parallelisms.add(parallelism);
                workload.set(settings(backend, parallelism));
                kills += run(workload, kills < enough) ? 1 : 0;
            }
            assertEquals("", Workload.difference(expected, workload.output()), backend + ", subtasks: " + parallelisms);
            Workload.delete(workload.folder());
        }
        System.out.println("kills of jobs that are divided anew: " + kills);
    }

    private static String settings(String backend, int parallelism) {
        return "SET 'execution.checkpointing.interval' = '50 ms';\nSET 'state.backend.type' = '" + backend + "';\nSET 'state.snapshot.every' = '7';\n"
                + "SET 'parallelism.default' = '" + parallelism + "';\n";
    }

    /** Runs a job and kills it or lets it end; whether it was killed. */
    private boolean run(Workload workload, boolean kill) throws Exception {
        int committed = workload.committedFiles();
        try (CreekProcess creek = CreekProcess.run(workload.script())) {
            boolean killed = kill && (random.nextInt(EARLY) == 0 ? creek.killAfter(random.nextInt(START_MILLIS))
                    : creek.runsUntil(() -> workload.committedFiles() > committed) && creek.killAfter(random.nextInt(LIFE_MILLIS)));
            if (!killed) {
                assertEquals(0, creek.await(), creek::errors);
            }
            return killed;
        }
    }
}
