package creek.connector.datagen;

import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.Row;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Takes all rows and keeps none, to try out and to measure what comes before. */
@Component(property = Connector.NAME + "=blackhole")
@Capability(namespace = Connector.NAME, name = "blackhole")
public final class BlackholeConnector implements Connector {
    @Override
    public boolean isSource() {
        return false;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean usesFormat() {
        return false;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of();
    }

    /** As Flink's: what a row was before is of no use to it. */
    @Override
    public ChangelogMode accepts(Options options, ChangelogMode ofFormat) {
        return ChangelogMode.UPSERT;
    }

    @Override
    public SinkWriter createWriter(SinkContext context) {
        return new Hole();
    }

    private static final class Hole implements SinkWriter {
        @Override
        public void open() {
            // nothing to open
        }

        @Override
        public void write(Row row) {
            // that is all
        }

        @Override
        public void finish() {
            // nothing was kept
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }
}
