package creek.connector.mqtt;

import creek.core.connector.Connector;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.format.Framing;
import creek.core.option.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** Drives the connector's reader as the engine does. */
final class TestSource implements AutoCloseable {
    private static final int MANY = 1000;

    private final Semaphore wake = new Semaphore(0);
    final SourceReader reader;
    final List<String> records = new ArrayList<>();
    /** A row of metadata for each record. */
    final List<Row> metadata = new ArrayList<>();
    private boolean checkpoints;

    TestSource(Map<String, String> options, List<String> metadataKeys, Path folder, boolean checkpoints) throws Exception {
        this(new MqttConnector(), options, metadataKeys, folder, checkpoints);
    }

    TestSource(Connector connector, Map<String, String> options, List<String> metadataKeys, Path folder, boolean checkpoints) throws Exception {
        Map<String, String> all = new TreeMap<>(options);
        all.put("connector", "mqtt");
        all.put("format", "raw");
        Options checked = Options.of(all);
        checked.check("connector 'mqtt'", connector.options(), key -> key.equals("connector") || key.equals("format"));
        connector.validate(checked, Schema.empty());
        this.checkpoints = checkpoints;
        reader = connector.createReader(new Context(checked, metadataKeys, folder));
        this.metadataKeys = metadataKeys;
    }

    private final List<String> metadataKeys;

    TestSource open() throws Exception {
        reader.open();
        return this;
    }

    TestSource restore(byte[] position) throws Exception {
        reader.restorePosition(reader.positionVersion(), new BinaryReader(position));
        return this;
    }

    /** Reads once, at most so many records. */
    ReadStatus readOnce(int most) throws Exception {
        return reader.read(new Output(most));
    }

    /** Reads until that many records have come in all. */
    void readUntil(int count) throws Exception {
        readUntil(() -> records.size() >= count, count + " records");
    }

    /** Reads until a record has come. */
    void readUntil(String record) throws Exception {
        readUntil(() -> records.contains(record), record);
    }

    /** Publishes until a message has come, so that the subscription is known to be there, and reads all of these: a publisher's messages come in order. */
    void greet(Publisher publisher, String topic) throws Exception {
        while (!records.contains("hello")) {
            publisher.publish(topic, "hello", 1);
            readRest(Duration.ofMillis(50));
        }
        publisher.publish(topic, "ready", 1);
        readUntil("ready");
    }

    /** Reads until something is so. */
    void readUntil(BooleanSupplier condition, String what) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!condition.getAsBoolean()) {
            if (readOnce(MANY) == ReadStatus.NOTHING_NOW) {
                wake.tryAcquire(20, java.util.concurrent.TimeUnit.MILLISECONDS);
                wake.drainPermits();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(records.size() + " records came instead of " + what);
            }
        }
    }

    /** Reads what comes until nothing has come for a while. */
    void readRest(Duration quiet) throws Exception {
        long last = System.nanoTime();
        while (System.nanoTime() - last < quiet.toNanos()) {
            int before = records.size();
            if (readOnce(MANY) == ReadStatus.NOTHING_NOW) {
                wake.tryAcquire(20, java.util.concurrent.TimeUnit.MILLISECONDS);
                wake.drainPermits();
            }
            if (records.size() > before) {
                last = System.nanoTime();
            }
        }
    }

    byte[] position() throws Exception {
        BinaryWriter output = new BinaryWriter();
        reader.writePosition(output);
        return output.toBytes();
    }

    void durable(byte[] position) throws Exception {
        reader.positionIsDurable(new BinaryReader(position));
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }

    private final class Output implements RecordOutput {
        private int room;

        Output(int room) {
            this.room = room;
        }

        @Override
        public void record(byte[] bytes, int from, int to) {
            room--;
            if (bytes.length < to + 8) {
                throw new AssertionError("eight bytes must be readable beyond a record");
            }
            records.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            Row row = new Row(metadataKeys.size());
            for (int key = 0; key < metadataKeys.size(); key++) {
                reader.readMetadata(key, row, key);
            }
            metadata.add(row.copy());
        }

        @Override
        public void row(Row row) {
            throw new AssertionError("has a format");
        }

        @Override
        public void beginSplit(String split) {
            throw new AssertionError("has one split");
        }

        @Override
        public void endSplit(String split) {
            throw new AssertionError("has one split");
        }

        @Override
        public boolean isFull() {
            return room <= 0;
        }
    }

    private final class Context implements SourceContext {
        private final Options options;
        private final List<String> keys;
        private final Path folder;

        Context(Options options, List<String> keys, Path folder) {
            this.options = options;
            this.keys = keys;
            this.folder = folder;
        }

        @Override
        public String table() {
            return "t";
        }

        @Override
        public Options options() {
            return options;
        }

        @Override
        public Schema schema() {
            return Schema.empty();
        }

        @Override
        public List<String> metadataKeys() {
            return keys;
        }

        @Override
        public Framing framing() {
            return Framing.LINES;
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
            return folder.resolve("tables/t");
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public void wakeUp() {
            wake.release();
        }
    }
}
