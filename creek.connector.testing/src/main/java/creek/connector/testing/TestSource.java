package creek.connector.testing;

import creek.core.connector.Connector;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.format.Framing;
import creek.core.option.Options;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A table to read, without an engine: what a connector is told of it, and an output that checks what it gets and keeps it as text. One reader
 * at a time. For one thread, {@link #wakeUp} aside.
 */
public final class TestSource implements SourceContext, RecordOutput {
    private static final int SPARE_BYTES = 8;

    private final Map<String, String> options;
    private final Path folder;
    private final TestClock clock = new TestClock();
    private final Semaphore wakeUps = new Semaphore(0);
    private Schema schema = Schema.empty();
    private List<String> metadataKeys = List.of();
    private Framing framing = Framing.LINES;
    private boolean checkpoints;
    private ReadableByteChannel standardInput;
    private int subtask;
    private int parallelism = 1;
    /** What {@link #common} is asked of, and what it has given. */
    private TestSource first = this;
    private Object common;
    private int capacity = Integer.MAX_VALUE;

    private final List<String> records = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> metadata = new ArrayList<>();
    private SourceReader reader;
    private int room;
    private Exception failure;
    /** Whether the end of the last line was found here, and that line. */
    private boolean findsEnd;
    private String line;

    /**
     * @param folder  the working directory; the reader's own folder is {@code data} in it
     * @param options those of the table
     */
    public TestSource(Path folder, Map<String, String> options) {
        this.folder = folder;
        this.options = new TreeMap<>(options);
    }

    /** As above, with keys and values in turn. */
    public TestSource(Path folder, String... keysAndValues) {
        this(folder, Map.of());
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
    }

    /** The columns, for a connector without format. */
    public TestSource withSchema(Schema columns) {
        schema = columns;
        return this;
    }

    /** The metadata to ask for with each record. */
    public TestSource withMetadata(String... keys) {
        metadataKeys = List.of(keys);
        return this;
    }

    /** How the table's format cuts bytes. Lines if this is not called. */
    public TestSource withFraming(Framing cut) {
        framing = cut;
        return this;
    }

    /** The job takes checkpoints. */
    public TestSource withCheckpoints() {
        checkpoints = true;
        return this;
    }

    /** After how many records a call of {@link #readAll} finds the output full. */
    public TestSource withCapacity(int records) {
        capacity = records;
        return this;
    }

    /** What is piped into the process. */
    public TestSource withStandardInput(ReadableByteChannel channel) {
        standardInput = channel;
        return this;
    }

    /** Several readers share the table; this is one of them. */
    public TestSource share(int number, int shares) {
        subtask = number;
        parallelism = shares;
        return this;
    }

    /** Has it {@linkplain SourceContext#common in common} with another one what their readers must agree on. */
    public TestSource with(TestSource other) {
        first = other;
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T common(Callable<T> maker) throws Exception {
        if (first.common == null) {
            first.common = maker.call();
        }
        return (T) first.common;
    }

    /** Checks the options as the engine does, and opens a reader. */
    public SourceReader open(Connector connector) throws Exception {
        check(connector);
        return open(connector.createReader(this));
    }

    void check(Connector connector) {
        options().check("connector", connector.options(),
                key -> connector.acceptsOption(key) || key.equals("connector") || key.equals("format"));
        connector.validate(options(), schema);
    }

    /** Opens a reader, from which is read from now on. */
    public SourceReader open(SourceReader opened) throws Exception {
        reader = opened;
        reader.open();
        return reader;
    }

    /** Has a new reader go on where the one before stands, which is closed without a word, as after a crash. */
    public SourceReader restart(Connector connector) throws Exception {
        return restart(connector, position());
    }

    /** The same from a position. */
    public SourceReader restart(Connector connector, byte[] position) throws Exception {
        int version = reader.positionVersion();
        reader.close();
        reader = connector.createReader(this);
        reader.restorePosition(version, new BinaryReader(position));
        return open(reader);
    }

    /** Where reading stands. */
    public byte[] position() throws Exception {
        BinaryWriter position = new BinaryWriter();
        reader.writePosition(position);
        return position.toBytes();
    }

    /** Reads once, up to so many records. */
    public ReadStatus read(int most) throws Exception {
        room = most;
        return reader.read(this);
    }

    /** Reads until the source says that there is nothing more, now or ever. */
    public ReadStatus readAll() throws Exception {
        ReadStatus status;
        do {
            status = read(capacity);
        } while (status == ReadStatus.MORE);
        return status;
    }

    /** As the engine between two calls of {@link SourceReader#read}. */
    public void makeRoom() {
        room = capacity;
    }

    /** Has the table's format refuse the next record: the output throws this. */
    public void failWith(Exception problem) {
        failure = problem;
    }

    /** Waits until the reader has woken the loop since the last wait. */
    public void awaitWakeUp() throws InterruptedException {
        wakeUps.acquire();
        wakeUps.drainPermits();
    }

    /** Waits, for a moment at most, for the reader to wake the loop. */
    void pause() throws InterruptedException {
        wakeUps.tryAcquire(5, TimeUnit.MILLISECONDS);
        wakeUps.drainPermits();
    }

    /** The records so far as text; rows of a connector without format as their bytes in hexadecimal digits. */
    public List<String> records() {
        return records;
    }

    /** Records and the beginnings and ends of splits, these by the last part of their names. */
    public List<String> events() {
        return events;
    }

    /** The rows so far of a connector without format. */
    public List<Row> rows() {
        return rows;
    }

    /** A row of metadata for each record. */
    public List<Row> metadata() {
        return metadata;
    }

    private void take(String record) throws Exception {
        if (isFull()) {
            throw new AssertionError("a record although the output is full");
        }
        if (failure != null) {
            throw failure;
        }
        room--;
        records.add(record);
        events.add(record);
        if (!metadataKeys.isEmpty()) {
            Row row = new Row(metadataKeys.size());
            for (int i = 0; i < metadataKeys.size(); i++) {
                reader.readMetadata(i, row, i);
            }
            metadata.add(row.copy());
        }
    }

    /** A row as {@link #records} has it. */
    public static String text(Schema schema, Row row) {
        BinaryWriter bytes = new BinaryWriter();
        new RowSerializer(schema).write(row, bytes);
        return HexFormat.of().formatHex(bytes.toBytes());
    }

    @Override
    public int subtask() {
        return subtask;
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public void record(byte[] bytes, int from, int to) throws Exception {
        if (bytes.length < to + SPARE_BYTES) {
            throw new AssertionError("eight bytes must be readable beyond a record");
        }
        take(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** Finds every other line's end, as decoders of some formats do of most lines. */
    @Override
    public int decodeLine(byte[] bytes, int from, int to) {
        findsEnd = !findsEnd;
        int lineFeed = findsEnd ? Framing.LINES.findEnd(bytes, from, to) : -1;
        if (lineFeed >= 0) {
            int end = lineFeed > from && bytes[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
            line = new String(bytes, from, end - from, StandardCharsets.UTF_8);
        }
        return lineFeed;
    }

    @Override
    public void decodedLine() throws Exception {
        take(line);
    }

    @Override
    public void row(Row row) throws Exception {
        rows.add(row.copy());
        take(text(schema, row));
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
        return schema;
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
        return folder;
    }

    @Override
    public boolean hasCheckpoints() {
        return checkpoints;
    }

    @Override
    public Path dataFolder() {
        return folder.resolve("data");
    }

    @Override
    public ReadableByteChannel standardInput() throws IOException {
        return standardInput == null ? SourceContext.super.standardInput() : standardInput;
    }

    @Override
    public TestClock clock() {
        return clock;
    }

    @Override
    public void wakeUp() {
        wakeUps.release();
    }
}
