package creek.core.internal.task;

import creek.core.connector.RecordColumns;
import creek.core.connector.SinkContext;
import creek.core.connector.TableOptions;
import creek.core.data.Column;
import creek.core.data.Schema;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowEncoder;
import creek.core.option.Options;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task's answers to a sink's questions. */
record TaskSinkContext(String table, String job, TableOptions tableOptions, Schema schema, Map<String, Integer> metadata, List<Integer> partitionColumns,
        List<Integer> primaryKey, Path workingDirectory, boolean hasCheckpoints, Path dataFolder, Clock clock, ZoneId zone, int subtask, int parallelism) implements SinkContext {
    @Override
    public Options options() {
        return tableOptions.connectorOptions();
    }

    @Override
    public RowEncoder createEncoder(List<Integer> columns) {
        return format().createEncoder(encoderContext(columns));
    }

    @Override
    public RowEncoder createStreamEncoder(List<Integer> columns) {
        return format().createStreamEncoder(encoderContext(columns));
    }

    @Override
    public List<Integer> valueColumns() {
        return places(tableOptions.recordColumns().values());
    }

    @Override
    public Optional<RowEncoder> createKeyEncoder() {
        RecordColumns records = tableOptions.recordColumns();
        List<Integer> keys = places(records.keys());
        List<Column> columns = new ArrayList<>(schema.columns());
        for (int i = 0; i < keys.size(); i++) {
            columns.set(keys.get(i), records.keySchema().columns().get(i));
        }
        return tableOptions.keyFormat().map(keyFormat -> keyFormat.createEncoder(
                new EncoderContext(tableOptions.keyFormatOptions(), Schema.of(columns), keys, zone)));
    }

    /** Places among the columns without metadata as places among all. */
    private List<Integer> places(List<Integer> ofRecords) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < schema.size(); place++) {
            if (!metadata.containsValue(place)) {
                places.add(place);
            }
        }
        return ofRecords.stream().map(places::get).toList();
    }

    private Format format() {
        return tableOptions.format().orElseThrow(() -> new IllegalStateException("table '" + table + "' has no format"));
    }

    private EncoderContext encoderContext(List<Integer> columns) {
        return new EncoderContext(tableOptions.formatOptions(), schema, columns, zone);
    }
}
