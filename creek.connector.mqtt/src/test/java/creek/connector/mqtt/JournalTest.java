package creek.connector.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.PositionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading by way of a journal. */
class JournalTest {
    @TempDir
    Path folder;
    private static Broker broker;
    private static int tests;
    /** Each test has its own. */
    private final String topic = "journal/" + tests++;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.shared();
    }

    private TestSource source(boolean checkpoints, String... options) throws Exception {
        Map<String, String> all = new TreeMap<>(Map.of("url", broker.url(), "topic", topic, "reconnect.delay", "50 ms", "reconnect.max-delay", "100 ms",
                "source.delivery-guarantee", "at-least-once"));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return new TestSource(all, List.of(), folder, checkpoints);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
    }

    private void publish(Publisher publisher, int from, int to, int qos) throws MqttException {
        for (String number : numbers(from, to)) {
            publisher.publish(topic, number, qos);
        }
    }

    private void subscribe(String... options) throws Exception {
        try (TestSource source = source(true, options).open(); Publisher publisher = new Publisher(broker.url())) {
            source.greet(publisher, topic);
            source.durable(source.position());
        }
    }

    private Path[] files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tables/t/journal"))) {
            return files.sorted().toArray(Path[]::new);
        }
    }

    @ParameterizedTest
    @CsvSource({"5,1", "5,2", "3.1.1,1", "3.1.1,2"})
    void whatIsBehindThePositionComesAgainAfterARestart(String version, int qos) throws Exception {
        String[] options = {"qos", "" + qos, "protocol.version", version};
        byte[] position;
        try (TestSource source = source(true, options).open(); Publisher publisher = new Publisher(broker.url())) {
            source.greet(publisher, topic);
            source.records.clear();
            publish(publisher, 0, 100, qos);
            while (source.records.size() < 40) {
                source.readOnce(40 - source.records.size());
            }
            position = source.position();
            source.readUntil(100);
        }
        try (Publisher publisher = new Publisher(broker.url())) {
            publish(publisher, 100, 120, qos);
        }
        try (TestSource source = source(true, options).restore(position).open()) {
            source.readUntil(80);
            source.readRest(Duration.ofMillis(200));
            assertEquals(numbers(40, 120), source.records);
        }
    }

    @Test
    void withoutCheckpointsAJobThatEndedInOrderGoesOnWhereItWas() throws Exception {
        subscribe();
        try (Publisher publisher = new Publisher(broker.url()); TestSource source = source(false).open()) {
            source.readUntil("ready");
            source.records.clear();
            publish(publisher, 0, 50, 1);
            source.readUntil(50);
        }
        try (Publisher publisher = new Publisher(broker.url()); TestSource source = source(false).open()) {
            publish(publisher, 50, 60, 1);
            source.readUntil(10);
            assertEquals(numbers(50, 60), source.records);
        }
    }

    @Test
    void tornTailIsCutAndDamageBeforeItIsRefused() throws Exception {
        subscribe();
        byte[] position;
        try (Publisher publisher = new Publisher(broker.url()); TestSource source = source(true).open()) {
            source.readUntil("ready");
            source.records.clear();
            position = source.position();
            // In several batches, each of which says that those before it are durable.
            for (int group = 0; group < 50; group += 5) {
                publish(publisher, group, group + 5, 1);
                source.readUntil(group + 5);
            }
        }
        Path file = files()[0];
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[] {40, 0, 0, 0, 1, 2, 3, 4, 1, 5}, StandardOpenOption.APPEND);
        try (TestSource source = source(true).restore(position).open()) {
            source.readUntil(50);
            assertEquals(numbers(0, 50), source.records);
        }
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 8;
        Files.write(file, damaged);
        try (TestSource source = source(true).restore(position)) {
            IOException e = assertThrows(IOException.class, source::open);
            assertTrue(e.getMessage().matches("file .*\\.log is damaged at byte \\d+; put back a copy .*"), e.getMessage());
        }
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        try (TestSource source = source(true).restore(position).open()) {
            source.readRest(Duration.ofMillis(200));
            assertEquals(numbers(0, source.records.size()), source.records);
            assertTrue(source.records.size() > 10 && source.records.size() < 50);
        }
    }

    @Test
    void aPositionThatTheJournalDoesNotHaveIsRefused() throws Exception {
        try (TestSource source = source(true).restore(new byte[] {0, 1, 0, 0, 0, 0, 0, 0})) {
            assertThrows(PositionException.class, source::open);
        }
    }

    @Test
    void fullJournalHoldsBackTheBrokerAndLosesNothing() throws Exception {
        String[] options = {"journal.segment-size", "64 kb", "journal.max-size", "192 kb", "source.buffer-size", "32 kb",
                "receive-maximum", "16"};
        subscribe(options);
        String text = "x".repeat(5000);
        try (Publisher publisher = new Publisher(broker.url()); TestSource source = source(true, options).open()) {
            source.readUntil("ready");
            source.records.clear();
            for (int i = 0; i < 100; i++) {
                publisher.publish(topic, i + text, 1);
            }
            long size = 0;
            for (Path file : files()) {
                size += Files.size(file);
            }
            assertTrue(size < 200_000, size + " bytes of files");
            while (source.records.size() < 100) {
                source.readRest(Duration.ofMillis(50));
                source.durable(source.position());
            }
            assertEquals(IntStream.range(0, 100).mapToObj(i -> i + text).toList(), source.records);
            assertTrue(files().length <= 3);
        }
    }

    @Test
    @Timeout(300)
    void fullJournalMayDropTheOldest() throws Exception {
        String[] options = {"journal.segment-size", "64 kb", "journal.max-size", "192 kb", "source.buffer-size", "32 kb",
                "journal.when-full", "drop-oldest"};
        subscribe(options);
        String text = "x".repeat(5000);
        try (Publisher publisher = new Publisher(broker.url()); TestSource source = source(true, options).open()) {
            for (int i = 0; i < 100; i++) {
                publisher.publish(topic, i + text, 1);
            }
            while (files()[0].endsWith("0000000000000000.log")) {
                Thread.sleep(10);
            }
            source.readUntil("99" + text);
            assertTrue(source.records.size() < 100, source.records.size() + " were kept");
            assertEquals("99" + text, source.records.get(source.records.size() - 1));
            // Greetings of the beginning may be among them.
            long all = source.records.size() + source.reader.dropped();
            assertTrue(all >= 100 && all < 120, all + " were kept or counted as dropped");
        }
    }

    @ParameterizedTest
    @CsvSource({"5,1", "5,2", "3.1.1,2"})
    void cutConnectionsLoseAndRepeatNothing(String version, int qos) throws Exception {
        try (Proxy proxy = new Proxy(broker.port)) {
            String[] options = {"qos", "" + qos, "protocol.version", version, "url", proxy.url(), "connect.timeout", "2 s"};
            subscribe(options);
            AtomicBoolean stop = new AtomicBoolean();
            AtomicReference<Exception> failure = new AtomicReference<>();
            Thread cutter = new Thread(() -> {
                try {
                    while (!stop.get()) {
                        Thread.sleep(500);
                        proxy.cut();
                    }
                } catch (IOException | InterruptedException e) {
                    failure.set(e);
                }
            }, "cutter");
            try (TestSource source = source(true, options).open(); Publisher publisher = new Publisher(broker.url())) {
                cutter.start();
                publish(publisher, 0, 1000, qos);
                stop.set(true);
                cutter.join();
                assertNull(failure.get());
                source.readUntil(1000);
                source.readRest(Duration.ofMillis(500));
                List<String> expected = numbers(0, 1000);
                Map<String, Integer> received = new TreeMap<>();
                source.records.stream().filter(text -> text.startsWith("m")).forEach(text -> received.merge(text, 1, Integer::sum));
                expected.forEach(text -> received.merge(text, -1, Integer::sum));
                received.values().removeIf(count -> count == 0);
                assertEquals(Map.of(), received);
            }
        }
    }
}
