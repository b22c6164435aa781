package creek.connector.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.option.OptionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading from a real broker, without a journal. */
class MqttSourceTest {
    @TempDir
    static Path folder;
    private static Broker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.shared();
    }

    private static TestSource source(Map<String, String> options, String... metadata) throws Exception {
        Map<String, String> all = new TreeMap<>(Map.of("url", broker.url(), "reconnect.delay", "50 ms"));
        all.putAll(options);
        return new TestSource(all, List.of(metadata), folder, false);
    }

    /** Returns when the subscription is known to be there, and forgets what came. */
    private static void await(TestSource source, Publisher publisher, String topic) throws Exception {
        source.greet(publisher, topic);
        source.records.clear();
        source.metadata.clear();
    }

    @ParameterizedTest
    @CsvSource({"5,0", "5,1", "5,2", "3.1.1,0", "3.1.1,1", "3.1.1,2"})
    void allMessagesComeOnceAndInOrder(String version, int qos) throws Exception {
        String topic = "order/" + version + "/" + qos;
        try (TestSource source = source(Map.of("topic", topic, "protocol.version", version, "qos", "" + qos), "qos", "topic").open();
                Publisher publisher = new Publisher(broker.url())) {
            await(source, publisher, topic);
            for (int i = 0; i < 300; i++) {
                publisher.publish(topic, "m" + i, qos);
            }
            source.readUntil(300);
            source.readRest(Duration.ofMillis(200));
            assertEquals(IntStream.range(0, 300).mapToObj(i -> "m" + i).toList(), source.records);
            assertEquals(qos, source.metadata.get(7).getInt(0));
            assertEquals(topic, source.metadata.get(7).getUtf8(1).toString());
        }
    }

    @Test
    void severalFiltersWithWildcards() throws Exception {
        try (TestSource source = source(Map.of("topic", "plant/+/temperature; alarms/#"), "topic").open();
                Publisher publisher = new Publisher(broker.url())) {
            await(source, publisher, "alarms/x");
            publisher.publish("plant/a/temperature", "1", 1);
            publisher.publish("plant/a/pressure", "2", 1);
            publisher.publish("alarms/fire/hall/3", "3", 1);
            publisher.publish("plant/b/c/temperature", "4", 1);
            publisher.publish("alarms", "5", 1);
            source.readUntil(3);
            source.readRest(Duration.ofMillis(200));
            assertEquals(List.of("1", "3", "5"), source.records);
        }
    }

    @Test
    void propertiesOfVersion5AreColumns() throws Exception {
        try (TestSource source = source(Map.of("topic", "props"), "content-type", "response-topic", "correlation-data", "message-expiry",
                "user-properties", "retained", "duplicate", "receive-time").open(); Publisher publisher = new Publisher(broker.url())) {
            await(source, publisher, "props");
            MqttMessage message = new MqttMessage("x".getBytes(StandardCharsets.UTF_8), 1, false, new MqttProperties());
            message.getProperties().setContentType("text/plain");
            message.getProperties().setResponseTopic("answers");
            message.getProperties().setCorrelationData(new byte[] {1, 2});
            message.getProperties().setMessageExpiryInterval(100_000L);
            message.getProperties().setUserProperties(List.of(new UserProperty("a", "1"), new UserProperty("b", "2")));
            publisher.publish("props", message);
            publisher.publish("props", "bare", 1);
            source.readUntil(2);
            Row row = source.metadata.get(0);
            assertEquals("text/plain", row.getUtf8(0).toString());
            assertEquals("answers", row.getUtf8(1).toString());
            assertEquals(2, row.getBytes(2)[1]);
            assertTrue(row.getLong(3) <= 100_000 && row.getLong(3) > 99_000);
            assertEquals(Map.of(Utf8.of("a"), Utf8.of("1"), Utf8.of("b"), Utf8.of("2")), row.getMap(4));
            assertFalse(row.getBoolean(5));
            assertFalse(row.getBoolean(6));
            assertTrue(Math.abs(row.getLong(7) - System.currentTimeMillis()) < 60_000);
            Row bare = source.metadata.get(1);
            assertTrue(bare.isNullAt(0) && bare.isNullAt(1) && bare.isNullAt(2));
            assertEquals(Map.of(), bare.getMap(4));
        }
    }

    @Test
    void retainedMessagesAreMarked() throws Exception {
        try (Publisher publisher = new Publisher(broker.url())) {
            publisher.publish("kept", "last", 1, true);
            try (TestSource source = source(Map.of("topic", "kept"), "retained").open()) {
                source.readUntil(1);
                assertTrue(source.metadata.get(0).getBoolean(0));
            }
            publisher.publish("kept", "", 1, true);
        }
    }

    @Test
    void sharedSubscriptionSplitsMessages() throws Exception {
        Map<String, String> options = Map.of("topic", "$share/team/shared/#");
        try (TestSource one = source(options).open(); TestSource other = source(options).open();
                Publisher publisher = new Publisher(broker.url())) {
            while (one.records.isEmpty() || other.records.isEmpty()) {
                publisher.publish("shared/x", "hello", 1);
                one.readRest(Duration.ofMillis(50));
                other.readRest(Duration.ofMillis(50));
            }
            List<String> numbers = IntStream.range(0, 200).mapToObj(i -> "m" + i).toList();
            for (String number : numbers) {
                publisher.publish("shared/x", number, 1);
            }
            List<String> came = List.of();
            for (long end = System.nanoTime() + Duration.ofSeconds(60).toNanos(); came.size() < 200 && System.nanoTime() < end;) {
                one.readRest(Duration.ofMillis(50));
                other.readRest(Duration.ofMillis(50));
                came = Stream.of(one, other).flatMap(each -> each.records.stream()).filter(text -> !text.equals("hello")).toList();
            }
            assertEquals(numbers.stream().sorted().toList(), came.stream().sorted().toList());
            assertTrue(one.records.stream().anyMatch(numbers::contains) && other.records.stream().anyMatch(numbers::contains));
        }
    }

    @ParameterizedTest
    @CsvSource({"5,ws", "3.1.1,ws", "5,wss", "3.1.1,wss"})
    void webSocket(String version, String scheme) throws Exception {
        Map<String, String> options = new TreeMap<>(Map.of("topic", "web", "protocol.version", version, "url",
                scheme + "://127.0.0.1:" + (scheme.equals("ws") ? broker.webSocketPort : broker.tlsWebSocketPort) + "/mqtt"));
        if (scheme.equals("wss")) {
            options.put("ssl.ca-file", broker.folder().resolve("stranger.pem").toString());
            try (TestSource source = source(options).open()) {
                IOException e = assertThrows(IOException.class, () -> source.readUntil(1));
                assertTrue(e.getMessage().contains("TLS: "), e.getMessage());
            }
            options.put("ssl.ca-file", broker.folder().resolve("broker.pem").toString());
        }
        try (TestSource source = source(options).open(); Publisher publisher = new Publisher(broker.url())) {
            await(source, publisher, "web");
            publisher.publish("web", "x".repeat(100_000), 1);
            source.readUntil(1);
            assertEquals(100_000, source.records.get(0).length());
        }
    }

    @ParameterizedTest
    @CsvSource({"5", "3.1.1"})
    void wrongPasswordFailsAtOnceAndIsNotShown(String version) throws Exception {
        try (TestSource source = source(Map.of("topic", "x", "protocol.version", version, "username", "anna", "password", "geheim")).open()) {
            IOException e = assertThrows(IOException.class, () -> source.readUntil(1));
            assertTrue(e.getMessage().matches("(?i).*broker tcp://127.0.0.1:\\d+: .*authori[sz]ed.*"), e.getMessage());
            assertFalse(e.getMessage().contains("geheim"));
        }
    }

    /** A password may be on its way from one place to the other. */
    @Test
    void wrongPasswordIsTriedAsOftenAsTheTableSays() throws Exception {
        long start = System.nanoTime();
        try (TestSource source = source(Map.of("topic", "x", "username", "anna", "password", "geheim", "connect.max-attempts", "3",
                "reconnect.delay", "100 ms")).open()) {
            IOException e = assertThrows(IOException.class, () -> source.readUntil(1));
            assertTrue(e.getMessage().matches("(?i).*authori[sz]ed.*"), e.getMessage());
        }
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(100 + 200).toNanos(), "three tries have two pauses between them");
    }

    @Test
    void rightPasswordFromAFile() throws Exception {
        java.nio.file.Files.writeString(folder.resolve("password"), "anna\n");
        try (TestSource source = source(Map.of("topic", "login", "username", "anna", "password.file", "password")).open();
                Publisher publisher = new Publisher(broker.url())) {
            await(source, publisher, "login");
        }
    }

    @Test
    void noBrokerFailsAfterAsManyAttemptsAsAllowed() throws Exception {
        try (TestSource source = source(Map.of("topic", "x", "url", "tcp://127.0.0.1:1", "connect.max-attempts", "3")).open()) {
            IOException e = assertThrows(IOException.class, () -> source.readUntil(1));
            assertEquals("broker tcp://127.0.0.1:1: Connection refused", e.getMessage());
        }
    }

    @Test
    void slowConsumerHoldsBackTheBroker() throws Exception {
        try (TestSource source = source(Map.of("topic", "slow", "qos", "1", "source.buffer-size", "64 kb", "receive-maximum", "20")).open();
                Publisher publisher = new Publisher(broker.url())) {
            await(source, publisher, "slow");
            String text = "x".repeat(10_000);
            for (int i = 0; i < 100; i++) {
                publisher.publish("slow", i + " " + text, 1);
            }
            // Two buffers of 32 kB, what is on the way to them, and no more.
            source.readOnce(Integer.MAX_VALUE);
            assertTrue(source.records.size() <= 5, source.records.size() + " were in memory");
            source.readUntil(100);
            assertEquals(IntStream.range(0, 100).mapToObj(i -> i + " " + text).toList(), source.records);
        }
    }

    /** Where the broker wants to know who comes. */
    @ParameterizedTest
    @CsvSource({"5", "3.1.1"})
    void clientCertificates(String version) throws Exception {
        Map<String, String> options = Map.of("topic", "mutual", "protocol.version", version, "url", "ssl://127.0.0.1:" + broker.mutualTlsPort,
                "ssl.ca-file", broker.folder().resolve("broker.pem").toString());
        for (Map<String, String> known : List.of(pem("device"), keyStore("device", "secret"))) {
            try (TestSource source = source(with(options, known)).open(); Publisher publisher = new Publisher(broker.url())) {
                await(source, publisher, "mutual");
            }
        }
        for (Map<String, String> unknown : List.of(pem("stranger"), keyStore("stranger", "secret"), Map.<String, String>of())) {
            try (TestSource source = source(with(options, unknown)).open()) {
                IOException e = assertThrows(IOException.class, () -> source.readUntil(1));
                assertTrue(e.getMessage().matches("broker ssl://127.0.0.1:\\d+: TLS: the broker does not accept .* certificate.*"), e.getMessage());
            }
        }
    }

    @Test
    void keyStoresThatCantBeReadAreNamed() {
        OptionException wrong = assertThrows(OptionException.class, () -> keyStoreOf("device", "geheim"));
        assertTrue(wrong.getMessage().contains("device.p12") && wrong.getMessage().contains("password") && !wrong.getMessage().contains("geheim"),
                wrong.getMessage());
        OptionException missing = assertThrows(OptionException.class, () -> keyStoreOf("nobody", "secret"));
        assertTrue(missing.getMessage().contains("nobody.p12"), missing.getMessage());
    }

    private static void keyStoreOf(String name, String password) throws Exception {
        source(with(Map.of("topic", "x", "url", "ssl://127.0.0.1:1"), keyStore(name, password)));
    }

    private static Map<String, String> pem(String name) {
        return Map.of("ssl.certificate-file", broker.folder().resolve(name + ".pem").toString(), "ssl.key-file",
                broker.folder().resolve(name + ".key").toString());
    }

    private static Map<String, String> keyStore(String name, String password) {
        return Map.of("ssl.keystore.location", broker.folder().resolve(name + ".p12").toString(), "ssl.keystore.password", password);
    }

    private static Map<String, String> with(Map<String, String> options, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(options);
        all.putAll(more);
        return all;
    }

    /** Mosquitto's lists say only what is delivered. */
    @ParameterizedTest
    @CsvSource({"5", "3.1.1"})
    @DisabledIfSystemProperty(named = "creek.mqtt.broker", matches = "mosquitto")
    void aTopicThatMayNotBeReadFailsAtOnce(String version) throws Exception {
        try (TestSource source = source(Map.of("topic", "allowed/#; forbidden/hall", "protocol.version", version)).open()) {
            IOException e = assertThrows(IOException.class, () -> source.readUntil(1));
            assertTrue(e.getMessage().matches("broker tcp://127.0.0.1:\\d+ refuses the subscription of 'forbidden/hall'.*"), e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"5", "3.1.1"})
    void tlsWithTheRightAndTheWrongCertificate(String version) throws Exception {
        Path certificates = broker.folder();
        Map<String, String> options = new TreeMap<>(Map.of("topic", "tls", "protocol.version", version, "url", "ssl://127.0.0.1:" + broker.tlsPort,
                "ssl.ca-file", certificates.resolve("broker.pem").toString()));
        try (TestSource source = source(options).open(); Publisher publisher = new Publisher(broker.url())) {
            await(source, publisher, "tls");
        }
        options.put("url", "ssl://localhost:" + broker.tlsPort);
        try (TestSource source = source(options).open()) {
            IOException e = assertThrows(IOException.class, () -> source.readUntil(1));
            assertTrue(e.getMessage().contains("TLS: No ") && e.getMessage().contains("localhost"), e.getMessage());
        }
        options.put("ssl.verify-hostname", "false");
        try (TestSource source = source(options).open(); Publisher publisher = new Publisher(broker.url())) {
            await(source, publisher, "tls");
        }
        options.put("ssl.ca-file", certificates.resolve("stranger.pem").toString());
        try (TestSource source = source(options).open()) {
            IOException e = assertThrows(IOException.class, () -> source.readUntil(1));
            assertTrue(e.getMessage().contains("TLS: "), e.getMessage());
        }
    }
}
