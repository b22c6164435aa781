package creek.connector.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector's bundle in a platform as it is shipped, by each way to a broker; what is no JSON goes to a topic of its own. */
class PlatformTest {
    private static final int MESSAGES = 50;

    @TempDir
    static Path folder;
    private static Broker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.shared();
    }

    /** Options of each way, by its name. */
    private static Map<String, String> ways() {
        String ca = "', 'ssl.ca-file' = '" + broker.folder().resolve("broker.pem");
        Map<String, String> ways = new TreeMap<>();
        ways.put("tcp3", "tcp://127.0.0.1:" + broker.port + "', 'protocol.version' = '3.1.1', 'source.delivery-guarantee' = 'at-least-once");
        ways.put("tcp5", "tcp://127.0.0.1:" + broker.port + "', 'source.delivery-guarantee' = 'at-least-once");
        ways.put("ssl5", "ssl://127.0.0.1:" + broker.tlsPort + ca);
        ways.put("ssl3", "ssl://127.0.0.1:" + broker.tlsPort + ca + "', 'protocol.version' = '3.1.1");
        ways.put("wss5", "wss://127.0.0.1:" + broker.tlsWebSocketPort + "/mqtt" + ca);
        ways.put("mutual5", "ssl://127.0.0.1:" + broker.mutualTlsPort + ca + "', 'ssl.certificate-file' = '" + broker.folder().resolve("device.pem")
                + "', 'ssl.key-file' = '" + broker.folder().resolve("device.key"));
        ways.put("ws5", "ws://127.0.0.1:" + broker.webSocketPort + "/mqtt");
        return ways;
    }

    private static String script(String name, String connection) {
        String table = "WITH ('connector' = 'mqtt', 'url' = '" + connection + "', 'topic' = '%s/" + name + "', 'format' = '%s'%s);\n";
        return "CREATE TABLE bad (record BYTES) "
                + table.formatted("bad", "raw", "")
                + "CREATE TABLE readings (n INT, t DOUBLE) " + table.formatted("in", "json",
                        ", 'decode.on-error' = 'dead-letter', 'decode.dead-letter-table' = 'bad'")
                + "CREATE TABLE hot (n INT, t DOUBLE) " + table.formatted("out", "json", "")
                + "INSERT INTO hot SELECT n, t FROM readings WHERE t > 15;\n";
    }

    @Test
    void jobsRunByEveryWayToTheBroker() throws Exception {
        Path deploy = Files.createDirectories(folder.resolve("data/deploy"));
        for (Map.Entry<String, String> way : ways().entrySet()) {
            Path script = Files.writeString(folder.resolve(way.getKey() + ".sql"), script(way.getKey(), way.getValue()));
            CreekProcess.run(folder.resolve("compiled.txt"), "compile", script.toString(), "-o", deploy.resolve(way.getKey() + ".jar").toString());
        }
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        try (CreekProcess platform = CreekProcess.start(folder.resolve("platform.txt"), "start", "--data", folder.resolve("data").toString());
                AutoCloseable subscription = subscribe((topic, message) -> received.add(topic + " " + text(message)), "out/#", "bad/#");
                Publisher device = new Publisher(broker.url())) {
            for (String name : ways().keySet()) {
                awaitJob(name, device, received, platform);
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < MESSAGES; i++) {
                    device.publish("in/" + name, "{\"n\":" + i + ",\"t\":" + (i % 2 == 0 ? 10 : 20) + "}", 1);
                    if (i % 2 == 1) {
                        expected.add("out/" + name + " {\"n\":" + i + ",\"t\":20.0}");
                    }
                }
                device.publish("in/" + name, "{no json", 1);
                expected.add("bad/" + name + " {no json");
                List<String> came = new ArrayList<>();
                for (int i = 0; i < expected.size(); i++) {
                    came.add(received.poll(120, TimeUnit.SECONDS));
                }
                expected.sort(null);
                came.sort(null);
                assertEquals(expected, came, platform.said());
            }
            assertEquals(0, platform.stop(), platform.said());
        }
    }

    /** Has what comes to topics given to a listener. */
    static AutoCloseable subscribe(IMqttMessageListener listener, String... filters) throws MqttException, IOException {
        MqttClient subscriber = new MqttClient(Broker.shared().url(), "subscriber", new MemoryPersistence());
        subscriber.connect();
        IMqttMessageListener[] listeners = new IMqttMessageListener[filters.length];
        Arrays.fill(listeners, listener);
        subscriber.subscribe(Stream.of(filters).map(filter -> new MqttSubscription(filter, 1)).toArray(MqttSubscription[]::new), listeners);
        return () -> {
            subscriber.disconnectForcibly(0, 100, true);
            subscriber.close(true);
        };
    }

    /** Publishes until the first message has come by way of the job, and waits for the last of them. */
    private static void awaitJob(String name, Publisher device, BlockingQueue<String> received, CreekProcess platform) throws Exception {
        for (int tries = 0; received.poll(200, TimeUnit.MILLISECONDS) == null; tries++) {
            assertTrue(tries < 900 && platform.isAlive(), () -> name + " does not run");
            device.publish("in/" + name, "{\"n\":-1,\"t\":99}", 1);
        }
        device.publish("in/" + name, "{\"n\":-2,\"t\":99}", 1);
        String came = "";
        while (!came.contains("-2")) {
            came = received.poll(120, TimeUnit.SECONDS);
            assertNotNull(came, () -> name + " does not run any more");
        }
    }

    static String text(MqttMessage message) {
        return new String(message.getPayload(), StandardCharsets.UTF_8);
    }
}
