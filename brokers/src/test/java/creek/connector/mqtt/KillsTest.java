package creek.connector.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Creek is killed while it reads by way of the journal and writes files with checkpoints: each message is in the files once. The long form, with
 * mosquitto, is the script {@code creek.connector.mqtt/kills}.
 */
class KillsTest {
    private static final int KILLS = Integer.getInteger("creek.mqtt.kills", 2);
    private static final long SEED = 7;

    @TempDir
    Path folder;
    private static Broker broker;
    private final Random random = new Random(SEED);

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.shared();
    }

    @ParameterizedTest
    @CsvSource({"5,1", "3.1.1,2"})
    void eachMessageIsWrittenOnce(String version, int qos) throws Exception {
        String topic = "kills/" + version + "/" + qos;
        Path script = Files.writeString(folder.resolve("job.sql"), """
                SET 'execution.checkpointing.interval' = '100 ms';
                SET 'execution.checkpointing.dir' = '%s';
                CREATE TABLE numbers (n STRING) WITH ('connector' = 'mqtt', 'url' = '%s', 'topic' = '%s', 'format' = 'raw', 'qos' = '%d',
                    'protocol.version' = '%s', 'client-id' = 'kills-%s', 'source.delivery-guarantee' = 'at-least-once',
                    'journal.segment-size' = '64 kb');
                CREATE TABLE files (n STRING) WITH ('connector' = 'filesystem', 'path' = 'out', 'format' = 'raw',
                    'sink.rolling-policy.file-size' = '2 kb', 'sink.rolling-policy.inactivity-interval' = '1 s',
                    'sink.rolling-policy.check-interval' = '500 ms');
                INSERT INTO files SELECT n FROM numbers;
                """.formatted(folder.resolve("state"), broker.url(), topic, qos, version, topic.replace('/', '-')));
        Path said = folder.resolve("said.txt");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        Thread device = new Thread(() -> publish(topic, qos, sent, stop), "device");
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                int before = lines(true);
                try (CreekProcess creek = CreekProcess.start(said, "run", script.toString())) {
                    if (kill == 0) {
                        // The session is there before the first message.
                        await(creek, () -> hello(topic, before));
                        device.start();
                    }
                    await(creek, () -> lines(true) > before + 50);
                    Thread.sleep(random.nextInt(1000));
                    creek.kill();
                }
            }
            stop.set(true);
            device.join();
            try (CreekProcess creek = CreekProcess.start(said, "run", script.toString())) {
                await(creek, () -> numbers().size() >= sent.get());
                assertEquals(0, creek.stop(), creek.said());
            }
            assertEquals(IntStream.range(0, sent.get()).boxed().toList(), numbers());
        } finally {
            stop.set(true);
            device.join();
        }
    }

    /** Publishes what is no number, to see whether it is written. */
    private boolean hello(String topic, int before) throws Exception {
        try (Publisher publisher = new Publisher(broker.url())) {
            publisher.publish(topic, "hello", 1);
        }
        return lines(true) > before;
    }

    private static void publish(String topic, int qos, AtomicInteger sent, AtomicBoolean stop) {
        try (Publisher publisher = new Publisher(broker.url())) {
            while (!stop.get()) {
                publisher.publish(topic, "" + sent.get(), qos);
                sent.incrementAndGet();
                Thread.sleep(1);
            }
        } catch (MqttException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Condition {
        boolean isMet() throws Exception;
    }

    private static void await(CreekProcess creek, Condition condition) throws Exception {
        for (int tries = 0; !condition.isMet(); tries++) {
            assertTrue(creek.isAlive() && tries < 1800, creek.said());
            Thread.sleep(100);
        }
    }

    private int lines(boolean hidden) throws IOException {
        return written(hidden).size();
    }

    /** What is in files that are final, sorted. */
    private List<Integer> numbers() throws IOException {
        return written(false).stream().filter(text -> !text.equals("hello")).map(Integer::valueOf).sorted().toList();
    }

    private List<String> written(boolean hidden) throws IOException {
        Path out = folder.resolve("out");
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.filter(file -> hidden || !file.getFileName().toString().startsWith(".")).toList()) {
                try {
                    all.append(Files.readString(file));
                } catch (java.nio.file.NoSuchFileException e) {
                    // has got its final name meanwhile
                }
            }
        }
        return Arrays.stream(all.toString().split("\n")).filter(line -> !line.isEmpty()).toList();
    }
}
