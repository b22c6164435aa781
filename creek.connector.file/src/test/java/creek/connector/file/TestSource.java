package creek.connector.file;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** A source table without an engine: the context, and the output, which keeps everything as text. */
final class TestSource implements SourceContext, RecordOutput {
    final TestClock clock = new TestClock();
    final List<String> records = new ArrayList<>();
    /** Records and the beginnings and ends of splits, by file name. */
    final List<String> events = new ArrayList<>();
    final List<String> metadataKeys = new ArrayList<>();
    final List<Row> metadata = new ArrayList<>();
    /** After how many records a call finds the output full. */
    int capacity = Integer.MAX_VALUE;
    Framing framing = Framing.LINES;
    boolean checkpoints;

    private final Map<String, String> options = new TreeMap<>();
    private final Path workingDirectory;
    private final Semaphore wakeUps = new Semaphore(0);
    private int room;
    private SourceReader reader;

    TestSource(Path workingDirectory, String... keysAndValues) {
        this.workingDirectory = workingDirectory;
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
    }

    /** Checks the options as the engine does, and opens a reader. */
    SourceReader open(Connector connector) throws Exception {
        options().check("connector", connector.options(), key -> false);
        connector.validate(options(), schema());
        return open(connector.createReader(this));
    }

    SourceReader open(SourceReader opened) throws Exception {
        reader = opened;
        reader.open();
        return reader;
    }

    /** Has a new reader go on where the one before stands, as after a crash. */
    SourceReader restart(Connector connector) throws Exception {
        return restart(connector, position());
    }

    /** The same from a position. */
    SourceReader restart(Connector connector, byte[] position) throws Exception {
        reader.close();
        reader = connector.createReader(this);
        reader.restorePosition(reader.positionVersion(), new BinaryReader(position));
        return open(reader);
    }

    byte[] position() throws Exception {
        BinaryWriter position = new BinaryWriter();
        reader.writePosition(position);
        return position.toBytes();
    }

    /** Reads once, up to so many records. */
    ReadStatus read(int records) throws Exception {
        room = records;
        return reader.read(this);
    }

    /** Reads until the source says that there is nothing more, now or ever. */
    ReadStatus readAll() throws Exception {
        ReadStatus status;
        do {
            makeRoom();
            status = reader.read(this);
        } while (status == ReadStatus.MORE);
        return status;
    }

    /** As the engine between two calls. */
    void makeRoom() {
        room = capacity;
    }

    @Override
    public void record(byte[] bytes, int from, int to) {
        if (isFull()) {
            throw new AssertionError("a record although the output is full");
        }
        if (bytes.length < to + 8) {
            throw new AssertionError("no spare bytes");
        }
        room--;
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        records.add(text);
        events.add(text);
        if (!metadataKeys.isEmpty()) {
            Row row = new Row(metadataKeys.size());
            for (int i = 0; i < metadataKeys.size(); i++) {
                reader.readMetadata(i, row, i);
            }
            metadata.add(row);
        }
    }

    @Override
    public void row(Row row) {
        throw new AssertionError("a row from a connector with a format");
    }

    @Override
    public void beginSplit(String split) {
        events.add("begin " + Path.of(split).getFileName());
    }

    @Override
    public void endSplit(String split) {
        events.add("end " + Path.of(split).getFileName());
    }

    @Override
    public boolean isFull() {
        return room == 0;
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
        return Schema.empty();
    }

    @Override
    public List<String> metadataKeys() {
        return metadataKeys;
    }

    @Override
    public Framing framing() {
        return framing;
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
        return Path.of("data");
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void wakeUp() {
        wakeUps.release();
    }

    /** Waits until the reader has woken the loop since the last wait. */
    void awaitWakeUp() throws InterruptedException {
        wakeUps.acquire();
        wakeUps.drainPermits();
    }
}
