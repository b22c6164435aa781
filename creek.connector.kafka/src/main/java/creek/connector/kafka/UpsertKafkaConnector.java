package creek.connector.kafka;

import static creek.connector.kafka.KafkaOptions.FLUSH_INTERVAL;
import static creek.connector.kafka.KafkaOptions.FLUSH_MAX_ROWS;

import creek.connector.kafka.KafkaOptions.StartupMode;
import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.MessageKeys;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Tables whose rows are, for each key, the last record of that key; a record without a value takes the row away. */
@Component(service = Connector.class, property = Connector.NAME + "=upsert-kafka")
@Capability(namespace = Connector.NAME, name = "upsert-kafka")
public final class UpsertKafkaConnector extends TopicConnector {
    @Override
    public MessageKeys messageKeys() {
        return MessageKeys.PRIMARY_KEY;
    }

    @Override
    public boolean needsPrimaryKey() {
        return true;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return KafkaOptions.OF_UPSERT_KAFKA;
    }

    @Override
    public ChangelogMode emits(Options options, ChangelogMode ofFormat) {
        return ChangelogMode.UPSERT;
    }

    @Override
    public ChangelogMode accepts(Options options, ChangelogMode ofFormat) {
        return ChangelogMode.UPSERT;
    }

    @Override
    public void validate(Options options, Schema schema) {
        super.validate(options, schema);
        boolean rows = options.get(FLUSH_MAX_ROWS) > 0;
        boolean interval = !options.get(FLUSH_INTERVAL).isZero();
        if (rows != interval) {
            throw new OptionException(FLUSH_MAX_ROWS.key(), "'sink.buffer-flush.max-rows' and 'sink.buffer-flush.interval' must be set to be greater "
                    + "than zero together to enable sink buffer flushing.");
        }
    }

    @Override
    StartupMode startupMode(Options options) {
        return StartupMode.EARLIEST_OFFSET;
    }

    @Override
    boolean isUpsert() {
        return true;
    }
}
