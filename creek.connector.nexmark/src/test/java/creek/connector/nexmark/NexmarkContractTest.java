package creek.connector.nexmark;

import creek.connector.testing.SourceContract;
import creek.connector.testing.TestSource;
import creek.core.connector.Connector;
import creek.core.connector.SourceReader;
import creek.core.data.Schema;
import java.util.List;
import java.util.Map;

/** What every source does, of events that are made up. */
class NexmarkContractTest extends SourceContract {
    @Override
    protected Connector connector() {
        return new NexmarkConnector();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("events.num", "300");
    }

    @Override
    protected Schema schema() {
        return Schema.empty().with("event_type", EventColumns.type("event_type")).with("bid", EventColumns.type("bid"));
    }

    /** What a reader gives that nobody disturbs. */
    @Override
    protected List<String> provide() throws Exception {
        TestSource table = table();
        try (SourceReader reader = table.open(connector())) {
            table.readAll();
        }
        return table.records();
    }
}
