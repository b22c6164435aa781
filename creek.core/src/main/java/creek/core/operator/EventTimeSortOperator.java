package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.Numbered;
import creek.core.internal.state.NumberedTable;
import creek.core.internal.state.StateCell;
import creek.core.internal.state.ValueForm;
import java.util.Arrays;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * ORDER BY event time, ascending, and then by others: rows wait until the watermark reaches them. Rows that come when a row of their time or
 * a later one has been emitted are dropped and counted as late.
 */
public final class EventTimeSortOperator extends BufferingOperator {
    private static final class Waiting extends Numbered implements Comparable<Waiting> {
        private final long time;
        private final byte[] order;
        private final byte[] row;

        Waiting(long time, byte[] order, byte[] row) {
            this.time = time;
            this.order = order;
            this.row = row;
        }

        @Override
        public int compareTo(Waiting other) {
            int byTime = Long.compare(time, other.time);
            int byOrder = byTime != 0 ? byTime : Arrays.compareUnsigned(order, other.order);
            return byOrder != 0 ? byOrder : Long.compare(number(), other.number());
        }
    }

    private final class WaitingForm implements ValueForm<Waiting> {
        @Override
        public String text() {
            return "rows by time";
        }

        @Override
        public EntryRows entryRows() {
            return EntryRows.behind(0, serializer.schema());
        }

        @Override
        public void write(Waiting value, BinaryWriter to) {
            to.writeRaw(value.row, 0, value.row.length);
        }

        @Override
        public Waiting read(BinaryReader from) {
            serializer.read(from, out);
            return waiting(out);
        }
    }

    private final int timeColumn;
    private final SortKey others;
    private final RowSerializer serializer;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private final NumberedTable<Waiting> kept = new NumberedTable<>(new WaitingForm(), waiting::add);
    private long emitted = Long.MIN_VALUE;
    private long progress = Long.MIN_VALUE;
    private final BinaryWriter order = new BinaryWriter();
    private final BinaryWriter bytes = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final Row out;

    /**
     * @param schema     the columns of the rows, which are only inserted
     * @param timeColumn the event time
     * @param others     the order of rows of the same time; beyond it that of arrival counts
     */
    public EventTimeSortOperator(Schema schema, int timeColumn, SortKey others) {
        this.timeColumn = timeColumn;
        this.others = Objects.requireNonNull(others, "others");
        serializer = new RowSerializer(schema);
        out = new Row(schema.size());
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        kept.keep(newContext, "rows");
        StateCell.keep(newContext, "progress", "time emitted, watermark", this::writeProgress, this::readProgress);
    }

    private void writeProgress(BinaryWriter to) {
        to.writeLong(emitted);
        to.writeLong(progress);
    }

    private void readProgress(BinaryReader from) {
        emitted = from.readLong();
        progress = from.readLong();
    }

    @Override
    public void process(Row row) throws Exception {
        long time = eventTime(row, timeColumn);
        if (time <= emitted) {
            context.countLate(row, progress - time);
            return;
        }
        Waiting added = waiting(row);
        kept.add(added, 0);
        waiting.add(added);
    }

    private Waiting waiting(Row row) {
        order.reset();
        others.write(row, order);
        bytes.reset();
        serializer.write(row, bytes);
        return new Waiting(row.getLong(timeColumn), order.toBytes(), bytes.toBytes());
    }

    @Override
    public void watermark(long watermark) throws Exception {
        // a row may wait that came after the watermark: for the next one, not for the same that is told again after a restart
        while (watermark > progress && !waiting.isEmpty() && waiting.peek().time <= watermark) {
            Waiting next = waiting.remove();
            kept.remove(next);
            emitted = next.time;
            reader.reset(next.row, 0, next.row.length);
            serializer.read(reader, out);
            output.process(out);
        }
        progress = Math.max(progress, watermark);
        output.watermark(watermark);
    }

    @Override
    public String toString() {
        return "sort by event time";
    }
}
