package creek.connector.nexmark;

import creek.core.connector.Connector;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.connector.TableOptions;
import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Makes up the events of the Nexmark benchmark: people, auctions and bids. */
@Component(property = Connector.NAME + "=nexmark")
@Capability(namespace = Connector.NAME, name = "nexmark")
public final class NexmarkConnector implements Connector {
    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return false;
    }

    @Override
    public boolean usesFormat() {
        return false;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return NexmarkOptions.ALL;
    }

    @Override
    public void validate(Options options, Schema schema) {
        NexmarkOptions.validate(options);
        for (int i = 0; i < schema.size(); i++) {
            DataType wanted = EventColumns.type(schema.name(i));
            if (wanted == null || !EventColumns.fits(schema.type(i), wanted)) {
                throw new OptionException(TableOptions.CONNECTOR.key(), "a table of connector 'nexmark' has the columns " + EventColumns.SCHEMA
                        + ", not " + schema.name(i) + " " + schema.type(i));
            }
        }
    }

    @Override
    public boolean isBounded(Options options) {
        return NexmarkOptions.isBounded(options);
    }

    @Override
    public SourceReader createReader(SourceContext context) {
        return new NexmarkReader(context);
    }
}
