package creek.connector.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.PendingCommit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker is killed under load and started again, once, or as often as {@code creek.mqtt.kills} says, while tables of both versions are read by way of
 * a journal, and written. It is HiveMQ's, which keeps on disk what it has acknowledged, and sessions as they change; mosquitto writes them now and then.
 */
@DisabledIfSystemProperty(named = "creek.mqtt.broker", matches = "mosquitto")
class KilledBrokerTest {
    private static final int KILLS = Integer.getInteger("creek.mqtt.kills", 1);
    private static final int BETWEEN = 100;
    private static final int PARTS = 4;

    @TempDir
    Path folder;
    /** All parts wait for each other before a kill and after the new start. */
    private final CyclicBarrier together = new CyclicBarrier(PARTS + 1);
    private Broker broker;

    @Test
    void nothingIsLostAndWhatIsWrittenStaysInOrder() throws Exception {
        broker = Broker.shared();
        ExecutorService threads = Executors.newFixedThreadPool(PARTS);
        try {
            List<Callable<Void>> parts = List.of(() -> read("5", 1), () -> read("3.1.1", 2), () -> write("5", 1), () -> write("3.1.1", 2));
            List<Future<Void>> running = parts.stream().map(threads::submit).toList();
            for (int kill = 0; kill < KILLS; kill++) {
                await(running);
                broker.kill();
                Thread.sleep(100);
                broker.start();
                await(running);
            }
            for (Future<Void> part : running) {
                part.get(5, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** If a part fails, its reason is thrown. */
    private void await(List<Future<Void>> running) throws Exception {
        while (together.getNumberWaiting() < PARTS) {
            for (Future<Void> part : running) {
                if (part.isDone()) {
                    part.get();
                }
            }
            Thread.sleep(5);
        }
        together.await();
    }

    /** Reads on until enough has come, before each kill and after it. */
    private void through(TestSource source) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            source.readUntil(source.records.size() + BETWEEN);
            together.await();
            together.await();
        }
        source.readUntil(source.records.size() + BETWEEN);
    }

    private Map<String, String> options(String name, String version, int qos, String... more) {
        Map<String, String> options = new HashMap<>(Map.of("url", broker.url(), "topic", "killed/" + name + version, "qos", "" + qos, "protocol.version",
                version, "reconnect.delay", "50 ms", "reconnect.max-delay", "200 ms"));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    private static List<String> withoutGreetings(TestSource source) {
        return source.records.stream().filter(text -> !text.equals("hello")).toList();
    }

    /**
     * A broker that is not all there again may lose what a device sends it anew: about one in fifty of those messages then comes to no subscriber. So a
     * message that was sent more than once must have come if it has come to a bare Paho subscriber.
     */
    private Void read(String version, int qos) throws Exception {
        Map<String, String> options = options("read", version, qos, "source.delivery-guarantee", "at-least-once");
        String topic = options.get("topic");
        Map<String, Integer> sent = new HashMap<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (TestSource source = new TestSource(options, List.of(), folder.resolve("read" + version), true).open();
                Witness witness = new Witness(broker.url(), topic, qos)) {
            try (Publisher publisher = new Publisher(broker.url())) {
                while (source.records.isEmpty()) {
                    publisher.publish(topic, "hello", 1);
                    source.readRest(Duration.ofMillis(50));
                }
            }
            CompletableFuture<Void> device = CompletableFuture.runAsync(() -> publishUntil(stop, topic, qos, sent));
            through(source);
            stop.set(true);
            device.get(5, TimeUnit.MINUTES);
            try (Publisher publisher = new Publisher(broker.url())) {
                publisher.publish(topic, "end", qos);
            }
            source.readUntil("end");
            source.readRest(Duration.ofSeconds(1));
            Set<String> received = new HashSet<>(source.records);
            String last = "m" + (sent.size() - 1);
            List<String> lost = sent.keySet().stream().filter(text -> !received.contains(text) && !text.equals(last))
                    .filter(text -> sent.get(text) == 1 || witness.seen.contains(text)).toList();
            assertEquals(List.of(), lost, "by version " + version);
        } finally {
            stop.set(true);
        }
        return null;
    }

    /** Sends as a device does: again what it got no acknowledgement for. Takes down what it sent, and how often. */
    private void publishUntil(AtomicBoolean stop, String topic, int qos, Map<String, Integer> sent) {
        Publisher publisher = null;
        for (int number = 0; !stop.get();) {
            String text = "m" + number;
            try {
                publisher = publisher == null ? new Publisher(broker.url()) : publisher;
                sent.merge(text, 1, Integer::sum);
                publisher.publish(topic, text, qos);
                number++;
            } catch (MqttException e) {
                publisher = close(publisher);
            }
        }
        close(publisher);
    }

    private static Publisher close(Publisher publisher) {
        try {
            if (publisher != null) {
                publisher.close();
            }
        } catch (MqttException e) {
            // it is gone
        }
        return null;
    }

    private Void write(String version, int qos) throws Exception {
        Map<String, String> options = options("write", version, qos, "client-id", "reader of " + version);
        Map<String, String> written = options("write", version, qos, "sink.buffer-size", "16 kb");
        AtomicBoolean stop = new AtomicBoolean();
        List<String> sent = new ArrayList<>();
        try (TestSource source = new TestSource(options, List.of(), folder.resolve("write" + version), false).open();
                TestSink sink = new TestSink(written, folder.resolve("write" + version), false).open()) {
            while (source.records.isEmpty()) {
                sink.write("hello");
                source.readRest(Duration.ofMillis(50));
            }
            CompletableFuture<Void> job = CompletableFuture.runAsync(() -> writeUntil(stop, sink, sent));
            through(source);
            stop.set(true);
            job.get(5, TimeUnit.MINUTES);
            sink.writer.finish();
            source.readUntil(sent.get(sent.size() - 1));
            source.readRest(Duration.ofSeconds(1));
            List<String> received = withoutGreetings(source).stream().distinct().toList();
            assertTrue(sent.equals(received), () -> "by version " + version + " " + sent.size() + " were written and " + received.size()
                    + " came, or in another order");
        } finally {
            stop.set(true);
        }
        return null;
    }

    /** Writes as a job does, with a checkpoint now and then. */
    private static void writeUntil(AtomicBoolean stop, TestSink sink, List<String> sent) {
        try {
            while (!stop.get()) {
                sink.writer.flush();
                if (sink.writer.isReady()) {
                    String text = "m" + sent.size();
                    sink.write(text);
                    sent.add(text);
                }
                if (sent.size() % 500 == 0) {
                    PendingCommit commit = sink.writer.beginCommit(sent.size());
                    commit.prepare();
                    commit.commit();
                }
                LockSupport.parkNanos(2_000_000);
            }
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
