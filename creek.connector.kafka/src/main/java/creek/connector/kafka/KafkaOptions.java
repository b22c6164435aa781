package creek.connector.kafka;

import creek.core.option.ConfigOption;
import creek.core.option.MemorySize;
import creek.core.option.Options;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The options of tables in topics, under Flink's names. */
final class KafkaOptions {
    enum StartupMode { EARLIEST_OFFSET, LATEST_OFFSET, GROUP_OFFSETS, TIMESTAMP, SPECIFIC_OFFSETS }

    enum BoundedMode { UNBOUNDED, LATEST_OFFSET, GROUP_OFFSETS, TIMESTAMP, SPECIFIC_OFFSETS }

    enum DeliveryGuarantee { NONE, AT_LEAST_ONCE, EXACTLY_ONCE }

    enum OnLostTransaction { FAIL, CONTINUE }

    enum NamingStrategy { DEFAULT, INCREMENTING, POOLING }

    /** What starts the keys of options that the client is given, without it. */
    static final String PROPERTIES = "properties.";

    static final ConfigOption<String> TOPIC = ConfigOption.optional("topic", String.class,
            "the topic, or several with ; between them");
    static final ConfigOption<String> TOPIC_PATTERN = ConfigOption.optional("topic-pattern", String.class,
            "a regular expression: topics whose whole names match are read");
    static final ConfigOption<String> BOOTSTRAP_SERVERS = ConfigOption.required(PROPERTIES + "bootstrap.servers", String.class,
            "brokers to begin with: host:port,host:port");
    static final ConfigOption<StartupMode> STARTUP_MODE = ConfigOption.withDefault("scan.startup.mode", StartupMode.class,
            StartupMode.GROUP_OFFSETS, "where reading begins");
    static final ConfigOption<String> STARTUP_OFFSETS = ConfigOption.optional("scan.startup.specific-offsets", String.class,
            "for specific-offsets: partition:0,offset:42;partition:1,offset:300");
    static final ConfigOption<Long> STARTUP_TIMESTAMP = ConfigOption.optional("scan.startup.timestamp-millis", Long.class,
            "for timestamp: milliseconds since 1970");
    static final ConfigOption<BoundedMode> BOUNDED_MODE = ConfigOption.withDefault("scan.bounded.mode", BoundedMode.class,
            BoundedMode.UNBOUNDED, "where reading ends");
    static final ConfigOption<String> BOUNDED_OFFSETS = ConfigOption.optional("scan.bounded.specific-offsets", String.class,
            "for specific-offsets: partition:0,offset:42;partition:1,offset:300");
    static final ConfigOption<Long> BOUNDED_TIMESTAMP = ConfigOption.optional("scan.bounded.timestamp-millis", Long.class,
            "for timestamp: milliseconds since 1970");
    static final ConfigOption<Duration> DISCOVERY_INTERVAL = ConfigOption.withDefault("scan.topic-partition-discovery.interval",
            Duration.class, Duration.ofMinutes(5), "how often to look for new partitions and topics; 0 for never");
    static final ConfigOption<MemorySize> BUFFER_SIZE = ConfigOption.withDefault("scan.buffer-size", MemorySize.class,
            new MemorySize(2 << 20), "how many bytes of records may wait for the job");
    static final ConfigOption<String> PARTITIONER = ConfigOption.withDefault("sink.partitioner", String.class, "default",
            "which partition a row goes to: default, fixed or round-robin");
    static final ConfigOption<DeliveryGuarantee> DELIVERY = ConfigOption.withDefault("sink.delivery-guarantee", DeliveryGuarantee.class,
            DeliveryGuarantee.AT_LEAST_ONCE, "none, at-least-once or exactly-once");
    static final ConfigOption<DeliveryGuarantee> SEMANTIC = ConfigOption.optional("sink.semantic", DeliveryGuarantee.class,
            "an older name of 'sink.delivery-guarantee'");
    static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX = ConfigOption.optional("sink.transactional-id-prefix", String.class,
            "for exactly-once: what the identifiers of this job's transactions start with");
    static final ConfigOption<OnLostTransaction> ON_LOST_TRANSACTION = ConfigOption.withDefault("sink.on-lost-transaction",
            OnLostTransaction.class, OnLostTransaction.FAIL, "for exactly-once, at a start after the broker gave up a transaction that the last "
                    + "checkpoint names: fail, or continue without its rows");
    static final ConfigOption<NamingStrategy> NAMING_STRATEGY = ConfigOption.withDefault("sink.transaction-naming-strategy",
            NamingStrategy.class, NamingStrategy.DEFAULT, "accepted; identifiers always come from a pool");
    static final ConfigOption<Integer> FLUSH_MAX_ROWS = ConfigOption.withDefault("sink.buffer-flush.max-rows", Integer.class, 0,
            "how many keys are held back, so that only the last row of each is written; 0 for none");
    static final ConfigOption<Duration> FLUSH_INTERVAL = ConfigOption.withDefault("sink.buffer-flush.interval", Duration.class,
            Duration.ZERO, "how long rows are held back; 0 for not at all");

    private static final List<ConfigOption<?>> SHARED = List.of(TOPIC, TOPIC_PATTERN, BOOTSTRAP_SERVERS, BOUNDED_MODE, BOUNDED_OFFSETS,
            BOUNDED_TIMESTAMP, DISCOVERY_INTERVAL, BUFFER_SIZE, PARTITIONER, DELIVERY, TRANSACTIONAL_ID_PREFIX, ON_LOST_TRANSACTION,
            NAMING_STRATEGY);

    static final List<ConfigOption<?>> OF_KAFKA =
            Stream.concat(SHARED.stream(), Stream.<ConfigOption<?>>of(STARTUP_MODE, STARTUP_OFFSETS, STARTUP_TIMESTAMP, SEMANTIC)).toList();
    static final List<ConfigOption<?>> OF_UPSERT_KAFKA =
            Stream.concat(SHARED.stream(), Stream.<ConfigOption<?>>of(FLUSH_MAX_ROWS, FLUSH_INTERVAL)).toList();

    private KafkaOptions() {
    }

    /** The topics that are named; none where there is a pattern. */
    static List<String> topics(Options options) {
        return options.find(TOPIC).map(text -> List.of(text.split(";"))).orElse(List.of());
    }
}
