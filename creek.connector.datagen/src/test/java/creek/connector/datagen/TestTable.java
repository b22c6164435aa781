package creek.connector.datagen;

import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.format.Framing;
import creek.core.option.Options;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A source table without an engine: the context, the output, which keeps all rows, and a clock set by hand. */
final class TestTable implements SourceContext, RecordOutput {
    final List<Row> rows = new ArrayList<>();
    int capacity = Integer.MAX_VALUE;
    long now = 1_704_067_200_000L;

    private final Schema schema;
    private final Map<String, String> options = new TreeMap<>();

    TestTable(Schema schema, String... keysAndValues) {
        this.schema = schema;
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
    }

    /** Checks the options as the engine does, and opens a reader. */
    SourceReader open(DatagenConnector connector) throws Exception {
        options().check("connector 'datagen'", connector.options(), connector::acceptsOption);
        if (schema.size() > 0) {
            connector.validate(options(), schema);
        }
        SourceReader reader = connector.createReader(this);
        reader.open();
        return reader;
    }

    @Override
    public void row(Row row) {
        rows.add(row.copy());
    }

    @Override
    public boolean isFull() {
        return rows.size() >= capacity;
    }

    @Override
    public void record(byte[] bytes, int from, int to) {
        throw new AssertionError("bytes from a connector without format");
    }

    @Override
    public void beginSplit(String split) {
        throw new AssertionError("a split");
    }

    @Override
    public void endSplit(String split) {
        throw new AssertionError("a split");
    }

    @Override
    public String table() {
        return "t";
    }

    @Override
    public Options options() {
        return Options.of(options);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<String> metadataKeys() {
        return List.of();
    }

    @Override
    public Framing framing() {
        return Framing.LINES;
    }

    @Override
    public Path workingDirectory() {
        return Path.of("");
    }

    @Override
    public void wakeUp() {
        throw new AssertionError("nobody waits");
    }

    @Override
    public boolean hasCheckpoints() {
        return false;
    }

    @Override
    public Path dataFolder() {
        return Path.of("data");
    }

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
