package creek.swaps;

import creek.core.connector.Connector;
import creek.core.connector.PendingCommit;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file connector with the fault that its bundle's entry {@code fault} names. It is put into a copy of that connector's bundle. */
public final class FaultyConnector implements Connector {
    private static final int GOOD_CALLS = 99;

    private final Connector connector;
    private final String fault;

    public FaultyConnector() throws ReflectiveOperationException, IOException {
        connector = (Connector) Class.forName("creek.connector.file.FileSystemConnector").getConstructor().newInstance();
        try (InputStream entry = FaultyConnector.class.getResourceAsStream("/fault")) {
            fault = new String(entry.readAllBytes(), StandardCharsets.UTF_8);
        }
        fail("fails in its constructor");
    }

    private void fail(String name) {
        if (fault.equals(name)) {
            throw new IllegalStateException(fault);
        }
    }

    private void hang(String name) throws InterruptedException {
        if (fault.equals(name)) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean usesFormat() {
        return true;
    }

    @Override
    public List<ConfigOption<?>> options() {
        fail("fails when asked for its options");
        return connector.options();
    }

    @Override
    public void validate(Options options, Schema schema) {
        if (fault.equals("refuses the options")) {
            throw new OptionException("path", fault);
        }
        connector.validate(options, schema);
    }

    @Override
    public Map<String, DataType> metadata() {
        return connector.metadata();
    }

    @Override
    public boolean isBounded(Options options) {
        return connector.isBounded(options);
    }

    @Override
    public boolean isSplittable(Options options) {
        return connector.isSplittable(options);
    }

    @Override
    public boolean takesSeveralWriters(Options options) {
        return connector.takesSeveralWriters(options);
    }

    @Override
    public void selfTest() throws Exception {
        fail("fails its self-test");
        hang("hangs in its self-test");
        if (fault.equals("leaks a thread")) {
            Thread leak = new Thread(() -> {
                try {
                    Thread.sleep(10_000);
                } catch (InterruptedException e) {
                    // enough
                }
            }, "leak");
            leak.setDaemon(true);
            leak.start();
        }
        if (fault.equals("throws an Error")) {
            throw new StackOverflowError(fault);
        }
    }

    @Override
    public SourceReader createReader(SourceContext context) throws Exception {
        if (fault.equals("lacks a class")) {
            throw new NoClassDefFoundError(fault);
        }
        return fault.equals("gives a null reader") ? null : new Reader(connector.createReader(context));
    }

    @Override
    public SinkWriter createWriter(SinkContext context) throws Exception {
        return fault.equals("gives a null writer") ? null : new Writer(connector.createWriter(context));
    }

    private final class Reader implements SourceReader {
        private final SourceReader reader;
        private int calls;

        private Reader(SourceReader reader) {
            this.reader = reader;
        }

        @Override
        public void open() throws Exception {
            fail("fails to open a reader");
            hang("hangs in open");
            if (fault.equals("throws an Error in open")) {
                throw new AssertionError(fault);
            }
            reader.open();
        }

        @Override
        public ReadStatus read(RecordOutput output) throws Exception {
            calls++;
            if (calls > GOOD_CALLS) {
                fail("fails at the 100th record");
                if (fault.equals("throws an Error at the 100th record")) {
                    throw new StackOverflowError(fault);
                }
            }
            return reader.read(output);
        }

        @Override
        public void readMetadata(int key, Row row, int column) {
            reader.readMetadata(key, row, column);
        }

        @Override
        public String location() {
            return reader.location();
        }

        @Override
        public String currentLocation() {
            return reader.currentLocation();
        }

        @Override
        public boolean hasPosition() {
            return reader.hasPosition();
        }

        @Override
        public int positionVersion() {
            return fault.equals("has another form of positions") ? 99 : reader.positionVersion();
        }

        @Override
        public void writePosition(BinaryWriter output) throws Exception {
            reader.writePosition(output);
        }

        @Override
        public void restorePosition(int version, BinaryReader position) throws Exception {
            fail("fails to restore a position");
            reader.restorePosition(version, position);
        }

        @Override
        public void positionIsDurable(BinaryReader position) throws Exception {
            reader.positionIsDurable(position);
        }

        @Override
        public void close() throws Exception {
            reader.close();
            if (calls > 0) {
                fail("fails to close");
            }
        }
    }

    private final class Writer implements SinkWriter {
        private final SinkWriter writer;
        private int calls;

        private Writer(SinkWriter writer) {
            this.writer = writer;
        }

        @Override
        public void open() throws Exception {
            fail("fails to open a writer");
            hang("hangs opening a writer");
            writer.open();
        }

        @Override
        public boolean isReady() {
            return writer.isReady();
        }

        @Override
        public void write(Row row) throws Exception {
            if (++calls > 2) {
                fail("fails at the third row");
            }
            writer.write(row);
        }

        @Override
        public void flush() throws Exception {
            writer.flush();
        }

        @Override
        public int commitVersion() {
            return writer.commitVersion();
        }

        @Override
        public void restore(int version, List<BinaryReader> pending) throws Exception {
            writer.restore(version, pending);
        }

        @Override
        public boolean canTakeOver(int version) {
            return writer.canTakeOver(version);
        }

        @Override
        public List<PendingCommit> takeOver(int version, List<BinaryReader> pending) throws Exception {
            fail("fails to take over a writer");
            return writer.takeOver(version, pending);
        }

        @Override
        public PendingCommit beginCommit(long checkpoint) throws Exception {
            return writer.beginCommit(checkpoint);
        }

        @Override
        public void finish() throws Exception {
            writer.finish();
        }

        @Override
        public void close() throws Exception {
            writer.close();
        }
    }

    @Override
    public Optional<String> contentVersion(SourceContext context) throws Exception {
        return connector.contentVersion(context);
    }
}
