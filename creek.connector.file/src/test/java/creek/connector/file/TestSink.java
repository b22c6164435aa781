package creek.connector.file;

import creek.core.connector.SinkContext;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.format.RowEncoder;
import creek.core.option.Options;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sink table without an engine; its format separates strings by commas. */
final class TestSink implements SinkContext {
    final TestClock clock = new TestClock();
    Schema schema = Schema.empty().with("name", DataType.string()).with("site", DataType.string()).with("day", DataType.date());
    List<Integer> partitionColumns = List.of();
    boolean checkpoints;

    private final Map<String, String> options = new TreeMap<>();
    private final Path workingDirectory;

    TestSink(Path workingDirectory, String... keysAndValues) {
        this.workingDirectory = workingDirectory;
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
    }

    /** A row of the schema's first columns: strings, integers and null. */
    static Row row(Object... values) {
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
            if (row.getUtf8(columns.get(i)) != null) {
                Utf8 text = row.getUtf8(columns.get(i));
                out.writeRaw(text.bytes(), text.offset(), text.length());
            } else {
                byte[] number = Long.toString(row.getLong(columns.get(i))).getBytes();
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
        return List.of();
    }

    @Override
    public Path workingDirectory() {
        return workingDirectory;
    }

    @Override
    public boolean hasCheckpoints() {
        return checkpoints;
    }

    @Override
    public Path dataFolder() {
        return workingDirectory.resolve("job");
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }
}
