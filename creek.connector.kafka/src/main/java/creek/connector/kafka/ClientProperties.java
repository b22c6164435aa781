package creek.connector.kafka;

import static creek.connector.kafka.KafkaOptions.BUFFER_SIZE;
import static creek.connector.kafka.KafkaOptions.PROPERTIES;

import creek.core.connector.SinkContext;
import creek.core.connector.SourceContext;
import creek.core.option.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What the client is configured with: what the table says, over what suits a job, under what must be so. */
final class ClientProperties {
    /** How many records one poll gives, unless the table says otherwise. */
    static final int MAX_POLL_RECORDS = 2000;
    /** Each client has a name of its own in the process, which its JMX bean needs; another version of this bundle counts from elsewhere. */
    private static final AtomicLong CLIENTS = new AtomicLong(1_000L * ThreadLocalRandom.current().nextInt(1, 1_000_000));

    private ClientProperties() {
    }

    static Map<String, Object> ofConsumer(SourceContext context) {
        Options options = context.options();
        long buffer = options.get(BUFFER_SIZE).bytes();
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int) Math.min(buffer, Integer.MAX_VALUE));
        // as much as the system finds right; the client's own 64 KB have the broker wait for the reader time and again
        properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "KafkaSource-" + context.table());
        addOwn(properties, options, context.table());
        if (context.hasCheckpoints()) {
            properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        } else {
            properties.putIfAbsent(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        }
        return properties;
    }

    static Map<String, Object> ofProducer(SinkContext context) {
        Map<String, Object> properties = new HashMap<>();
        // as long as brokers allow by default: a transaction must outlive a restart of the job
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 900_000);
        // what is known of the topic is not forgotten while no rows come: sending the next one would wait for the broker
        properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(3650).toMillis());
        addOwn(properties, context.options(), context.table());
        return properties;
    }

    private static void addOwn(Map<String, Object> properties, Options options, String table) {
        properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "creek-" + table.replaceAll("[^A-Za-z0-9._-]", "-"));
        properties.putAll(options.withPrefix(PROPERTIES).toMap());
    }

    /** The same with a client's name that no other one in the process has. */
    static Map<String, Object> forClient(Map<String, Object> properties) {
        Map<String, Object> own = new HashMap<>(properties);
        own.compute(CommonClientConfigs.CLIENT_ID_CONFIG, (key, name) -> name + "-" + CLIENTS.incrementAndGet());
        return own;
    }

    /** Those that every kind of client understands, for one that looks after transactions. */
    static Map<String, Object> forAdmin(Map<String, Object> properties) {
        Map<String, Object> own = forClient(properties);
        own.keySet().retainAll(org.apache.kafka.clients.admin.AdminClientConfig.configNames());
        return own;
    }
}
