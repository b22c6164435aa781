package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users, passwords and certificates; messages have no secrets. */
@Timeout(300)
class KafkaSecurityTest {
    private static final String STORE_PASSWORD = "store-secret";

    @TempDir
    private static Path keys;
    private static KafkaBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        keystore("broker.p12", "127.0.0.1");
        keystore("other.p12", "127.0.0.1");
        Map<String, String> security = new HashMap<>();
        security.put("sasl.enabled.mechanisms", "PLAIN");
        security.put("listener.name.sasl_plaintext.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_alice=\"alice-secret\";");
        security.put("ssl.keystore.location", keys.resolve("broker.p12").toString());
        security.put("ssl.keystore.type", "PKCS12");
        security.put("ssl.keystore.password", STORE_PASSWORD);
        security.put("auto.create.topics.enable", "false");
        broker = new KafkaBroker(keys.resolve("broker"), security);
        broker.createTopic("t", 1);
        broker.send("t", 0, "a");
    }

    private static void keystore(String file, String name) throws Exception {
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "k",
                "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "SAN=ip:" + name, "-keystore", keys.resolve(file).toString(), "-storetype",
                "PKCS12", "-storepass", STORE_PASSWORD).redirectErrorStream(true).start();
        assertTrue(keytool.waitFor(180, TimeUnit.SECONDS));
        assertEquals(0, keytool.exitValue());
    }

    @AfterAll
    static void stop() throws Exception {
        if (broker != null) {
            broker.close();
        }
    }

    private List<String> read(String servers, Map<String, String> options) throws Exception {
        try (SqlJob job = new SqlJob(script(servers, options), folder)) {
            return job.run();
        }
    }

    private static String script(String servers, Map<String, String> options) {
        StringBuilder script = new StringBuilder("CREATE TABLE t (v STRING) WITH ('connector' = 'kafka', 'topic' = 't', 'format' = 'raw', "
                + "'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset', 'properties.bootstrap.servers' = '" + servers + "'");
        options.forEach((key, value) -> script.append(", 'properties.").append(key).append("' = '").append(value).append("'"));
        return script.append("); SELECT v FROM t;").toString();
    }

    private static Map<String, String> sasl(String password) {
        return Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"alice\" password=\"" + password + "\";");
    }

    private static Map<String, String> tls(String truststore) {
        return Map.of("security.protocol", "SSL", "ssl.truststore.location", keys.resolve(truststore).toString(), "ssl.truststore.type", "PKCS12",
                "ssl.truststore.password", STORE_PASSWORD);
    }

    @Test
    void when_passwordIsRight_then_tableIsRead() throws Exception {
        assertEquals(List.of("+I[a]"), read(broker.saslServers(), sasl("alice-secret")));
    }

    @Test
    void when_passwordIsWrong_then_theMessageSaysSoWithoutIt() {
        String message = assertThrows(Exception.class, () -> read(broker.saslServers(), sasl("wrong-secret"))).getMessage();
        assertTrue(message.startsWith("table 't': can't read topic t: broker " + broker.saslServers() + " refuses user or password"), message);
        assertFalse(message.contains("wrong-secret"), message);
    }

    @Test
    void when_certificateIsTrusted_then_tableIsRead() throws Exception {
        assertEquals(List.of("+I[a]"), read(broker.tlsServers(), tls("broker.p12")));
    }

    @Test
    void when_certificateIsNotTrusted_then_theMessageSaysSo() {
        String message = assertThrows(Exception.class, () -> read(broker.tlsServers(), tls("other.p12"))).getMessage();
        assertTrue(message.contains("has a TLS certificate that is not trusted"), message);
        assertFalse(message.contains(STORE_PASSWORD), message);
    }

    private String writing(String servers, String topic, int patienceMillis, Map<String, String> options) {
        StringBuilder script = new StringBuilder("CREATE TABLE o (v STRING) WITH ('connector' = 'kafka', 'topic' = '" + topic + "', 'format' = 'raw', "
                + "'properties.max.block.ms' = '" + patienceMillis + "', 'properties.bootstrap.servers' = '" + servers + "'");
        options.forEach((key, value) -> script.append(", 'properties.").append(key).append("' = '").append(value).append("'"));
        return assertThrows(Exception.class, () -> {
            try (SqlJob job = new SqlJob(script.append("); INSERT INTO o VALUES ('b');").toString(), folder)) {
                job.run();
            }
        }).getMessage();
    }

    @Test
    void when_aTableCanNotBeWritten_then_theMessageSaysWhy() {
        String password = writing(broker.saslServers(), "t", 120_000, sasl("wrong-secret"));
        assertTrue(password.startsWith("table 'o': can't write to topic 't': broker " + broker.saslServers() + " refuses user or password"), password);
        assertFalse(password.contains("wrong-secret"), password);
        String certificate = writing(broker.tlsServers(), "t", 120_000, tls("other.p12"));
        assertTrue(certificate.contains("can't write to topic 't': broker " + broker.tlsServers() + " has a TLS certificate that is not trusted"), certificate);
        String topic = writing(broker.saslServers(), "nowhere", 5000, sasl("alice-secret"));
        assertTrue(topic.contains("can't write to topic 'nowhere': no answer from broker") && topic.endsWith("is there such a topic?"), topic);
    }

    @Test
    void when_planIsShown_then_secretsAreNot() throws Exception {
        try (SqlJob job = new SqlJob(script(broker.saslServers(), sasl("alice-secret")), folder)) {
            String shown = job.compiled().plan() + job.compiled().source();
            assertFalse(shown.contains("alice-secret"), shown);
        }
    }
}
