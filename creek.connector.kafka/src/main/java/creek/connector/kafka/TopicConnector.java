package creek.connector.kafka;

import static creek.connector.kafka.KafkaOptions.BOUNDED_MODE;
import static creek.connector.kafka.KafkaOptions.BOUNDED_OFFSETS;
import static creek.connector.kafka.KafkaOptions.BOUNDED_TIMESTAMP;
import static creek.connector.kafka.KafkaOptions.DELIVERY;
import static creek.connector.kafka.KafkaOptions.PARTITIONER;
import static creek.connector.kafka.KafkaOptions.PROPERTIES;
import static creek.connector.kafka.KafkaOptions.STARTUP_MODE;
import static creek.connector.kafka.KafkaOptions.STARTUP_OFFSETS;
import static creek.connector.kafka.KafkaOptions.STARTUP_TIMESTAMP;
import static creek.connector.kafka.KafkaOptions.TOPIC;
import static creek.connector.kafka.KafkaOptions.TOPIC_PATTERN;
import static creek.connector.kafka.KafkaOptions.TRANSACTIONAL_ID_PREFIX;

import creek.connector.kafka.KafkaOptions.BoundedMode;
import creek.connector.kafka.KafkaOptions.DeliveryGuarantee;
import creek.connector.kafka.KafkaOptions.StartupMode;
import creek.core.connector.Connector;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;

/** What both kinds of tables in topics have in common. */
abstract class TopicConnector implements Connector {
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|jaas|token|credential|\\.key$|assertion).*");

    private static final Set<String> PARTITIONERS = Set.of("default", "fixed", "round-robin");

    @Override
    public final boolean isSource() {
        return true;
    }

    @Override
    public final boolean isSink() {
        return true;
    }

    @Override
    public final boolean usesFormat() {
        return true;
    }

    @Override
    public final boolean carriesMessages() {
        return true;
    }

    @Override
    public final boolean acceptsOption(String key) {
        return key.startsWith(PROPERTIES);
    }

    @Override
    public final boolean isSecretOption(String key) {
        return key.startsWith(PROPERTIES) && isSecret(key);
    }

    /** Whether a property of the client is nobody's business. */
    static boolean isSecret(String property) {
        return SECRET.matcher(property).matches();
    }

    @Override
    public final Map<String, DataType> metadata() {
        return RecordMetadataColumn.TYPES;
    }

    @Override
    public final Set<String> writableMetadata() {
        return Set.of(RecordMetadataColumn.HEADERS.key(), RecordMetadataColumn.TIMESTAMP.key(), RecordMetadataColumn.TOPIC.key());
    }

    @Override
    public final boolean isBounded(Options options) {
        return options.get(BOUNDED_MODE) != BoundedMode.UNBOUNDED;
    }

    /** By partitions. */
    @Override
    public final boolean isSplittable(Options options) {
        return true;
    }

    @Override
    public void validate(Options options, Schema schema) {
        boolean topic = options.contains(TOPIC.key());
        if (topic == options.contains(TOPIC_PATTERN.key())) {
            throw new OptionException(TOPIC.key(), topic ? "Option 'topic' and 'topic-pattern' shouldn't be set together."
                    : "Either 'topic' or 'topic-pattern' must be set.");
        }
        options.find(TOPIC_PATTERN).ifPresent(TopicConnector::pattern);
        requireWith(options, STARTUP_MODE, StartupMode.TIMESTAMP, STARTUP_TIMESTAMP);
        requireWith(options, STARTUP_MODE, StartupMode.SPECIFIC_OFFSETS, STARTUP_OFFSETS);
        requireWith(options, BOUNDED_MODE, BoundedMode.TIMESTAMP, BOUNDED_TIMESTAMP);
        requireWith(options, BOUNDED_MODE, BoundedMode.SPECIFIC_OFFSETS, BOUNDED_OFFSETS);
        SpecificOffsets.parse(options, STARTUP_OFFSETS);
        SpecificOffsets.parse(options, BOUNDED_OFFSETS);
        for (ConfigOption<String> offsets : List.of(STARTUP_OFFSETS, BOUNDED_OFFSETS)) {
            if (options.contains(offsets.key()) && (!topic || options.get(TOPIC).contains(";"))) {
                throw new OptionException(offsets.key(), "option '" + offsets.key() + "' goes with a single topic only");
            }
        }
        if (!PARTITIONERS.contains(options.get(PARTITIONER))) {
            throw new OptionException(PARTITIONER.key(), "option 'sink.partitioner' must be 'default', 'fixed' or 'round-robin': classes of "
                    + "partitioners are not supported");
        }
        refuse(options, CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "true", "the client's telemetry is not in this bundle");
        refuse(options, SaslConfigs.SASL_MECHANISM, "OAUTHBEARER", "the library for its tokens is not in this bundle; PLAIN, SCRAM-SHA-256, "
                + "SCRAM-SHA-512 and GSSAPI work");
        if (delivery(options) == DeliveryGuarantee.EXACTLY_ONCE && !options.contains(TRANSACTIONAL_ID_PREFIX.key())) {
            throw new OptionException(TRANSACTIONAL_ID_PREFIX.key(), DELIVERY.key() + " 'exactly-once' needs the option '"
                    + TRANSACTIONAL_ID_PREFIX.key() + "': a text of this job's own");
        }
    }

    private static void refuse(Options options, String property, String value, String reason) {
        String key = PROPERTIES + property;
        if (value.equalsIgnoreCase(options.toMap().get(key))) {
            throw new OptionException(key, "option '" + key + "' can't be '" + value + "': " + reason);
        }
    }

    private static <E extends Enum<E>> void requireWith(Options options, ConfigOption<E> mode, E value, ConfigOption<?> needed) {
        if (options.get(mode) == value && !options.contains(needed.key())) {
            throw new OptionException(needed.key(), "'" + needed.key() + "' is required in '" + ConfigOption.optionText(value) + "' mode of '"
                    + mode.key() + "' but missing.");
        }
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new OptionException(TOPIC_PATTERN.key(), "option 'topic-pattern' is no regular expression: " + e.getDescription());
        }
    }

    static DeliveryGuarantee delivery(Options options) {
        return options.find(KafkaOptions.SEMANTIC).orElseGet(() -> options.get(DELIVERY));
    }

    @Override
    public final void selfTest() throws Exception {
        SelfTest.run();
    }

    /** Where a table of this kind is read from at first. */
    abstract StartupMode startupMode(Options options);

    abstract boolean isUpsert();

    @Override
    public final SourceReader createReader(SourceContext context) {
        PartitionShare share = new PartitionShare(context.subtask(), context.parallelism());
        ReadPlan plan = new ReadPlan(context.options(), startupMode(context.options()), share);
        return new KafkaReader(context, plan, share, ClientProperties.ofConsumer(context));
    }

    @Override
    public final SinkWriter createWriter(SinkContext context) {
        Options options = context.options();
        if (!options.contains(TOPIC.key())) {
            throw new OptionException(TOPIC.key(), "a table that is written to needs the option 'topic', not 'topic-pattern'");
        }
        boolean several = KafkaOptions.topics(options).size() > 1;
        if (several != context.metadata().containsKey(RecordMetadataColumn.TOPIC.key())) {
            throw new OptionException(TOPIC.key(), several ? "a table that is written to and has several topics needs a column METADATA FROM 'topic', which "
                    + "says which of them a row goes to" : "the metadata 'topic' can be written only where 'topic' names several; declare the column "
                    + "METADATA VIRTUAL");
        }
        if (delivery(options) == DeliveryGuarantee.EXACTLY_ONCE && !context.hasCheckpoints()) {
            throw new OptionException(DELIVERY.key(), "'sink.delivery-guarantee' = 'exactly-once' needs checkpoints, with which transactions are "
                    + "committed: SET 'execution.checkpointing.interval' = '10 s', say");
        }
        return new KafkaWriter(context, isUpsert());
    }
}
