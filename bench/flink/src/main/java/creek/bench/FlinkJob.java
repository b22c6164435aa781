package creek.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Runs scripts on Apache Flink in this process, one after another. Arguments: with how many slots, each a part of all operators, and the scripts.
 *
 * <p>While a job runs it prints what its sources have read, as {@code creek run --progress} does: {@code progress in=RECORDS at nanos=TIME}. Before
 * each script it prints {@code script NAME}; one that fails is reported as {@code failed NAME: why}, and the next one follows.
 *
 * <p>Set as Flink's documentation recommends for speed: objects are reused, aggregations take rows by mini-batches and aggregate before they shuffle;
 * state is on the heap, its fastest place, and there are no checkpoints.
 */
public final class FlinkJob {
    private static final long INTERVAL_MILLIS = 50;

    private FlinkJob() {
    }

    public static void main(String[] args) throws Exception {
        int slots = Integer.parseInt(args[0]);
        Configuration cluster = new Configuration();
        cluster.setString("rest.port", "0");
        cluster.setString("metrics.reporters", "records");
        cluster.setString("metrics.reporter.records.factory.class", RecordCounter.class.getName());
        try (MiniCluster flink = new MiniCluster(new MiniClusterConfiguration.Builder().setConfiguration(cluster)
                .setNumTaskManagers(1).setNumSlotsPerTaskManager(slots).build())) {
            flink.start();
            for (int i = 1; i < args.length; i++) {
                System.out.println("script " + args[i]);
                RecordCounter.forget();
                try {
                    run(Files.readString(Path.of(args[i])), flink, slots);
                } catch (Exception e) {
                    System.out.println("failed " + args[i] + ": " + cause(e));
                }
            }
        }
        // Flink leaves threads behind that would keep the process alive.
        System.exit(0);
    }

    private static void run(String script, MiniCluster flink, int slots) throws Exception {
        Configuration settings = new Configuration();
        settings.setString("execution.target", "remote");
        settings.setString("rest.address", "localhost");
        settings.setString("rest.port", String.valueOf(flink.getRestAddress().get().getPort()));
        settings.setString("restart-strategy.type", "none");
        settings.setString("pipeline.object-reuse", "true");
        settings.setString("table.exec.mini-batch.enabled", "true");
        settings.setString("table.exec.mini-batch.allow-latency", "1 s");
        settings.setString("table.exec.mini-batch.size", "5000");
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(settings);
        environment.setParallelism(slots);
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        for (String statement : script.replaceAll("(?m)^\\s*--.*$", "").split(";")) {
            if (!statement.isBlank()) {
                TableResult result = tables.executeSql(statement.strip());
                if (result.getJobClient().isPresent()) {
                    watch(flink, result.getJobClient().get().getJobID());
                    result.await();
                }
            }
        }
    }

    /** Until the job ends; the client that submitted it learns of that up to seconds later. */
    private static void watch(MiniCluster flink, JobID job) throws Exception {
        boolean ended;
        do {
            Thread.sleep(INTERVAL_MILLIS);
            ended = flink.getJobStatus(job).get().isGloballyTerminalState();
            System.out.println("progress in=" + RecordCounter.records() + " at nanos=" + System.nanoTime());
        } while (!ended);
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + " (" + cause.getClass().getSimpleName() + ")";
    }
}
