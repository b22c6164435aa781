package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs of several subtasks, which share out the partitions of topics of a real broker. */
@ExtendWith(SharedBroker.class)
@Timeout(300)
class KafkaParallelTest {
    private static KafkaBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        broker = SharedBroker.broker();
    }

    private static String script(int parallelism, String columns, String topic, String options, String query) {
        return "SET 'parallelism.default' = '" + parallelism + "';\nSET 'execution.checkpointing.interval' = '200 ms';\nSET 'state.backend.type' = 'heap';\n"
                + "CREATE TABLE t (" + columns + ") WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = '" + broker.servers()
                + "', 'topic' = '" + topic + "', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset'" + options + ");\n" + query;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void when_partitionsAreSharedOut_then_eachHasOneReader(int readers) {
        for (String topic : List.of("a", "b", "readings", "")) {
            int[] counts = new int[readers];
            for (int partition = 0; partition < 2 * readers; partition++) {
                TopicPartition each = new TopicPartition(topic, partition);
                int[] having = IntStream.range(0, readers).filter(reader -> new PartitionShare(reader, readers).has(each)).toArray();
                assertEquals(1, having.length);
                counts[having[0]]++;
            }
            assertEquals(List.of(2), IntStream.of(counts).distinct().boxed().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void when_theTableIsBounded_then_allIsReadOnce(int parallelism) throws Exception {
        String topic = SharedBroker.topic(5);
        for (int partition = 0; partition < 5; partition++) {
            broker.send(topic, partition, "{\"k\": 1, \"n\": " + partition + "}", "{\"k\": 2, \"n\": 10}");
        }
        try (SqlJob job = new SqlJob(script(parallelism, "k BIGINT, n BIGINT", topic, ", 'scan.bounded.mode' = 'latest-offset'", "SELECT k, n FROM t;"), folder)) {
            List<String> rows = new ArrayList<>(job.run());
            Collections.sort(rows);
            List<String> expected = new ArrayList<>(Collections.nCopies(5, "+I[2, 10]"));
            IntStream.range(0, 5).forEach(n -> expected.add("+I[1, " + n + "]"));
            Collections.sort(expected);
            assertEquals(expected, rows);
        }
    }

    @Test
    void when_theJobIsDividedAnew_then_itGoesOnInEachPartition() throws Exception {
        String topic = SharedBroker.topic(3);
        List<String> expected = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        int n = 0;
        int partitions = 3;
        for (int parallelism : new int[] {1, 3, 2, 5, 4, 1}) {
            String discovery = ", 'scan.topic-partition-discovery.interval' = '100 ms'";
            try (SqlJob job = new SqlJob(script(parallelism, "n BIGINT", topic, discovery, "SELECT n FROM t;"), folder).start()) {
                int before = n;
                for (int i = 0; i < 20; i++, n++) {
                    broker.send(topic, n % partitions, "{\"n\": " + n + "}");
                    expected.add("+I[" + n + "]");
                }
                // one that appears while the job runs
                partitions++;
                broker.setPartitions(topic, partitions);
                broker.send(topic, partitions - 1, "{\"n\": " + n + "}");
                expected.add("+I[" + n++ + "]");
                job.awaitRows(n - before);
                job.task().checkpoint().get();
                rows.addAll(job.rows);
            }
        }
        Collections.sort(expected);
        Collections.sort(rows);
        assertEquals(expected, rows);
    }

    @Test
    void when_aSubtaskHasNoPartition_then_itHoldsBackNoWindow() throws Exception {
        String topic = SharedBroker.topic(1);
        broker.send(topic, 0, "{\"ts\": \"2024-01-01 00:00:01\"}", "{\"ts\": \"2024-01-01 00:01:00\"}");
        String query = "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end;";
        try (SqlJob job = new SqlJob(script(2, "ts TIMESTAMP(3), WATERMARK FOR ts AS ts", topic, "", query), folder).start()) {
            job.awaitRows(1);
            assertEquals(List.of("+I[2024-01-01 00:00:00.000, 1]"), job.rows);
        }
    }
}
