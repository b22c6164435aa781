package creek.connector.datagen;

import creek.connector.testing.SourceContract;
import creek.connector.testing.TestSource;
import creek.core.connector.Connector;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What every source does, of a sequence. */
class DatagenContractTest extends SourceContract {
    private static final int ROWS = 150;

    @Override
    protected Connector connector() {
        return new DatagenConnector();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("rows-per-second", "300", "fields.id.kind", "sequence", "fields.id.start", "1", "fields.id.end", "" + ROWS);
    }

    @Override
    protected Schema schema() {
        return Schema.empty().with("id", DataType.bigint());
    }

    @Override
    protected List<String> provide() {
        List<String> records = new ArrayList<>();
        for (int i = 1; i <= ROWS; i++) {
            Row row = new Row(1);
            row.setLong(0, i);
            records.add(TestSource.text(schema(), row));
        }
        return records;
    }
}
