package creek.bench;

import creek.core.job.JobManager;
import creek.core.job.JobState;
import creek.sql.SqlPlanner;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Arrays;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** A built-in function beside the same by a bundle: whole jobs from a file, alternately. */
final class Throughput {
    private static final int ROUNDS = 7;

    private final BundleContext context;
    private final JobManager jobs;
    private final SqlPlanner planner;
    private final String numbers;

    /** @param numbers the file that is read */
    Throughput(BundleContext context, JobManager jobs, SqlPlanner planner, String numbers) {
        this.context = context;
        this.jobs = jobs;
        this.planner = planner;
        this.numbers = numbers;
    }

    void measure() throws Exception {
        double[] builtIn = new double[ROUNDS];
        double[] provided = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double first = seconds("ABS(i)");
            double second = seconds("ABSOLUTE(i)");
            if (round >= 0) {
                builtIn[round] = first;
                provided[round] = second;
            }
        }
        Arrays.sort(builtIn);
        Arrays.sort(provided);
        System.out.printf("ABS: %.2f s, the same by a bundle: %.2f s for the same file; the bundle's has %.2f of the throughput (medians of %d)%n",
                builtIn[ROUNDS / 2], provided[ROUNDS / 2], builtIn[ROUNDS / 2] / provided[ROUNDS / 2], ROUNDS);
    }

    private double seconds(String expression) throws Exception {
        byte[] compiled = planner.openSession().compile("CREATE TABLE numbers (i BIGINT) WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '"
                + numbers + "');\nCREATE TABLE hole (i BIGINT) WITH ('connector' = 'blackhole');\nINSERT INTO hole SELECT " + expression
                + " FROM numbers;", "throughput").bundle();
        Bundle bundle = context.installBundle("bench:throughput", new ByteArrayInputStream(compiled));
        long begun = System.nanoTime();
        bundle.start();
        JobState ended = jobs.await("throughput", Duration.ofMinutes(5)).orElseThrow().state();
        double seconds = (System.nanoTime() - begun) / 1e9;
        bundle.uninstall();
        if (ended != JobState.FINISHED) {
            throw new IllegalStateException("the job is " + ended);
        }
        return seconds;
    }
}
