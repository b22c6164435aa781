package creek.connector.mqtt;

import creek.core.connector.ChangelogMode;
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
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Tables on MQTT brokers: each message is a record. */
@Component(property = Connector.NAME + "=mqtt")
@Capability(namespace = Connector.NAME, name = "mqtt")
public final class MqttConnector implements Connector {
    private static final long SMALLEST_SEGMENT = 64 << 10;
    private static final long LARGEST_SEGMENT = 512 << 20;
    private static final int MOST_IN_FLIGHT = 65_000;
    private static final Set<String> WRITABLE = Stream.concat(Stream.of("topic"), WrittenProperties.KEYS.stream()).collect(Collectors.toUnmodifiableSet());

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean usesFormat() {
        return true;
    }

    @Override
    public boolean carriesMessages() {
        return true;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return MqttOptions.ALL;
    }

    @Override
    public Map<String, DataType> metadata() {
        return MessageColumns.TYPES;
    }

    @Override
    public void validate(Options options, Schema schema) {
        new ConnectionOptions(options).validate();
        long segment = options.get(MqttOptions.JOURNAL_SEGMENT_SIZE).bytes();
        if (segment < SMALLEST_SEGMENT || segment > LARGEST_SEGMENT) {
            throw new OptionException(MqttOptions.JOURNAL_SEGMENT_SIZE.key(), "option 'journal.segment-size' must be from 64 kb to 512 mb");
        }
        if (options.get(MqttOptions.JOURNAL_MAX_SIZE).bytes() < 2 * segment) {
            throw new OptionException(MqttOptions.JOURNAL_MAX_SIZE.key(),
                    "option 'journal.max-size' must be at least twice 'journal.segment-size', as the journal is shortened by whole files");
        }
        requireRange(options, MqttOptions.QOS, 0, 2);
        requireRange(options, MqttOptions.RECEIVE_MAXIMUM, 1, MOST_IN_FLIGHT);
        requireRange(options, MqttOptions.IN_FLIGHT, 1, MOST_IN_FLIGHT);
    }

    private static void requireRange(Options options, ConfigOption<Integer> option, int least, int most) {
        int value = options.get(option);
        if (value < least || value > most) {
            throw new OptionException(option.key(), "option '" + option.key() + "' must be from " + least + " to " + most + ", not " + value);
        }
    }

    /** Each topic's retained message is the last row of a key; a deleted one leaves an empty message, which takes it away. */
    @Override
    public ChangelogMode accepts(Options options, ChangelogMode ofFormat) {
        return options.get(MqttOptions.RETAIN) && ofFormat == ChangelogMode.INSERT_ONLY ? ChangelogMode.UPSERT : ofFormat;
    }

    @Override
    public Set<String> writableMetadata() {
        return WRITABLE;
    }

    @Override
    public SinkWriter createWriter(SinkContext context) {
        return new MqttWriter(context);
    }

    @Override
    public SourceReader createReader(SourceContext context) throws IOException {
        return new MqttReader(context);
    }
}
