package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * From one topic to another while jobs and brokers die: with exactly-once each record is there once. How often a job is killed says the system property
 * {@code creek.kafka.kills}.
 */
@ExtendWith(SharedBroker.class)
@Timeout(900)
class KafkaCrashTest {
    private static final int KILLS = Integer.getInteger("creek.kafka.kills", 3);
    private static final int AT_ONCE = 5000;

    private final KafkaBroker broker = SharedBroker.broker();
    @TempDir
    private Path folder;
    private String in;
    private String out;

    @BeforeEach
    void createTopics() throws Exception {
        in = SharedBroker.topic(2);
        out = SharedBroker.topic(2);
    }

    private String script(String guarantee) {
        String common = "'connector' = 'kafka', 'format' = 'json', 'properties.bootstrap.servers' = '" + broker.servers() + "'";
        return "SET 'execution.checkpointing.interval' = '200 ms';\n"
                + "SET 'execution.checkpointing.tolerable-failed-checkpoints' = '100';\n"
                + "CREATE TABLE i (n BIGINT) WITH (" + common + ", 'topic' = '" + in + "', 'scan.startup.mode' = 'earliest-offset');\n"
                + "CREATE TABLE o (n BIGINT) WITH (" + common + ", 'topic' = '" + out + "', 'sink.delivery-guarantee' = '" + guarantee
                + "', 'sink.transactional-id-prefix' = '" + out + "');\n"
                + "INSERT INTO o SELECT n FROM i;";
    }

    private void produce(int from) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer = broker.producer(Map.of("delivery.timeout.ms", "120000"))) {
            for (int n = from; n < from + AT_ONCE; n++) {
                sent.add(producer.send(new ProducerRecord<>(in, n % 2, null, "{\"n\": " + n + "}")));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("not all records came to the broker", e);
        }
    }

    private List<Long> written() {
        return broker.values(out).stream().map(value -> Long.valueOf(value.replaceAll("\\D", ""))).sorted().toList();
    }

    private void awaitWritten(long count, Executable alive) throws Throwable {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
        while (written().stream().distinct().count() < count) {
            alive.execute();
            assertTrue(System.nanoTime() < deadline, () -> written().stream().distinct().count() + " of " + count + " records are written");
            Thread.sleep(50);
        }
    }

    @Test
    void when_jobIsKilledAtRandomMoments_then_eachRecordIsThereOnce() throws Throwable {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path script = Files.writeString(folder.resolve("job.sql"), script("exactly-once"));
        Path log = folder.resolve("job.log");
        int produced = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process job = KafkaBroker.java(log, List.of("-Xmx128m"), JobProcess.class, script.toString(), folder.resolve("work").toString());
            produce(produced);
            produced += AT_ONCE;
            // some while it starts, most while it writes and commits
            if (!job.waitFor(1500 + random.nextInt(2500), TimeUnit.MILLISECONDS)) {
                job.destroyForcibly().waitFor();
            } else {
                throw new AssertionError("the job has failed: " + Files.readString(log));
            }
        }
        Process job = KafkaBroker.java(log, List.of("-Xmx128m"), JobProcess.class, script.toString(), folder.resolve("work").toString());
        try {
            awaitWritten(produced, () -> assertTrue(job.isAlive(), "the job has ended"));
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + Files.readString(log), e);
        } finally {
            job.destroyForcibly().waitFor();
        }
        assertEquals(LongStream.range(0, produced).boxed().toList(), written(), "seed " + seed);
    }

    @Test
    void when_brokerIsKilledAndComesBack_then_nothingIsLostAndWithTransactionsNothingIsTwice() throws Throwable {
        try (SqlJob job = new SqlJob(script("exactly-once"), folder).start()) {
            produce(0);
            awaitWritten(AT_ONCE, job::check);
            Thread producer = new Thread(() -> produce(AT_ONCE), "producer");
            producer.start();
            job.await(() -> job.task().metrics().recordsIn() > AT_ONCE + 100);
            broker.kill();
            broker.start();
            producer.join();
            awaitWritten(2 * AT_ONCE, job::check);
            assertEquals(LongStream.range(0, 2 * AT_ONCE).boxed().toList(), written());
        }
    }

    @Test
    void when_brokerIsKilledUnderAtLeastOnce_then_nothingIsLost() throws Throwable {
        try (SqlJob job = new SqlJob(script("at-least-once"), folder).start()) {
            Thread producer = new Thread(() -> produce(0), "producer");
            producer.start();
            job.await(() -> job.task().metrics().recordsIn() > 100);
            broker.kill();
            broker.start();
            producer.join();
            awaitWritten(AT_ONCE, job::check);
        }
    }

    @Test
    void when_positionIsNoLongerThere_then_theMessageSaysWhatHelps() throws Exception {
        produce(0);
        try (SqlJob job = new SqlJob(script("at-least-once"), folder).start()) {
            job.await(() -> job.task().metrics().recordsOut() == AT_ONCE);
            job.task().checkpoint().get();
        }
        IntStream.range(0, 2).forEach(this::produceAndDelete);
        try (SqlJob job = new SqlJob(script("at-least-once"), folder).start()) {
            String message = job.failure().getMessage();
            assertTrue(message.contains("offset 2500 of partition " + in + "-") && message.contains("'properties.auto.offset.reset'"), message);
        }
    }

    private void produceAndDelete(int partition) {
        broker.send(in, partition, "{\"n\": -1}", "{\"n\": -2}");
        try {
            broker.deleteRecords(in, partition, AT_ONCE / 2 + 1);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
