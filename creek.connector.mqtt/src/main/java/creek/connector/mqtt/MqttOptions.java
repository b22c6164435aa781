package creek.connector.mqtt;

import creek.core.option.ConfigOption;
import creek.core.option.MemorySize;
import java.time.Duration;
import java.util.List;

/** The options of a table. */
final class MqttOptions {
    /** How sure a source is to hand out every message. */
    enum Delivery { AT_MOST_ONCE, AT_LEAST_ONCE }

    /** What is done when a limit on disk is reached. */
    enum WhenFull { WAIT, DROP_OLDEST }

    static final ConfigOption<String> URL = ConfigOption.required("url", String.class,
            "the broker: tcp://host:1883, ssl://host:8883, ws://host:80/mqtt or wss://...; several, separated by ';', are tried in turn");
    static final ConfigOption<String> TOPIC = ConfigOption.optional("topic", String.class,
            "to read: topic filters, separated by ';'; to write: a topic, which may have columns as ${column}");
    static final ConfigOption<String> PROTOCOL = ConfigOption.withDefault("protocol.version", String.class, "5",
            "the version of MQTT: 5 or 3.1.1");
    static final ConfigOption<Integer> QOS = ConfigOption.withDefault("qos", Integer.class, 1, "quality of service: 0, 1 or 2");
    static final ConfigOption<String> CLIENT_ID = ConfigOption.optional("client-id", String.class,
            "the client's name at the broker, unique there; made up without it");
    static final ConfigOption<String> USERNAME = ConfigOption.optional("username", String.class, "the user to log in as");
    static final ConfigOption<String> PASSWORD =
            ConfigOption.optional("password", String.class, "the user's password").asSecret();
    static final ConfigOption<String> PASSWORD_ENV = ConfigOption.optional("password.env", String.class,
            "the environment variable that has the password");
    static final ConfigOption<String> PASSWORD_FILE = ConfigOption.optional("password.file", String.class,
            "the file whose first line is the password");
    static final ConfigOption<Duration> KEEP_ALIVE = ConfigOption.withDefault("keep-alive", Duration.class, Duration.ofSeconds(60),
            "after how long without traffic client and broker ask whether the other is there");
    static final ConfigOption<Duration> CONNECT_TIMEOUT = ConfigOption.withDefault("connect.timeout", Duration.class,
            Duration.ofSeconds(30), "how long to wait for the broker's answers");
    static final ConfigOption<Integer> CONNECT_ATTEMPTS = ConfigOption.optional("connect.max-attempts", Integer.class,
            "after how many failed attempts in a row the job fails; without it only a refusal, such as of a password, fails it, at once");
    static final ConfigOption<Duration> RECONNECT_DELAY = ConfigOption.withDefault("reconnect.delay", Duration.class,
            Duration.ofSeconds(1), "how long to wait before the first try to connect again; doubles from try to try");
    static final ConfigOption<Duration> RECONNECT_MAX_DELAY = ConfigOption.withDefault("reconnect.max-delay", Duration.class,
            Duration.ofMinutes(1), "the longest wait between two tries to connect");

    static final ConfigOption<String> CA_FILE = ConfigOption.optional("ssl.ca-file", String.class,
            "PEM file of the certificates that the broker's is trusted by; the Java installation's without it");
    static final ConfigOption<String> CERTIFICATE_FILE = ConfigOption.optional("ssl.certificate-file", String.class,
            "PEM file of the client's certificate and those above it");
    static final ConfigOption<String> KEY_FILE = ConfigOption.optional("ssl.key-file", String.class,
            "PEM file of the client's private key, PKCS #8 and not encrypted");
    static final ConfigOption<String> KEYSTORE = ConfigOption.optional("ssl.keystore.location", String.class,
            "PKCS #12 or JKS file of the client's certificate and key, instead of PEM files");
    static final ConfigOption<String> KEYSTORE_PASSWORD = ConfigOption.optional("ssl.keystore.password", String.class,
            "the key store's password").asSecret();
    static final ConfigOption<String> TRUSTSTORE = ConfigOption.optional("ssl.truststore.location", String.class,
            "PKCS #12 or JKS file of trusted certificates, instead of ssl.ca-file");
    static final ConfigOption<String> TRUSTSTORE_PASSWORD = ConfigOption.optional("ssl.truststore.password", String.class,
            "the trust store's password").asSecret();
    static final ConfigOption<Boolean> VERIFY_HOSTNAME = ConfigOption.withDefault("ssl.verify-hostname", Boolean.class, true,
            "whether the broker's certificate must be for the host of the URL");

    static final ConfigOption<Delivery> DELIVERY = ConfigOption.withDefault("source.delivery-guarantee", Delivery.class,
            Delivery.AT_MOST_ONCE, "at-most-once acknowledges messages as they come, at-least-once when they are in a journal on disk");
    static final ConfigOption<Boolean> CLEAN_START = ConfigOption.optional("clean-start", Boolean.class,
            "to read: whether the broker forgets a former session of this client; false with a journal or a client-id of one's own, else true");
    static final ConfigOption<Duration> SESSION_EXPIRY = ConfigOption.optional("session-expiry", Duration.class,
            "how long the broker keeps the session of a client that is away; 10 min if the session is a clean one, else 7 d; MQTT 5; to read only");
    static final ConfigOption<Integer> RECEIVE_MAXIMUM = ConfigOption.withDefault("receive-maximum", Integer.class, 1024,
            "how many messages the broker may send ahead of acknowledgements (MQTT 5); redelivered ones are recognised among as many at least");
    static final ConfigOption<MemorySize> BUFFER_SIZE = ConfigOption.withDefault("source.buffer-size", MemorySize.class,
            buffer(), "how many bytes of messages wait in memory; a 64th of the heap, but from 256 kb to 4 mb");
    static final ConfigOption<MemorySize> JOURNAL_MAX_SIZE = ConfigOption.withDefault("journal.max-size", MemorySize.class,
            new MemorySize(256 << 20), "how large the journal may be");
    static final ConfigOption<MemorySize> JOURNAL_SEGMENT_SIZE = ConfigOption.withDefault("journal.segment-size", MemorySize.class,
            new MemorySize(4 << 20), "the size of one of the journal's files, which are deleted as a whole");
    static final ConfigOption<Duration> JOURNAL_SYNC_INTERVAL = ConfigOption.withDefault("journal.sync-interval", Duration.class,
            Duration.ofMillis(5), "for how long messages are gathered before they are forced to disk together and acknowledged");
    static final ConfigOption<MemorySize> JOURNAL_SYNC_SIZE = ConfigOption.withDefault("journal.sync-size", MemorySize.class,
            new MemorySize(1 << 20), "how many bytes are forced to disk at once without waiting for the interval");
    static final ConfigOption<WhenFull> JOURNAL_WHEN_FULL = ConfigOption.withDefault("journal.when-full", WhenFull.class, WhenFull.WAIT,
            "wait acknowledges nothing until there is room, so that the broker holds back; drop-oldest forgets messages that were not read");

    static final ConfigOption<Boolean> RETAIN = ConfigOption.withDefault("sink.retain", Boolean.class, false,
            "whether the broker keeps the last message of each topic for those who subscribe later; with it, changes and deletions can be written");
    static final ConfigOption<Integer> IN_FLIGHT = ConfigOption.withDefault("sink.in-flight", Integer.class, 256,
            "how many messages may wait for the broker's acknowledgement at a time");
    static final ConfigOption<MemorySize> SINK_BUFFER = ConfigOption.withDefault("sink.buffer-size", MemorySize.class,
            buffer(), "how many bytes of messages that were not acknowledged are kept in memory; a 64th of the heap, but from 256 kb to 4 mb");
    static final ConfigOption<MemorySize> SPOOL_MAX_SIZE = ConfigOption.withDefault("sink.spool.max-size", MemorySize.class,
            new MemorySize(64 << 20), "how many bytes of messages are kept on disk while the broker is away or slow; 0 for none");
    static final ConfigOption<WhenFull> SPOOL_WHEN_FULL = ConfigOption.withDefault("sink.spool.when-full", WhenFull.class, WhenFull.WAIT,
            "wait holds up the job; drop-oldest forgets the messages that have waited longest");

    static final List<ConfigOption<?>> ALL = List.of(URL, TOPIC, PROTOCOL, QOS, CLIENT_ID, USERNAME, PASSWORD, PASSWORD_ENV, PASSWORD_FILE,
            KEEP_ALIVE, CONNECT_TIMEOUT, CONNECT_ATTEMPTS, RECONNECT_DELAY, RECONNECT_MAX_DELAY, CA_FILE, CERTIFICATE_FILE, KEY_FILE,
            KEYSTORE, KEYSTORE_PASSWORD, TRUSTSTORE, TRUSTSTORE_PASSWORD, VERIFY_HOSTNAME, DELIVERY, CLEAN_START, SESSION_EXPIRY,
            RECEIVE_MAXIMUM, BUFFER_SIZE, JOURNAL_MAX_SIZE, JOURNAL_SEGMENT_SIZE, JOURNAL_SYNC_INTERVAL, JOURNAL_SYNC_SIZE,
            JOURNAL_WHEN_FULL, RETAIN, IN_FLIGHT, SINK_BUFFER, SPOOL_MAX_SIZE, SPOOL_WHEN_FULL);

    private MqttOptions() {
    }

    /** Small processes are to have room for their state beside it. */
    private static MemorySize buffer() {
        return new MemorySize(Math.max(256 << 10, Math.min(4 << 20, Runtime.getRuntime().maxMemory() / 64)));
    }
}
