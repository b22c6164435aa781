package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.kafka.KafkaOptions.StartupMode;
import creek.core.option.Options;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading topics of a real broker. */
@ExtendWith(SharedBroker.class)
@Timeout(300)
class KafkaSourceTest {
    private static KafkaBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        broker = SharedBroker.broker();
    }

    private static String table(String columns, String... options) {
        StringBuilder text = new StringBuilder("CREATE TABLE t (" + columns + ") WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = '"
                + broker.servers() + "', 'scan.bounded.mode' = 'latest-offset'");
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

    private static void fill(String topic) throws Exception {
        broker.createTopic(topic, 2);
        broker.send(topic, 0, "{\"n\": 0}", "{\"n\": 1}", "{\"n\": 2}");
        broker.send(topic, 1, "{\"n\": 10}", "{\"n\": 11}");
    }

    private static List<String> sorted(List<String> rows) {
        List<String> sorted = new ArrayList<>(rows);
        Collections.sort(sorted);
        return sorted;
    }

    @Test
    void when_modeIsEarliest_then_allIsRead() throws Exception {
        fill("earliest");
        List<String> rows = run(table("n BIGINT", "topic", "earliest", "format", "json", "scan.startup.mode", "earliest-offset") + "SELECT n FROM t;");
        assertEquals(List.of("+I[0]", "+I[10]", "+I[11]", "+I[1]", "+I[2]"), sorted(rows));
    }

    @Test
    void when_modeIsSpecificOffsets_then_eachPartitionBeginsAndEndsThere() throws Exception {
        fill("specific");
        List<String> rows = run(table("n BIGINT", "topic", "specific", "value.format", "json", "scan.startup.mode", "specific-offsets",
                "scan.startup.specific-offsets", "partition:0,offset:1;partition:1,offset:0").replace("latest-offset", "specific-offsets")
                .replace("'value.format'", "'scan.bounded.specific-offsets' = 'partition:0,offset:2;partition:1,offset:1', 'value.format'")
                + "SELECT n FROM t;");
        assertEquals(List.of("+I[10]", "+I[1]"), sorted(rows));
    }

    @Test
    void when_modeIsTimestamp_then_recordsOfThatTimeAndLaterCome() throws Exception {
        broker.createTopic("times", 1);
        broker.send(List.of(new ProducerRecord<>("times", 0, 1000L, null, "1"), new ProducerRecord<>("times", 0, 2000L, null, "2"),
                new ProducerRecord<>("times", 0, 3000L, null, "3")));
        List<String> rows = run(table("n STRING", "topic", "times", "format", "raw", "scan.startup.mode", "timestamp",
                "scan.startup.timestamp-millis", "1500", "scan.bounded.timestamp-millis", "2500").replace("latest-offset", "timestamp")
                + "SELECT n FROM t;");
        assertEquals(List.of("+I[2]"), rows);
    }

    @Test
    void when_modeIsLatest_then_onlyWhatComesLaterIsRead() throws Exception {
        fill("latest");
        String script = table("n BIGINT", "topic", "latest", "format", "json", "scan.startup.mode", "latest-offset")
                .replace("'scan.bounded.mode' = 'latest-offset',", "") + "SELECT n FROM t;";
        try (SqlJob job = new SqlJob(script, folder).start()) {
            // what was sent before it looked is not read, so it is sent until something is
            for (int i = 0; job.rows.isEmpty(); i++) {
                broker.send("latest", 0, "{\"n\": " + (100 + i) + "}");
            }
            assertTrue(job.rows.get(0).matches("\\+I\\[1\\d\\d]"), job.rows.get(0));
        }
    }

    @Test
    void when_modeIsGroupOffsets_then_readingGoesOnWhereTheGroupIsOrByTheResetPolicy() throws Exception {
        fill("grouped");
        String[] options = {"topic", "grouped", "format", "json", "properties.group.id", "g"};
        String nothing = assertThrows(Exception.class, () -> run(table("n BIGINT", options) + "SELECT n FROM t;")).getMessage();
        assertTrue(nothing.contains("the group 'g' has no committed offset of partition grouped-"), nothing);
        List<String> rows = run(table("n BIGINT", "topic", "grouped", "format", "json", "properties.group.id", "g",
                "properties.auto.offset.reset", "earliest") + "SELECT n FROM t;");
        assertEquals(5, rows.size());
        String noGroup = assertThrows(Exception.class, () -> run(table("n BIGINT", "topic", "grouped", "format", "json") + "SELECT n FROM t;"))
                .getMessage();
        assertTrue(noGroup.contains("the group 'KafkaSource-t' has no committed offset"), noGroup);
        assertEquals(5, run(table("n BIGINT", "topic", "grouped", "format", "json", "properties.auto.offset.reset", "earliest") + "SELECT n FROM t;")
                .size());
    }

    @Test
    void when_specificOffsetsLeavePartitionsOut_then_theGroupsOffsetsCountAndElseTheBeginning() throws Exception {
        fill("left-out");
        broker.setPartitions("left-out", 3);
        broker.send("left-out", 2, "{\"n\": 20}", "{\"n\": 21}");
        broker.commit("left-out-group", "left-out", 2, 1);
        List<String> rows = run(table("n BIGINT", "topic", "left-out", "format", "json", "scan.startup.mode", "specific-offsets",
                "scan.startup.specific-offsets", "partition:0,offset:2", "properties.group.id", "left-out-group") + "SELECT n FROM t;");
        assertEquals(List.of("+I[10]", "+I[11]", "+I[21]", "+I[2]"), sorted(rows));
    }

    @Test
    void when_keyHasAFormat_then_itsColumnsComeFromIt() throws Exception {
        broker.createTopic("keyed", 1);
        broker.send(List.of(new ProducerRecord<>("keyed", 0, null, "{\"id\": 7}", "{\"id\": 8, \"v\": \"x\"}"),
                new ProducerRecord<>("keyed", 0, null, null, "{\"id\": 9, \"v\": \"without key\"}"),
                new ProducerRecord<>("keyed", "{\"id\": 7}", null)));
        String[] common = {"topic", "keyed", "scan.startup.mode", "earliest-offset", "key.format", "json", "value.format", "json"};
        List<String> except = new ArrayList<>(List.of(common));
        except.addAll(List.of("key.fields", "k_id", "key.fields-prefix", "k_", "value.fields-include", "EXCEPT_KEY"));
        assertEquals(List.of("+I[x, 7, 8]"), run(table("v STRING, k_id INT, id INT", except.toArray(String[]::new)) + "SELECT * FROM t;"));
        List<String> all = new ArrayList<>(List.of(common));
        all.addAll(List.of("key.fields", "id"));
        assertEquals(List.of("+I[8, x]"), run(table("id INT, v STRING", all.toArray(String[]::new)) + "SELECT * FROM t;"));
    }

    @Test
    void when_columnsAreMetadata_then_theyHoldWhatTheRecordHas() throws Exception {
        broker.createTopic("meta", 1);
        ProducerRecord<String, String> record = new ProducerRecord<>("meta", 0, 5000L, null, "a");
        record.headers().add(new RecordHeader("h", "header".getBytes(StandardCharsets.UTF_8)));
        broker.send(List.of(record));
        List<String> rows = run(table("v STRING, `topic` STRING METADATA VIRTUAL, p BIGINT METADATA FROM 'partition' VIRTUAL, "
                + "`offset` BIGINT METADATA VIRTUAL, ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', kind STRING METADATA FROM 'timestamp-type' VIRTUAL, "
                + "e INT METADATA FROM 'leader-epoch' VIRTUAL, h MAP<STRING, BYTES> METADATA FROM 'headers'",
                "topic", "meta", "format", "raw", "scan.startup.mode", "earliest-offset")
                + "SET 'table.local-time-zone' = 'UTC';\n"
                + "SELECT v, `topic`, p, `offset`, ts, kind, e, CAST(h['h'] AS STRING) FROM t;");
        assertEquals(List.of("+I[a, meta, 0, 0, 1970-01-01 00:00:05.000, CreateTime, 0, header]"), rows);
    }

    @Test
    void when_topicsMatchAPattern_then_allAreRead() throws Exception {
        fill("pattern-a");
        fill("pattern-b");
        fill("other-pattern-a");
        List<String> rows = run(table("n BIGINT", "topic-pattern", "pattern-[ab]", "format", "json", "scan.startup.mode", "earliest-offset")
                + "SELECT n FROM t;");
        assertEquals(10, rows.size());
        rows = run(table("n BIGINT", "topic", "pattern-a;other-pattern-a", "format", "json", "scan.startup.mode", "earliest-offset")
                + "SELECT n FROM t;");
        assertEquals(10, rows.size());
    }

    @Test
    void when_partitionsAppear_then_theyAreReadFromTheirBeginning() throws Exception {
        broker.createTopic("growing", 1);
        String script = table("n STRING", "topic", "growing", "format", "raw", "scan.startup.mode", "latest-offset",
                "scan.topic-partition-discovery.interval", "100 ms").replace("'scan.bounded.mode' = 'latest-offset',", "") + "SELECT n FROM t;";
        try (SqlJob job = new SqlJob(script, folder).start()) {
            for (int i = 0; job.rows.isEmpty(); i++) {
                broker.send("growing", 0, "old");
            }
            broker.setPartitions("growing", 3);
            broker.send("growing", 2, "new");
            job.await(() -> job.rows.contains("+I[new]"));
        }
    }

    @Test
    void when_partitionsHaveWatermarks_then_theLowestCounts() throws Exception {
        broker.createTopic("marks", 2);
        broker.send("marks", 0, "{\"ts\": \"2024-01-01 00:00:01\"}", "{\"ts\": \"2024-01-01 00:01:00\"}");
        broker.send("marks", 1, "{\"ts\": \"2024-01-01 00:00:02\"}");
        String script = table("ts TIMESTAMP(3), WATERMARK FOR ts AS ts", "topic", "marks", "format", "json", "scan.startup.mode", "earliest-offset")
                .replace("'scan.bounded.mode' = 'latest-offset',", "")
                + "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end;";
        try (SqlJob job = new SqlJob(script, folder).start()) {
            job.await(() -> job.task().metrics().recordsIn() == 3);
            assertEquals(List.of(), job.rows);
            broker.send("marks", 1, "{\"ts\": \"2024-01-01 00:00:30\"}");
            job.awaitRows(1);
            assertEquals(List.of("+I[2024-01-01 00:00:00.000, 2]"), job.rows);
        }
    }

    /** By the table's own option, and by the job's for all sources. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void when_aPartitionIsSilent_then_itHoldsBackWindowsOnlyForSoLong(boolean own) throws Exception {
        String topic = SharedBroker.topic(3);
        broker.send(topic, 0, "{\"ts\": \"2024-01-01 00:00:01\"}", "{\"ts\": \"2024-01-01 00:01:00\"}");
        broker.send(topic, 1, "{\"ts\": \"2024-01-01 00:00:02\"}", "{\"ts\": \"2024-01-01 00:00:30\"}");
        String script = (own ? "" : "SET 'table.exec.source.idle-timeout' = '3 s';\n")
                + table("ts TIMESTAMP(3), WATERMARK FOR ts AS ts", "topic", topic, "format", "json", "scan.startup.mode", "earliest-offset",
                        own ? "scan.watermark.idle-timeout" : "scan.buffer-size", own ? "3 s" : "8 mb")
                .replace("'scan.bounded.mode' = 'latest-offset',", "")
                + "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end;";
        try (SqlJob job = new SqlJob(script, folder).start()) {
            // Nothing has come in the third partition: the lower of the two others counts.
            job.awaitRows(1);
            assertEquals("+I[2024-01-01 00:00:00.000, 2]", job.rows.get(0));
            // The second falls silent, too: the first goes on alone.
            broker.send(topic, 0, "{\"ts\": \"2024-01-01 00:01:10\"}");
            job.awaitRows(3);
            assertEquals(List.of("+I[2024-01-01 00:00:30.000, 1]", "+I[2024-01-01 00:01:00.000, 1]"), job.rows.subList(1, 3));
            // A partition that speaks again counts again; what is too late by then is dropped.
            broker.send(topic, 2, "{\"ts\": \"2024-01-01 00:00:03\"}", "{\"ts\": \"2024-01-01 00:01:15\"}");
            job.await(() -> job.task().metrics().recordsIn() == 7);
            // The first must not fall silent before the third does: what is lower would count if all did at once.
            while (job.rows.size() < 4) {
                broker.send(topic, 0, "{\"ts\": \"2024-01-01 00:02:00\"}");
            }
            assertEquals("+I[2024-01-01 00:01:10.000, 2]", job.rows.get(3));
        }
    }

    @Test
    void when_aTopicIsDeleted_then_thatIsSaidOnceAndTheOthersAreReadOn() throws Exception {
        broker.createTopic("deleted-1", 1);
        broker.createTopic("deleted-2", 1);
        String script = table("n STRING", "topic-pattern", "deleted-.", "format", "raw", "scan.startup.mode", "earliest-offset",
                "scan.topic-partition-discovery.interval", "50 ms").replace("'scan.bounded.mode' = 'latest-offset',", "") + "SELECT n FROM t;";
        broker.send("deleted-1", 0, "a");
        broker.send("deleted-2", 0, "b");
        try (LogLines log = new LogLines(Discovery.class); SqlJob job = new SqlJob(script, folder).start()) {
            job.awaitRows(2);
            broker.deleteTopic("deleted-1");
            job.await(() -> !log.lines().isEmpty());
            for (int i = 0; i < 10; i++) {
                broker.send("deleted-2", 0, "c");
                job.awaitRows(3 + i);
            }
            assertEquals(List.of("partitions [deleted-1-0] are no longer there; reading waits for them, and goes on with all others of topics deleted-."),
                    log.lines());
        }
    }

    @Test
    void when_jobIsSlow_then_memoryStaysBoundedAndNothingIsLost() throws Exception {
        broker.createTopic("much", 1);
        String text = "x".repeat(10_000);
        broker.send("much", 0, IntStream.range(0, 1000).mapToObj(i -> i + text).toArray(String[]::new));
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.servers(), "auto.offset.reset", "earliest", "fetch.max.bytes", 1 << 20);
        Options options = Options.of(Map.of("topic", "much", "scan.bounded.mode", "latest-offset"));
        HandOver handOver = new HandOver(1 << 20, () -> { });
        PartitionFetcher fetcher = new PartitionFetcher("f", new ReadPlan(options, StartupMode.EARLIEST_OFFSET, PartitionShare.ALL), properties, null, handOver);
        fetcher.start();
        long most = 0;
        int records = 0;
        for (Fetched fetched = null; !(fetched instanceof Fetched.EndOfTable); fetched = handOver.poll()) {
            most = Math.max(most, handOver.bytes());
            if (fetched instanceof Fetched.Records batch) {
                Thread.sleep(20);
                records += batch.records().size();
                handOver.release(batch);
            }
        }
        fetcher.close();
        assertEquals(1000, records);
        // one poll gives no more than a partition's fetch
        assertTrue(most <= 2 << 20, most + " bytes were waiting");
    }

    @Test
    void when_messagesAreMalformed_then_theErrorOptionIsFollowed() throws Exception {
        broker.createTopic("bad", 1);
        broker.createTopic("dead", 1);
        broker.send("bad", 0, "{\"n\": 1}", "{broken", "{\"n\": 3}");
        String[] options = {"topic", "bad", "format", "json", "scan.startup.mode", "earliest-offset"};
        String message = assertThrows(Exception.class, () -> run(table("n BIGINT", options) + "SELECT n FROM t;")).getMessage();
        assertTrue(message.startsWith("table 't', topic bad, partition 0, offset 1: "), message);
        List<String> letters = new ArrayList<>(List.of(options));
        letters.addAll(List.of("decode.on-error", "dead-letter", "decode.dead-letter-table", "letters"));
        assertEquals(List.of("+I[1]", "+I[3]"), run("CREATE TABLE letters (location STRING, record STRING) WITH ('connector' = 'kafka', 'topic' = 'dead', "
                + "'format' = 'json', 'properties.bootstrap.servers' = '" + broker.servers() + "');"
                + table("n BIGINT", letters.toArray(String[]::new)) + "SELECT n FROM t;"));
        assertEquals(List.of("{\"location\":\"topic bad, partition 0, offset 1\",\"record\":\"{broken\"}"), broker.values("dead"));
    }

    @Test
    void when_topicDoesNotExist_then_theMessageSaysSo() {
        String message = assertThrows(Exception.class, () -> run(table("n BIGINT", "topic", "nowhere", "format", "json", "scan.startup.mode",
                "earliest-offset") + "SELECT n FROM t;")).getMessage();
        assertEquals("table 't': can't read topic nowhere: topic 'nowhere' does not exist", message);
    }

    @Test
    void when_jobHasEnded_then_noThreadAndNoBeanIsLeft() throws Exception {
        fill("clean");
        run(table("n BIGINT", "topic", "clean", "format", "json", "scan.startup.mode", "earliest-offset") + "SELECT n FROM t;");
        ObjectName beans = new ObjectName("kafka.*:*");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline && !(threads().isEmpty() && ManagementFactory.getPlatformMBeanServer().queryNames(beans, null).isEmpty())) {
            Thread.sleep(20);
        }
        assertEquals(List.of(), threads());
        assertEquals(Set.of(), ManagementFactory.getPlatformMBeanServer().queryNames(beans, null));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.contains("creek")).toList();
    }
}
