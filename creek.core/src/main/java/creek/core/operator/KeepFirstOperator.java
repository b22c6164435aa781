package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.TimeToLive;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * Keeps the first row of each key: by arrival, at once; by event time, when the watermark says that no earlier one can come. So rows are
 * never updated. Rows at or before the watermark are dropped and counted as late.
 */
public final class KeepFirstOperator extends BufferingOperator {
    private static final class First {
        /** The best row so far; null when it has been emitted. */
        byte[] row;
        long time;
    }

    /** When a first row may be emitted; void if the row was replaced since. */
    private record Due(long time, First first) {
    }

    private final KeySelector keys;
    private final int timeColumn;
    private final RowSerializer serializer;
    private final KeyMap<First> firsts = new KeyMap<>();
    private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparingLong(Due::time));
    private long watermark = Long.MIN_VALUE;
    private final BinaryWriter key = new BinaryWriter();
    private final BinaryWriter bytes = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final Row out;

    /**
     * @param schema     the columns of the rows
     * @param timeColumn the event time that decides, an earlier arrival winning among equals; -1 for the order of arrival
     */
    public KeepFirstOperator(Schema schema, KeySelector keys, int timeColumn) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.timeColumn = timeColumn;
        serializer = new RowSerializer(schema);
        out = new Row(schema.size());
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        firsts.expireAfter(TimeToLive.of(newContext));
    }

    @Override
    public void process(Row row) throws Exception {
        long time = timeColumn < 0 ? Long.MAX_VALUE : eventTime(row, timeColumn);
        if (time <= watermark && timeColumn >= 0) {
            context.countLate(row, watermark - time);
            return;
        }
        key.reset();
        keys.write(row, key);
        First first = firsts.get(key);
        boolean isNew = first == null;
        if (isNew) {
            first = new First();
            firsts.add(key.toBytes(), first);
            if (timeColumn < 0) {
                output.process(row);
                return;
            }
        } else if (first.row == null || time >= first.time) {
            return;
        }
        bytes.reset();
        serializer.write(row, bytes);
        if (!isNew) {
            firsts.touch();
        }
        first.row = bytes.toBytes(first.row);
        first.time = time;
        dues.add(new Due(time, first));
    }

    @Override
    public void watermark(long newWatermark) throws Exception {
        watermark = newWatermark;
        while (!dues.isEmpty() && dues.peek().time <= newWatermark) {
            Due due = dues.remove();
            First first = due.first;
            if (first.row != null && first.time == due.time) {
                reader.reset(first.row, 0, first.row.length);
                serializer.read(reader, out);
                out.setKind(RowKind.INSERT);
                output.process(out);
                first.row = null;
            }
        }
        output.watermark(newWatermark);
    }

    @Override
    public long kept() {
        return firsts.size();
    }

    @Override
    public String toString() {
        return "keep first";
    }
}
