import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.internal.state.EntryBuffer;
import creek.core.internal.state.OperatorState;
import creek.core.internal.state.StateTable;
import creek.core.internal.state.TaskState;
import creek.core.operator.Accumulator;
import creek.core.operator.Input;
import creek.core.operator.KeySelector;
import creek.core.operator.Operator;
import creek.core.operator.OperatorContext;
import creek.core.operator.SessionWindowAggregateOperator;
import creek.core.operator.TumblingWindows;
import creek.core.operator.WindowAggregateOperator;
import creek.core.state.StateStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What checkpoints cost operators on the job's thread, in its CPU time: nanoseconds a row without and with them, and the pause in which keys that
 * have changed, all of them, are written to the buffer that the checkpoint's thread takes.
 */
public final class CheckpointBench {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final int ROUNDS = 15;
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private CheckpointBench() {
    }

    public static void main(String[] args) throws Exception {
        KeySelector selector = new KeySelector(new int[] {0}, KEY);
        for (int keys : new int[] {1_000, 100_000}) {
            measure("tumble", keys, () -> new WindowAggregateOperator(new TumblingWindows(2, null, 1L << 40, 0), selector, new CountAndSum(), 2));
            measure("session", keys, () -> new SessionWindowAggregateOperator(2, null, 1L << 40, selector, new CountAndSum(), 2));
        }
    }

    private static void measure(String name, int keys, Supplier<Operator> operators) throws Exception {
        Row[] rows = new Row[keys];
        for (int i = 0; i < keys; i++) {
            rows[i] = new Row(3);
            rows[i].setUtf8(0, Utf8.of("device-" + i * 7919L % keys));
            rows[i].setLong(1, i);
            rows[i].setLong(2, i);
        }
        double[] without = new double[ROUNDS];
        double[] with = new double[ROUNDS];
        double[] pauses = new double[ROUNDS];
        Operator plain = operators.get();
        plain.open(new Context(null), new Nowhere());
        TaskState state = new TaskState(new NoStore(), true);
        Operator kept = operators.get();
        kept.open(new Context(state), new Nowhere());
        long bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            without[round] = feed(plain, rows);
            with[round] = feed(kept, rows);
            long begin = THREAD.getCurrentThreadCpuTime();
            EntryBuffer buffer = new EntryBuffer();
            int epoch = state.write(buffer);
            pauses[round] = (THREAD.getCurrentThreadCpuTime() - begin) / 1e6;
            bytes = buffer.size();
            state.complete(epoch);
        }
        System.out.printf("%-10s %6.1f ns a row, with checkpoints %6.1f; pause for %d keys %6.1f ms (longest after the first %.1f), %d bytes%n", name,
                median(without) / keys, median(with) / keys, keys, median(pauses),
                Arrays.stream(pauses).skip(2).max().getAsDouble(), bytes);
    }

    /** Feeds all rows, some times over; nanoseconds for each time. */
    private static double feed(Operator operator, Row[] rows) throws Exception {
        int times = 1_000_000 / rows.length;
        long begin = THREAD.getCurrentThreadCpuTime();
        for (int time = 0; time < times; time++) {
            for (Row row : rows) {
                operator.process(row);
            }
        }
        return (THREAD.getCurrentThreadCpuTime() - begin) / (double) times;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static final class CountAndSum extends Accumulator {
        private long count;
        private long sum;

        @Override
        public Accumulator newInstance() {
            return new CountAndSum();
        }

        @Override
        public void accumulate(Row row) {
            count++;
            sum += row.getLong(1);
        }

        @Override
        public void merge(Accumulator other) {
            count += ((CountAndSum) other).count;
            sum += ((CountAndSum) other).sum;
        }

        @Override
        public boolean isFixedSize() {
            return true;
        }

        @Override
        public void emit(Row row, int column) {
            row.setLong(column, count);
            row.setLong(column + 1, sum);
        }

        @Override
        public void write(BinaryWriter output) {
            output.writeLong(count);
            output.writeLong(sum);
        }

        @Override
        public void read(BinaryReader input) {
            count = input.readLong();
            sum = input.readLong();
        }
    }

    private static final class Nowhere implements Input {
        @Override
        public void process(Row row) {
        }

        @Override
        public void watermark(long watermark) {
        }

        @Override
        public void idle() {
        }
    }

    /** With state, or without if that is null. */
    private record Context(TaskState state) implements OperatorContext, OperatorState {
        @Override
        public void keep(String name, StateTable table) throws IOException {
            if (state != null) {
                state.keep(id(), name, table);
            }
        }

        @Override
        public String id() {
            return "measured";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public void resumeLater() {
        }

        @Override
        public void resumeAfterAPause() {
        }

        @Override
        public boolean isOutputBusy() {
            return false;
        }

        @Override
        public void wakeAt(long time) {
        }

        @Override
        public void countLate() {
        }

        @Override
        public void countLate(Row row, long lateness) {
        }

        @Override
        public void countLookup(boolean found) {
        }

        @Override
        public void countSkipped() {
        }
    }

    /** Is empty and stays so: what is measured ends at the buffer. */
    private static final class NoStore implements StateStore {
        @Override
        public long lastCheckpoint() {
            return 0;
        }

        @Override
        public byte[] get(byte[] key) {
            return null;
        }

        @Override
        public void scan(byte[] prefix, Visitor visitor) {
        }

        @Override
        public long bytesWritten() {
            return 0;
        }

        @Override
        public long bytesStored() {
            return 0;
        }

        @Override
        public Checkpoint begin(long number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
        }
    }
}
