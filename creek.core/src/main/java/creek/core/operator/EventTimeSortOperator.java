package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import java.util.Arrays;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * ORDER BY event time, ascending, and then by others: rows wait until the watermark reaches them. Rows that come when a row of their time or
 * a later one has been emitted are dropped and counted as late.
 */
public final class EventTimeSortOperator extends BufferingOperator {
    private record Waiting(long time, byte[] order, long number, byte[] row) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byTime = Long.compare(time, other.time);
            int byOrder = byTime != 0 ? byTime : Arrays.compareUnsigned(order, other.order);
            return byOrder != 0 ? byOrder : Long.compare(number, other.number);
        }
    }

    private final int timeColumn;
    private final SortKey others;
    private final RowSerializer serializer;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private long number;
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
    public void process(Row row) throws Exception {
        long time = eventTime(row, timeColumn);
        if (time <= emitted) {
            context.countLate(row, progress - time);
            return;
        }
        order.reset();
        others.write(row, order);
        bytes.reset();
        serializer.write(row, bytes);
        waiting.add(new Waiting(time, order.toBytes(), number++, bytes.toBytes()));
    }

    @Override
    public void watermark(long watermark) throws Exception {
        progress = watermark;
        while (!waiting.isEmpty() && waiting.peek().time <= watermark) {
            Waiting next = waiting.remove();
            emitted = next.time;
            reader.reset(next.row, 0, next.row.length);
            serializer.read(reader, out);
            output.process(out);
        }
        output.watermark(watermark);
    }

    @Override
    public String toString() {
        return "sort by event time";
    }
}
