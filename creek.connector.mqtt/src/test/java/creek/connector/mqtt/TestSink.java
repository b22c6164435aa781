package creek.connector.mqtt;

import creek.core.connector.Connector;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
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

/** Drives the connector's writer as the engine does: a table of a key and a text, whose text is the message. */
final class TestSink implements AutoCloseable {
    private static final Schema SCHEMA = Schema.empty().with("k", DataType.bigint()).with("v", DataType.string());

    final SinkWriter writer;
    private final Row row;

    TestSink(Map<String, String> options, Path folder, boolean key) throws Exception {
        this(options, folder, key, List.of());
    }

    /** @param metadata the keys of further columns */
    TestSink(Map<String, String> options, Path folder, boolean key, List<String> metadata) throws Exception {
        this(new MqttConnector(), options, folder, key, metadata);
    }

    TestSink(Connector connector, Map<String, String> options, Path folder, boolean key, List<String> metadata) throws Exception {
        Map<String, String> all = new TreeMap<>(options);
        all.put("connector", "mqtt");
        all.put("format", "raw");
        Options checked = Options.of(all);
        checked.check("connector 'mqtt'", connector.options(), name -> name.equals("connector") || name.equals("format"));
        connector.validate(checked, SCHEMA);
        writer = connector.createWriter(new Context(checked, folder, key, metadata));
        row = new Row(SCHEMA.size() + metadata.size());
    }

    /** The row that is written, to give it metadata. */
    Row row() {
        return row;
    }

    TestSink open() throws Exception {
        writer.open();
        return this;
    }

    void write(RowKind kind, long k, String v) throws Exception {
        row.setKind(kind);
        row.setLong(0, k);
        if (v == null) {
            row.setNull(1);
        } else {
            row.setUtf8(1, Utf8.of(v));
        }
        writer.write(row);
    }

    void write(String v) throws Exception {
        write(RowKind.INSERT, 0, v);
    }

    @Override
    public void close() throws Exception {
        writer.close();
    }

    private record Context(Options options, Path folder, boolean key, List<String> keys) implements SinkContext {
        @Override
        public String table() {
            return "s";
        }

        @Override
        public String job() {
            return "j";
        }

        @Override
        public Schema schema() {
            Schema schema = SCHEMA;
            for (String metadataKey : keys) {
                schema = schema.with(metadataKey, MessageColumns.TYPES.get(metadataKey));
            }
            return schema;
        }

        @Override
        public Map<String, Integer> metadata() {
            Map<String, Integer> places = new TreeMap<>();
            keys.forEach(metadataKey -> places.put(metadataKey, SCHEMA.size() + places.size()));
            return places;
        }

        @Override
        public List<Integer> partitionColumns() {
            return List.of();
        }

        @Override
        public List<Integer> primaryKey() {
            return key ? List.of(0) : List.of();
        }

        @Override
        public RowEncoder createEncoder(List<Integer> columns) {
            return new RowEncoder() {
                @Override
                public void encode(Row row, BinaryWriter output) {
                    Utf8 text = row.getUtf8(1);
                    output.writeRaw(text.bytes(), text.offset(), text.length());
                }
            };
        }

        @Override
        public RowEncoder createStreamEncoder(List<Integer> columns) {
            throw new AssertionError("messages are wanted");
        }

        @Override
        public Path workingDirectory() {
            return folder;
        }

        @Override
        public boolean hasCheckpoints() {
            return true;
        }

        @Override
        public Path dataFolder() {
            return folder.resolve("tables/s");
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }
    }
}
