package creek.connector.mqtt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * MQTT, JSON, filter, blackhole beside a bare Paho subscriber that only counts: in turns, in one process, from one broker beside it, whose queue for a
 * kept session is filled before each turn and drained in it. Prints thousands of messages per second and ratios of medians. Not a test;
 * {@code bench/mqtt/run} runs it.
 */
public final class MqttBench {
    private static final int IN_FLIGHT = 1000;

    private MqttBench() {
    }

    /** @param arguments how many messages, how many rounds, and the broker's URL */
    public static void main(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        String url = arguments[2];
        double[][] rates = new double[3][rounds];
        for (int round = -1; round < rounds; round++) {
            double[] turn = {bare(url, messages), job(url, messages, "at-most-once"), job(url, messages, "at-least-once")};
            for (int i = 0; round >= 0 && i < turn.length; i++) {
                rates[i][round] = turn[i];
            }
            if (round >= 0) {
                System.out.printf("bare Paho %.1f  Creek %.1f  with journal %.1f thousand messages per second%n", turn[0], turn[1], turn[2]);
            }
        }
        for (double[] rate : rates) {
            Arrays.sort(rate);
        }
        double bare = rates[0][rounds / 2];
        System.out.printf("medians: bare Paho %.1f, Creek %.1f, ratio %.2f; with journal %.1f, ratio %.2f%n", bare, rates[1][rounds / 2],
                rates[1][rounds / 2] / bare, rates[2][rounds / 2], rates[2][rounds / 2] / bare);
    }

    private static MqttAsyncClient client(String url, String id, boolean clean, MqttCallback callback) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(url, id, new MemoryPersistence());
        client.setCallback(callback);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(clean);
        options.setSessionExpiryInterval(600L);
        options.setReceiveMaximum(IN_FLIGHT);
        client.connect(options).waitForCompletion();
        return client;
    }

    private static void close(MqttAsyncClient client) throws MqttException {
        client.disconnect().waitForCompletion();
        client.close();
    }

    /** Has the broker keep messages for a client. */
    private static void fill(String url, String id, String topic, int messages) throws Exception {
        MqttAsyncClient subscriber = client(url, id, true, null);
        subscriber.subscribe(new MqttSubscription[] {new MqttSubscription(topic, 1)}, null, null, new MqttProperties()).waitForCompletion();
        close(subscriber);
        try (TestSink sink = new TestSink(Map.of("url", url, "topic", topic), Files.createTempDirectory("creek-bench"), false)
                .open()) {
            for (int i = 0; i < messages; i++) {
                sink.write("{\"device\": \"device-" + i % 1000 + "\", \"temperature\": " + i * 7919L % 400 / 10.0 + ", \"humidity\": " + i % 100
                        + ", \"ts\": " + i + "}");
                while (!sink.writer.isReady()) {
                    Thread.sleep(1);
                }
            }
            sink.writer.finish();
        }
    }

    private static double bare(String url, int messages) throws Exception {
        String id = "bench-" + UUID.randomUUID();
        fill(url, id, id, messages);
        AtomicLong count = new AtomicLong();
        long start = System.nanoTime();
        MqttAsyncClient client = client(url, id, false, new Counter(count));
        double rate = await(start, messages, count::get);
        close(client);
        return rate;
    }

    private static double job(String url, int messages, String delivery) throws Exception {
        String id = "bench-" + UUID.randomUUID();
        fill(url, id, id, messages);
        String script = "CREATE TABLE readings (device STRING, temperature DOUBLE, humidity INT, ts BIGINT) WITH ('connector' = 'mqtt', 'format' = 'json', "
                + "'url' = '" + url + "', 'topic' = '" + id + "', 'client-id' = '" + id + "', 'receive-maximum' = '" + IN_FLIGHT
                + "', 'source.delivery-guarantee' = '" + delivery + "');\n"
                + "CREATE TABLE hot (device STRING, temperature DOUBLE) WITH ('connector' = 'blackhole');\n"
                + "INSERT INTO hot SELECT device, temperature FROM readings WHERE temperature > 35;";
        Path folder = Files.createTempDirectory("creek-bench");
        long start = System.nanoTime();
        try (SqlJob job = new SqlJob(script, folder)) {
            return await(start, messages, () -> {
                try {
                    return job.recordsIn();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private static double await(long start, int messages, LongSupplier count) throws InterruptedException {
        while (count.getAsLong() < messages) {
            Thread.sleep(1);
        }
        return messages * 1e6 / (System.nanoTime() - start);
    }

    /** What {@code bench/mqtt} measures against. */
    private record Counter(AtomicLong count) implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            count.incrementAndGet();
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            // the bench ends it
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            throw new IllegalStateException(exception);
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // nothing is sent
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // whoever connects waits for it
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // none are asked for
        }
    }
}
