package creek.connector.mqtt;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * How long a message takes from a device by way of the broker, a job of SQL and the broker again, beside how long it takes from a device by way of
 * the broker alone: in turns, at a thousand messages a second of quality 1. Prints milliseconds. Not a test; {@code bench/mqtt/run latency} runs it.
 */
public final class MqttLatencyBench {
    private static final long NANOS_BETWEEN = 1_000_000;
    /** What comes first is not counted, as code is compiled meanwhile. */
    private static final int WARM_UP = 4000;

    private final String url;
    private final int messages;

    private MqttLatencyBench(String url, int messages) {
        this.url = url;
        this.messages = messages;
    }

    /** @param arguments how many messages a round, how many rounds, and the broker's URL */
    public static void main(String[] arguments) throws Exception {
        MqttLatencyBench bench = new MqttLatencyBench(arguments[2], Integer.parseInt(arguments[0]));
        int rounds = Integer.parseInt(arguments[1]);
        double[] differences = new double[rounds];
        String script = "CREATE TABLE readings (id BIGINT, temperature DOUBLE) WITH ('connector' = 'mqtt', 'format' = 'json', 'url' = '" + bench.url
                + "', 'topic' = 'latency/in');\n"
                + "CREATE TABLE hot (id BIGINT, temperature DOUBLE) WITH ('connector' = 'mqtt', 'format' = 'json', 'url' = '" + bench.url
                + "', 'topic' = 'latency/out');\n"
                + "INSERT INTO hot SELECT id, temperature FROM readings WHERE temperature > 15;";
        try (SqlJob job = new SqlJob(script, Files.createTempDirectory("creek-bench"))) {
            Thread.sleep(2000);
            bench.round("latency/out", WARM_UP);
            double[] allBare = {};
            double[] allCreek = {};
            for (int round = 0; round < rounds; round++) {
                double[] bare = bench.round("latency/in", 500);
                double[] creek = bench.round("latency/out", 500);
                allBare = join(allBare, bare);
                allCreek = join(allCreek, creek);
                differences[round] = at(creek, 0.99) - at(bare, 0.99);
                System.out.printf("broker alone: median %.2f, p99 %.2f, most %.2f ms; with Creek: median %.2f, p99 %.2f, most %.2f ms%n", at(bare, 0.5),
                        at(bare, 0.99), at(bare, 1), at(creek, 0.5), at(creek, 0.99), at(creek, 1));
            }
            job.recordsIn();
            System.out.printf("all %d messages of each: broker alone: median %.2f, p99 %.2f ms; with Creek: median %.2f, p99 %.2f ms; difference %.2f and %.2f ms%n",
                    allBare.length, at(allBare, 0.5), at(allBare, 0.99), at(allCreek, 0.5), at(allCreek, 0.99), at(allCreek, 0.5) - at(allBare, 0.5),
                    at(allCreek, 0.99) - at(allBare, 0.99));
        }
        Arrays.sort(differences);
        System.out.printf("p99 above the broker's own, median of %d rounds: %.2f ms%n", rounds, differences[rounds / 2]);
    }

    private static double[] join(double[] one, double[] other) {
        double[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        Arrays.sort(both);
        return both;
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }

    private MqttAsyncClient client() throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(url, "latency-" + System.nanoTime(), new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(1000);
        options.setSocketFactory(new creek.connector.mqtt.client.PromptSockets());
        client.connect(options).waitForCompletion();
        return client;
    }

    /** Sends messages and waits for all of them to come on that topic; sorted times, without those at the beginning. */
    private double[] round(String topic, int warmUp) throws Exception {
        int count = warmUp + messages;
        long[] sent = new long[count];
        double[] times = new double[count];
        AtomicInteger received = new AtomicInteger();
        MqttAsyncClient subscriber = client();
        subscriber.subscribe(topic, 1, (name, message) -> {
            long now = System.nanoTime();
            String text = new String(message.getPayload(), StandardCharsets.US_ASCII);
            int id = Integer.parseInt(text.substring(text.indexOf(':') + 1, text.indexOf(',')).strip());
            times[id] = (now - sent[id]) / 1e6;
            received.incrementAndGet();
        }).waitForCompletion();
        MqttAsyncClient device = client();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            for (long left = start + i * NANOS_BETWEEN - System.nanoTime(); left > 0; left = start + i * NANOS_BETWEEN - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            byte[] payload = ("{\"id\":" + i + ",\"temperature\":21.5}").getBytes(StandardCharsets.US_ASCII);
            sent[i] = System.nanoTime();
            device.publish("latency/in", payload, 1, false);
        }
        while (received.get() < count) {
            Thread.sleep(5);
        }
        device.disconnect().waitForCompletion();
        device.close();
        subscriber.disconnect().waitForCompletion();
        subscriber.close();
        double[] counted = Arrays.copyOfRange(times, warmUp, count);
        Arrays.sort(counted);
        return counted;
    }
}
