package creek.connector.testing;

import creek.core.connector.Connector;
import creek.core.connector.SinkContext;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.format.RowEncoder;
import creek.core.option.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table to write, without an engine: what a connector is told of it. Its format puts commas between the values, which are strings and integers. */
public final class TestSink implements SinkContext {
    private final Map<String, String> options;
    private final Path folder;
    private final TestClock clock = new TestClock();
    private Schema schema = Schema.empty().with("name", DataType.string()).with("site", DataType.string()).with("day", DataType.date());
    private List<Integer> partitionColumns = List.of();
    private List<Integer> primaryKey = List.of();
    private boolean checkpoints;

    /**
     * @param folder  the working directory; the writer's own folder is {@code job} in it
     * @param options those of the table
     */
    public TestSink(Path folder, Map<String, String> options) {
        this.folder = folder;
        this.options = new TreeMap<>(options);
    }

    /** As above, with keys and values in turn. */
    public TestSink(Path folder, String... keysAndValues) {
        this(folder, Map.of());
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
    }

    /** The columns, which are {@code name STRING, site STRING, day DATE} if this is not called. */
    public TestSink withSchema(Schema columns) {
        schema = columns;
        return this;
    }

    /** The columns that the table is PARTITIONED BY, by place. */
    public TestSink withPartitions(Integer... columns) {
        partitionColumns = List.of(columns);
        return this;
    }

    /** The columns of the PRIMARY KEY, by place. */
    public TestSink withPrimaryKey(Integer... columns) {
        primaryKey = List.of(columns);
        return this;
    }

    /** The job takes checkpoints. */
    public TestSink withCheckpoints() {
        checkpoints = true;
        return this;
    }

    /** Checks the options as the engine does. */
    void check(Connector connector) {
        options().check("connector", connector.options(),
                key -> connector.acceptsOption(key) || key.equals("connector") || key.equals("format"));
        connector.validate(options(), schema);
    }

    /** A row of the schema's first columns: strings, integers and null. */
    public static Row row(Object... values) {
        Row row = new Row(values.length);
        row.setKind(RowKind.INSERT);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof String text) {
                row.setUtf8(i, Utf8.of(text));
            } else if (values[i] != null) {
                row.setLong(i, ((Number) values[i]).longValue());
            }
        }
        return row;
    }

    @Override
    public RowEncoder createEncoder(List<Integer> columns) {
        return (row, out) -> encode(row, columns, out);
    }

    @Override
    public RowEncoder createStreamEncoder(List<Integer> columns) {
        return createEncoder(columns);
    }

    private static void encode(Row row, List<Integer> columns, BinaryWriter out) {
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.writeByte(',');
            }
            Utf8 text = row.getUtf8(columns.get(i));
            if (text != null) {
                out.writeRaw(text.bytes(), text.offset(), text.length());
            } else {
                byte[] number = Long.toString(row.getLong(columns.get(i))).getBytes(StandardCharsets.US_ASCII);
                out.writeRaw(number, 0, number.length);
            }
        }
    }

    @Override
    public String table() {
        return "t";
    }

    @Override
    public String job() {
        return "j";
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
    public List<Integer> partitionColumns() {
        return partitionColumns;
    }

    @Override
    public List<Integer> primaryKey() {
        return primaryKey;
    }

    @Override
    public Path workingDirectory() {
        return folder;
    }

    @Override
    public boolean hasCheckpoints() {
        return checkpoints;
    }

    @Override
    public Path dataFolder() {
        return folder.resolve("job");
    }

    @Override
    public TestClock clock() {
        return clock;
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }
}
