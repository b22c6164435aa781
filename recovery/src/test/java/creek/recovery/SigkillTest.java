package creek.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A job is killed at random moments and started again, time after time: in the end it has committed what an undisturbed run does, row for row. Half of
 * the kills ({@code recovery.kills}) for each backend.
 */
class SigkillTest {
    private static final int ROWS = 300_000;
    /** A process needs about a second before it reads its first record. */
    private static final int SHORTEST_LIFE_MILLIS = 800;
    private static final int LONGEST_LIFE_MILLIS = 3500;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"heap", "xodus"})
    void whenKilledAtRandomMoments_thenTheOutputIsThatOfAnUndisturbedRun(String backend) throws Exception {
        Random random = new Random(Long.getLong("recovery.seed", 1));
        Workload workload = Workload.create(folder, "SET 'execution.checkpointing.interval' = '50 ms';\nSET 'state.backend.type' = '" + backend
                + "';\nSET 'state.snapshot.every' = '7';", ROWS, random.nextLong());
        finish(workload);
        Map<String, List<String>> expected = workload.output();
        int kills = 0;
        while (kills < Integer.getInteger("recovery.kills", 15) / 2) {
            workload.clear();
            int before = kills;
            while (killed(workload, random)) {
                kills++;
            }
            assertEquals("", Workload.difference(expected, workload.output()), "after " + (kills - before) + " kills");
        }
    }

    private static boolean killed(Workload workload, Random random) throws IOException, InterruptedException {
        try (CreekProcess creek = CreekProcess.run(workload.script())) {
            boolean killed = creek.killAfter(SHORTEST_LIFE_MILLIS + random.nextInt(LONGEST_LIFE_MILLIS - SHORTEST_LIFE_MILLIS));
            if (!killed) {
                assertEquals(0, creek.await(), creek::errors);
            }
            return killed && !workload.hasFinished();
        }
    }

    private static void finish(Workload workload) throws IOException, InterruptedException {
        try (CreekProcess creek = CreekProcess.run(workload.script())) {
            assertEquals(0, creek.await(), creek::errors);
        }
    }
}
