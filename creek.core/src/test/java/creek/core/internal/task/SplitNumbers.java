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
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A source of numbers in {@value #SPLITS} splits, which readers share: each number is in the split of its remainder. And a sink whose units become final
 * with checkpoints, each once. All of it survives jobs.
 */
final class SplitNumbers implements Connector {
    static final int SPLITS = 12;
    static final Schema SCHEMA = Schema.empty().with("n", DataType.bigint());

    /** What happens before a number is handed out: it may fail, or keep the number back by false. */
    interface Gate {
        boolean lets(long number) throws Exception;
    }

    // the source
    volatile long rows;
    volatile Gate gate = number -> true;
    final Map<Integer, SourceContext> sources = new ConcurrentHashMap<>();

    // the sink
    private final CommittedRows sink = new CommittedRows();
    final List<String> committed = sink.rows;
    private final boolean takesSeveralWriters;

    SplitNumbers(boolean takesSeveralWriters) {
        this.takesSeveralWriters = takesSeveralWriters;
    }

    /** Has readers look again. */
    void wakeUp() {
        sources.values().forEach(SourceContext::wakeUp);
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
        return false;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of();
    }

    @Override
    public boolean isSplittable(Options options) {
        return true;
    }

    @Override
    public boolean takesSeveralWriters(Options options) {
        return takesSeveralWriters;
    }

    @Override
    public SourceReader createReader(SourceContext context) {
        sources.put(context.subtask(), context);
        return new Reader(context.subtask(), context.parallelism());
    }

    @Override
    public SinkWriter createWriter(SinkContext context) {
        return sink.new Writer(row -> row.getLong(0) + "," + row.getLong(1));
    }

    private final class Reader implements SourceReader {
        private final Row row = new Row(1);
        /** By split. */
        private final Map<Integer, Long> next = new TreeMap<>();

        Reader(int share, int shares) {
            for (int split = share; split < SPLITS; split += shares) {
                next.put(split, (long) split);
            }
        }

        @Override
        public void open() {
            // nothing to take
        }

        @Override
        public ReadStatus read(RecordOutput output) throws Exception {
            boolean any = false;
            for (Map.Entry<Integer, Long> split : next.entrySet()) {
                long number = split.getValue();
                if (number < rows) {
                    any = true;
                    if (output.isFull()) {
                        return ReadStatus.MORE;
                    }
                    if (gate.lets(number)) {
                        split.setValue(number + SPLITS);
                        row.setLong(0, number);
                        output.row(row);
                    }
                }
            }
            return any ? ReadStatus.MORE : ReadStatus.END_OF_INPUT;
        }

        @Override
        public boolean hasPosition() {
            return true;
        }

        @Override
        public void writePosition(BinaryWriter output) {
            output.writeInt(next.size());
            next.forEach((split, number) -> {
                output.writeInt(split);
                output.writeLong(number);
            });
        }

        @Override
        public void restorePosition(int version, BinaryReader position) {
            for (int left = position.readInt(); left > 0; left--) {
                int split = position.readInt();
                long number = position.readLong();
                next.computeIfPresent(split, (same, start) -> number);
            }
        }

        @Override
        public void restorePositions(int version, List<BinaryReader> positions) {
            positions.forEach(position -> restorePosition(version, position));
        }

        @Override
        public String location() {
            return "numbers " + next;
        }

        @Override
        public void close() {
            // nothing to let go of
        }
    }
}
