package creek.connector.file;

import creek.core.connector.Connector;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Tables in what is piped into the process. */
@Component(property = Connector.NAME + "=stdin")
@Capability(namespace = Connector.NAME, name = "stdin")
public final class StdinConnector implements Connector {
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
        return true;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(FileSystemOptions.MAX_RECORD_SIZE);
    }

    @Override
    public boolean isBounded(Options options) {
        return true;
    }

    @Override
    public SourceReader createReader(SourceContext context) {
        return new StdinReader(context);
    }
}
