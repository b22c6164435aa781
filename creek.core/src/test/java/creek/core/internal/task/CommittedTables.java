package creek.core.internal.task;

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
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What is outside of a job and survives it: records to read from any position, and rows that become final with checkpoints. */
final class CommittedTables implements Connector {
    // the source
    final List<String> records = new CopyOnWriteArrayList<>();
    volatile boolean ended;
    /** Thrown by the next read. */
    volatile Exception crash;
    /** The highest position of which a reader was told that it is durable. */
    volatile int durable;
    volatile SourceContext source;

    // the sink
    final List<String> committed = new CopyOnWriteArrayList<>();
    final AtomicInteger prepared = new AtomicInteger();
    /** How many calls to come fail. */
    final AtomicInteger failingPrepares = new AtomicInteger();
    final AtomicInteger failingCommits = new AtomicInteger();
    volatile boolean ready = true;
    volatile int finished;
    private final Set<Integer> units = new HashSet<>();
    private int lastUnit;

    void add(String... texts) {
        records.addAll(List.of(texts));
        if (source != null) {
            source.wakeUp();
        }
    }

    void end() {
        ended = true;
        add();
    }

    private synchronized int nextUnit() {
        return ++lastUnit;
    }

    private synchronized void commit(int unit, List<String> rows) throws IOException {
        fail(failingCommits, "commit");
        if (units.add(unit)) {
            committed.addAll(rows);
        }
    }

    private static void fail(AtomicInteger times, String what) throws IOException {
        if (times.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("no " + what);
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
    public boolean needsFormat() {
        return false;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of();
    }

    @Override
    public void validate(Options options, Schema schema) {
        // there are none
    }

    @Override
    public SourceReader createReader(SourceContext context) {
        source = context;
        return new Reader();
    }

    @Override
    public SinkWriter createWriter(SinkContext context) {
        return new Writer();
    }

    private final class Reader implements SourceReader {
        private int next;

        @Override
        public void open() {
            // nothing to take
        }

        @Override
        public ReadStatus read(RecordOutput output) throws Exception {
            if (crash != null) {
                Exception thrown = crash;
                crash = null;
                throw thrown;
            }
            while (next < records.size()) {
                if (output.isFull()) {
                    return ReadStatus.MORE;
                }
                byte[] text = records.get(next++).getBytes(StandardCharsets.UTF_8);
                output.record(text, 0, text.length);
            }
            return ended ? ReadStatus.END_OF_INPUT : ReadStatus.NOTHING_NOW;
        }

        @Override
        public boolean hasPosition() {
            return true;
        }

        @Override
        public void writePosition(BinaryWriter output) {
            output.writeInt(next);
        }

        @Override
        public void restorePosition(int version, BinaryReader position) {
            next = position.readInt();
        }

        @Override
        public void positionIsDurable(BinaryReader position) {
            durable = position.readInt();
        }

        @Override
        public String location() {
            return "record " + next;
        }

        @Override
        public void close() {
            source = null;
        }
    }

    private final class Writer implements SinkWriter {
        private List<String> open = new ArrayList<>();

        @Override
        public void open() {
            // nothing to take
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void write(Row row) {
            open.add(row.getUtf8(0) + "," + row.getLong(1));
        }

        @Override
        public PendingCommit beginCommit(long checkpoint) {
            if (open.isEmpty()) {
                return null;
            }
            Unit unit = new Unit(nextUnit(), open);
            open = new ArrayList<>();
            return unit;
        }

        @Override
        public void restore(int version, List<BinaryReader> pending) throws Exception {
            for (BinaryReader unit : pending) {
                int number = unit.readInt();
                List<String> rows = new ArrayList<>();
                for (int left = unit.readInt(); left > 0; left--) {
                    rows.add(unit.readString());
                }
                commit(number, rows);
            }
        }

        @Override
        public void finish() {
            finished++;
            if (!open.isEmpty()) {
                throw new IllegalStateException("no checkpoint has " + open);
            }
        }

        @Override
        public void close() {
            // what is open is lost
        }
    }

    private final class Unit implements PendingCommit {
        private final int number;
        private final List<String> rows;

        Unit(int number, List<String> rows) {
            this.number = number;
            this.rows = rows;
        }

        @Override
        public void write(BinaryWriter output) {
            output.writeInt(number);
            output.writeInt(rows.size());
            rows.forEach(output::writeString);
        }

        @Override
        public void prepare() throws IOException {
            fail(failingPrepares, "room");
            prepared.incrementAndGet();
        }

        @Override
        public void commit() throws IOException {
            CommittedTables.this.commit(number, rows);
        }
    }
}
