package creek.core.internal.task;

import creek.core.connector.Connector;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** What is outside of a job and survives it: records to read from any position, and rows that become final with checkpoints. */
final class CommittedTables implements Connector {
    // the source
    final List<String> records = new CopyOnWriteArrayList<>();
    volatile boolean ended;
    /** Thrown by the next read. */
    volatile Exception crash;
    /** Called before a record is handed out, with its number from 0 on. */
    volatile IntConsumer handing = number -> {
    };
    /** The highest position of which a reader was told that it is durable. */
    volatile int durable;
    volatile SourceContext source;

    // the sink
    private final CommittedRows sink = new CommittedRows();
    final List<String> committed = sink.rows;
    final AtomicInteger prepared = sink.prepared;
    final AtomicInteger failingPrepares = sink.failingPrepares;
    final AtomicInteger failingCommits = sink.failingCommits;
    volatile boolean ready = true;
    volatile int finished;

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
        return sink.new Writer(row -> row.getUtf8(0) + "," + row.getLong(1)) {
            @Override
            public boolean isReady() {
                return ready;
            }

            @Override
            public void finish() {
                finished++;
                super.finish();
            }
        };
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
                handing.accept(next);
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
}
