package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Writing topics of a real broker, upserts and transactions included. */
@ExtendWith(SharedBroker.class)
@Timeout(300)
class KafkaSinkTest {
    private static KafkaBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        broker = SharedBroker.broker();
    }

    private static String table(String name, String connector, String columns, String... options) {
        StringBuilder text = new StringBuilder("CREATE TABLE " + name + " (" + columns + ") WITH ('connector' = '" + connector
                + "', 'properties.bootstrap.servers' = '" + broker.servers() + "'");
        for (int i = 0; i < options.length; i += 2) {
            text.append(", '").append(options[i]).append("' = '").append(options[i + 1]).append("'");
        }
        return text.append(");\n").toString();
    }

    private List<String> run(String script) throws Exception {
        try (SqlJob job = new SqlJob(script, folder)) {
            return job.run();
        }
    }

    @Test
    void when_rowsAreWritten_then_keyValueHeadersAndTimestampAreThose() throws Exception {
        broker.createTopic("out", 1);
        run(table("o", "kafka", "k_id INT, v STRING, ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', h MAP<STRING, BYTES> METADATA FROM 'headers', "
                + "p INT METADATA FROM 'partition' VIRTUAL", "topic", "out", "key.format", "json", "key.fields", "k_id", "key.fields-prefix", "k_",
                "value.fields-include", "EXCEPT_KEY", "value.format", "json", "sink.parallelism", "1")
                + "INSERT INTO o SELECT 7, 'a', TO_TIMESTAMP_LTZ(5000, 3), MAP['h', CAST('x' AS BYTES)];");
        ConsumerRecord<String, String> record = broker.read("out").get(0);
        assertEquals("{\"id\":7}", record.key());
        assertEquals("{\"v\":\"a\"}", record.value());
        assertEquals(5000, record.timestamp());
        assertEquals("x", new String(record.headers().lastHeader("h").value(), StandardCharsets.UTF_8));
    }

    @Test
    void when_thereAreSeveralTopics_then_eachRowSaysWhichItIsFor() throws Exception {
        broker.createTopic("several-a", 1);
        broker.createTopic("several-b", 1);
        String columns = "v STRING, t STRING METADATA FROM 'topic'";
        String[] options = {"topic", "several-a;several-b", "format", "raw"};
        run(table("o", "kafka", columns, options) + "INSERT INTO o VALUES ('1', 'several-a'), ('2', 'several-b'), ('3', 'several-a');");
        assertEquals(List.of("1", "3"), broker.values("several-a"));
        assertEquals(List.of("2"), broker.values("several-b"));
        String other = assertThrows(Exception.class, () -> run(table("o", "kafka", columns, options) + "INSERT INTO o VALUES ('1', 'other');")).getMessage();
        assertTrue(other.contains("must be one of [several-a, several-b] but is other"), other);
        String none = assertThrows(Exception.class, () -> run(table("o", "kafka", "v STRING", options) + "INSERT INTO o VALUES ('1');")).getMessage();
        assertTrue(none.contains("needs a column METADATA FROM 'topic'"), none);
        String single = assertThrows(Exception.class, () -> run(table("o", "kafka", columns, "topic", "several-a", "format", "raw")
                + "INSERT INTO o VALUES ('1', 'several-a');")).getMessage();
        assertTrue(single.contains("METADATA VIRTUAL"), single);
    }

    @Test
    void when_metadataCanNotBeWritten_then_thatIsRefused() {
        String message = assertThrows(Exception.class, () -> new SqlJob(table("o", "kafka", "v STRING, `offset` BIGINT METADATA", "topic", "out",
                "format", "json") + "INSERT INTO o SELECT 'a', 1;", folder)).getMessage();
        assertTrue(message.contains("'offset'") && message.contains("VIRTUAL"), message);
    }

    @Test
    void when_partitionerIsFixed_then_allRowsGoToOnePartition() throws Exception {
        broker.createTopic("fixed", 3);
        run(table("o", "kafka", "v STRING", "topic", "fixed", "format", "raw", "sink.partitioner", "fixed")
                + "INSERT INTO o VALUES ('a'), ('b'), ('c');");
        assertEquals(List.of("0a", "0b", "0c"), broker.read("fixed").stream().map(record -> record.partition() + record.value()).toList());
        String message = assertThrows(Exception.class, () -> new SqlJob(table("o", "kafka", "v STRING", "topic", "fixed", "format", "raw",
                "sink.partitioner", "com.example.Mine") + "INSERT INTO o VALUES ('a');", folder)).getMessage();
        assertTrue(message.contains("classes of partitioners are not supported"), message);
    }

    @Test
    void when_tableIsAnUpsert_then_lastRowOfEachKeyCountsAndGoneRowsAreTombstones() throws Exception {
        broker.createTopic("in", 1);
        broker.createTopic("counts", 2);
        broker.send("in", 0, "{\"before\": null, \"after\": {\"id\": 1, \"a\": \"x\"}, \"op\": \"c\"}",
                "{\"before\": null, \"after\": {\"id\": 2, \"a\": \"y\"}, \"op\": \"c\"}",
                "{\"before\": {\"id\": 1, \"a\": \"x\"}, \"after\": {\"id\": 1, \"a\": \"z\"}, \"op\": \"u\"}",
                "{\"before\": {\"id\": 2, \"a\": \"y\"}, \"after\": null, \"op\": \"d\"}");
        String upserts = table("u", "upsert-kafka", "id INT, a STRING, PRIMARY KEY (id) NOT ENFORCED", "topic", "counts", "key.format", "json",
                "value.format", "json", "scan.bounded.mode", "latest-offset");
        run(upserts + table("i", "kafka", "id INT, a STRING, PRIMARY KEY (id) NOT ENFORCED", "topic", "in", "format", "debezium-json",
                "scan.startup.mode", "earliest-offset", "scan.bounded.mode", "latest-offset") + "INSERT INTO u SELECT id, a FROM i;");
        Map<String, String> last = new HashMap<>();
        broker.read("counts").forEach(record -> last.put(record.key(), record.value()));
        assertEquals("{\"id\":1,\"a\":\"z\"}", last.get("{\"id\":1}"));
        assertNull(last.get("{\"id\":2}"));
        assertTrue(last.containsKey("{\"id\":2}"));
        List<String> read = run(upserts + "SELECT id, a FROM u;");
        assertTrue(read.containsAll(List.of("+I[1, x]", "+U[1, z]", "+I[2, y]", "-D[2, y]")), read.toString());
    }

    @Test
    void when_upsertsAreHeldBack_then_onlyTheLastOfAKeyIsWritten() throws Exception {
        broker.createTopic("held", 1);
        run(table("u", "upsert-kafka", "id INT, n BIGINT, PRIMARY KEY (id) NOT ENFORCED", "topic", "held", "key.format", "json", "value.format", "json",
                "sink.buffer-flush.max-rows", "100", "sink.buffer-flush.interval", "1 h")
                + "INSERT INTO u SELECT id, COUNT(*) FROM (VALUES (1), (1), (1), (2)) AS v(id) GROUP BY id;");
        assertEquals(List.of("{\"id\":1,\"n\":3}", "{\"id\":2,\"n\":1}"), broker.values("held"));
    }

    @Test
    void when_optionsAreWrong_then_theyAreRefused() {
        refused("PRIMARY KEY", table("u", "upsert-kafka", "id INT", "topic", "t", "key.format", "json", "value.format", "json"), "1");
        refused("needs the option 'key.format'", table("u", "upsert-kafka", "id INT, PRIMARY KEY (id) NOT ENFORCED", "topic", "t",
                "value.format", "json"), "1");
        refused("has no option 'format'", table("u", "upsert-kafka", "id INT, PRIMARY KEY (id) NOT ENFORCED", "topic", "t", "key.format", "json",
                "format", "json"), "1");
        refused("doesn't support defining PRIMARY KEY", table("u", "kafka", "id INT, PRIMARY KEY (id) NOT ENFORCED", "topic", "t", "format", "json"), "1");
        refused("'key.fields' can only be declared if a key format", table("u", "kafka", "id INT", "topic", "t", "format", "json", "key.fields", "id"), "1");
        refused("needs the option 'sink.transactional-id-prefix'", table("u", "kafka", "id INT", "topic", "t", "format", "json",
                "sink.delivery-guarantee", "exactly-once"), "1");
        refused("classes of partitioners are not supported", table("u", "kafka", "id INT", "topic", "t", "format", "json", "sink.partitioner",
                "org.example.Mine"), "1");
        refused("can't be 'OAUTHBEARER'", table("u", "kafka", "id INT", "topic", "t", "format", "json", "properties.sasl.mechanism",
                "OAUTHBEARER"), "1");
        refused("can't be 'true': the client's telemetry", table("u", "kafka", "id INT", "topic", "t", "format", "json",
                "properties.enable.metrics.push", "true"), "1");
        refused("shouldn't be set together", table("u", "kafka", "id INT", "topic", "t", "topic-pattern", "x", "format", "json"), "1");
        refused("is not in insert-only mode", table("u", "upsert-kafka", "id INT, PRIMARY KEY (id) NOT ENFORCED", "topic", "t", "key.format", "json",
                "value.format", "debezium-json"), "1");
    }

    private void refused(String words, String table, String values) {
        String message = assertThrows(Exception.class, () -> new SqlJob(table + "INSERT INTO u SELECT " + values + ";", folder)).getMessage();
        assertTrue(message.contains(words), message);
    }

    @Test
    void when_exactlyOnceHasNoCheckpoints_then_thatIsRefused() {
        String message = assertThrows(Exception.class, () -> run(table("o", "kafka", "v STRING", "topic", "out", "format", "raw",
                "sink.delivery-guarantee", "exactly-once", "sink.transactional-id-prefix", "p") + "INSERT INTO o VALUES ('a');")).getMessage();
        assertTrue(message.contains("execution.checkpointing.interval"), message);
    }

    @Test
    void when_deliveryIsExactlyOnce_then_rowsAreSeenWithCheckpointsAndOffsetsAreCommitted() throws Exception {
        broker.createTopic("tx-in", 1);
        broker.createTopic("tx-out", 1);
        broker.send("tx-in", 0, IntStream.range(0, 100).mapToObj(Integer::toString).toArray(String[]::new));
        String script = "SET 'execution.checkpointing.interval' = '1 h';\n"
                + table("i", "kafka", "v STRING", "topic", "tx-in", "format", "raw", "scan.startup.mode", "earliest-offset", "properties.group.id", "tx")
                + table("o", "kafka", "v STRING", "topic", "tx-out", "format", "raw", "sink.delivery-guarantee", "exactly-once",
                        "sink.transactional-id-prefix", "tx") + "INSERT INTO o SELECT v FROM i;";
        try (SqlJob job = new SqlJob(script, folder).start()) {
            for (int round = 1; round <= 5; round++) {
                int wanted = 100 * round;
                job.await(() -> job.task().metrics().recordsOut() == wanted);
                job.task().checkpoint().get();
                job.await(() -> broker.values("tx-out").size() == wanted);
                broker.send("tx-in", 0, IntStream.range(wanted, wanted + 100).mapToObj(Integer::toString).toArray(String[]::new));
            }
            assertEquals(IntStream.range(0, 500).mapToObj(Integer::toString).toList(), broker.values("tx-out"));
            job.await(() -> committed("tx") == 500);
        }
    }

    private static long committed(String group) {
        try {
            return broker.committed(group).getOrDefault(0, 0L);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void when_brokerIsNotThere_then_theMessageSaysSo() {
        String script = "CREATE TABLE o (v STRING) WITH ('connector' = 'kafka', 'topic' = 'x', 'format' = 'raw', 'properties.max.block.ms' = '1000', "
                + "'properties.bootstrap.servers' = '127.0.0.1:1');\nINSERT INTO o VALUES ('a');";
        String message = assertThrows(Exception.class, () -> run(script)).getMessage();
        assertTrue(message.startsWith("table 'o': can't write to topic 'x': no answer from broker 127.0.0.1:1"), message);
    }

    @Test
    void when_topicHasManyRecords_then_allAreWritten() throws Exception {
        broker.createTopic("many-in", 2);
        broker.createTopic("many-out", 2);
        broker.send(IntStream.range(0, 20_000).mapToObj(i -> new ProducerRecord<String, String>("many-in", i % 2, null, "{\"n\": " + i + "}")).toList());
        run(table("i", "kafka", "n BIGINT", "topic", "many-in", "format", "json", "scan.startup.mode", "earliest-offset", "scan.bounded.mode",
                "latest-offset") + table("o", "kafka", "n BIGINT", "topic", "many-out", "format", "json") + "INSERT INTO o SELECT n FROM i;");
        assertEquals(20_000, broker.values("many-out").stream().distinct().count());
    }
}
