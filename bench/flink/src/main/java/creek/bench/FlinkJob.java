package creek.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import com.sun.management.OperatingSystemMXBean;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Runs a script on Apache Flink, in this process, several times, and prints for each how long the job ran and how much processor time the
 * process used meanwhile: {@code run millis=1234 cpu=2345}. Arguments: the script, how often, and with how many slots, each a part of all operators.
 *
 * <p>The first runs warm the virtual machine up. Set as Flink's documentation recommends for speed: objects are reused, aggregations take rows by
 * mini-batches and aggregate before they shuffle; state is on the heap, its fastest place, and there are no checkpoints.
 */
public final class FlinkJob {
    private FlinkJob() {
    }

    public static void main(String[] args) throws Exception {
        String script = Files.readString(Path.of(args[0])).replaceAll("(?m)^\\s*--.*$", "");
        int rounds = Integer.parseInt(args[1]);
        int slots = Integer.parseInt(args[2]);
        Configuration cluster = new Configuration();
        cluster.setString("rest.port", "0");
        try (MiniCluster flink = new MiniCluster(new MiniClusterConfiguration.Builder().setConfiguration(cluster)
                .setNumTaskManagers(1).setNumSlotsPerTaskManager(slots).build())) {
            flink.start();
            int port = flink.getRestAddress().get().getPort();
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            for (int round = 0; round < rounds; round++) {
                long before = system.getProcessCpuTime();
                long millis = run(script, port, slots);
                System.out.println("run millis=" + millis + " cpu=" + TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime() - before));
            }
        }
        // Flink leaves threads behind that would keep the process alive.
        System.exit(0);
    }

    private static long run(String script, int port, int slots) throws Exception {
        Configuration settings = new Configuration();
        settings.setString("execution.target", "remote");
        settings.setString("rest.address", "localhost");
        settings.setString("rest.port", String.valueOf(port));
        settings.setString("restart-strategy.type", "none");
        settings.setString("pipeline.object-reuse", "true");
        settings.setString("table.exec.mini-batch.enabled", "true");
        settings.setString("table.exec.mini-batch.allow-latency", "1 s");
        settings.setString("table.exec.mini-batch.size", "5000");
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(settings);
        environment.setParallelism(slots);
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        long millis = 0;
        for (String statement : script.split(";")) {
            if (!statement.isBlank()) {
                TableResult result = tables.executeSql(statement.strip());
                if (result.getJobClient().isPresent()) {
                    millis = result.getJobClient().get().getJobExecutionResult().get().getNetRuntime();
                }
            }
        }
        return millis;
    }
}
