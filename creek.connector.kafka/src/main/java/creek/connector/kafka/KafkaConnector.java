package creek.connector.kafka;

import creek.connector.kafka.KafkaOptions.StartupMode;
import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.MessageKeys;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Tables whose rows are the records of topics. */
@Component(service = Connector.class, property = Connector.NAME + "=kafka")
@Capability(namespace = Connector.NAME, name = "kafka")
public final class KafkaConnector extends TopicConnector {
    @Override
    public MessageKeys messageKeys() {
        return MessageKeys.FIELDS;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return KafkaOptions.OF_KAFKA;
    }

    @Override
    public boolean allowsPrimaryKey(ChangelogMode ofFormat) {
        return ofFormat != ChangelogMode.INSERT_ONLY;
    }

    @Override
    StartupMode startupMode(Options options) {
        return options.get(KafkaOptions.STARTUP_MODE);
    }

    @Override
    boolean isUpsert() {
        return false;
    }
}
