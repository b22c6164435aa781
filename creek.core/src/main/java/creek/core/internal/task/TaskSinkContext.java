package creek.core.internal.task;

import creek.core.connector.SinkContext;
import creek.core.connector.TableOptions;
import creek.core.data.Schema;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowEncoder;
import creek.core.option.Options;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/** A task's answers to a sink's questions. */
record TaskSinkContext(String table, String job, TableOptions tableOptions, Schema schema, List<Integer> partitionColumns,
        List<Integer> primaryKey, Path workingDirectory, boolean hasCheckpoints, Path dataFolder, Clock clock, ZoneId zone) implements SinkContext {
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

    private Format format() {
        return tableOptions.format().orElseThrow(() -> new IllegalStateException("table '" + table + "' has no format"));
    }

    private EncoderContext encoderContext(List<Integer> columns) {
        return new EncoderContext(tableOptions.formatOptions(), schema, columns, zone);
    }
}
