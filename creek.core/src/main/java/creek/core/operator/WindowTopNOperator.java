package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.Numbered;
import creek.core.internal.state.NumberedTable;
import creek.core.internal.state.ValueForm;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The first rows of each window and partition in some order: Top-N by ROW_NUMBER over rows that have window columns, and deduplication as its
 * case of one row. Emits a window's rows when the watermark has reached its last millisecond. Rows of windows that have been emitted are
 * dropped and counted as late.
 */
public final class WindowTopNOperator extends Operator {
    // what it computes
    private final int windowEndColumn;
    private final ZoneShift zone;
    private final KeySelector partitionBy;
    private final Comparator<Row> order;
    private final int first;
    private final int last;
    private final boolean withRank;
    private final boolean laterFirst;

    // state: by the end of the window
    private final TreeMap<Long, Window> windows = new TreeMap<>();
    private final NumberedTable<Kept> kept;
    /** The number of the next partition. */
    private long partitions;
    private Window current;
    private long currentEnd;
    private long progress = Long.MIN_VALUE;
    /** The watermark that closes the first window. */
    private long nextFiring = Long.MAX_VALUE;

    // emission in progress
    private long firing;
    private int firingPartition;
    private int firingRow;

    // reused
    private final BinaryWriter key = new BinaryWriter();
    private final Row out;

    /** A row that may be among those that are wanted. */
    private static final class Kept extends Numbered {
        final Row row;
        long partition;

        Kept(Row row) {
            this.row = row;
        }
    }

    /** The first rows of a partition so far. */
    private static final class Partition {
        final long number;
        final List<Kept> best = new ArrayList<>(1);

        Partition(long number) {
            this.number = number;
        }
    }

    /** The partitions of a window, in order of their arrival, and by key. */
    private static final class Window {
        final KeyMap<Partition> byKey = new KeyMap<>();
        final List<Partition> partitions = new ArrayList<>();
    }

    private static final class KeptForm implements ValueForm<Kept> {
        private final RowSerializer serializer;
        private final int arity;

        KeptForm(Schema schema) {
            serializer = new RowSerializer(schema);
            arity = schema.size();
        }

        @Override
        public String text() {
            return "partition, kind";
        }

        @Override
        public EntryRows entryRows() {
            return EntryRows.behind(Long.BYTES + 1, serializer.schema());
        }

        @Override
        public void write(Kept value, BinaryWriter to) {
            to.writeLong(value.partition);
            to.writeByte(value.row.kind().ordinal());
            serializer.write(value.row, to);
        }

        @Override
        public Kept read(BinaryReader from) {
            long partition = from.readLong();
            Row row = new Row(arity);
            row.setKind(RowKind.values()[from.readByte()]);
            serializer.read(from, row);
            Kept kept = new Kept(row.copy());
            kept.partition = partition;
            return kept;
        }
    }

    /**
     * @param windowEndColumn place of {@code window_end} in the rows
     * @param zone            the session's zone if the window is over a TIMESTAMP_LTZ; else null
     * @param partitionBy     the other columns to partition by
     * @param first           number of the first row that is wanted, from 1
     * @param last            number of the last row that is wanted
     * @param withRank        whether a row's number is appended to it
     * @param laterFirst      whether of equal rows those that came later are first
     * @param schema          the columns of the rows
     */
    public WindowTopNOperator(int windowEndColumn, ZoneId zone, KeySelector partitionBy, Comparator<Row> order, int first, int last,
            boolean withRank, boolean laterFirst, Schema schema) {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("no rows from " + first + " to " + last);
        }
        this.windowEndColumn = windowEndColumn;
        this.zone = new ZoneShift(zone);
        this.partitionBy = Objects.requireNonNull(partitionBy, "partitionBy");
        this.order = Objects.requireNonNull(order, "order");
        this.first = first;
        this.last = last;
        this.withRank = withRank;
        this.laterFirst = laterFirst;
        this.out = new Row(schema.size() + 1);
        this.kept = new NumberedTable<>(new KeptForm(schema), this::restore);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        kept.keep(newContext, "rows");
        for (Window window : windows.values()) {
            window.partitions.sort(Comparator.comparingLong(partition -> partition.number));
        }
        planFiring();
    }

    /** Rows come in the order in which they came first, so that equal ones are where they were. */
    private void restore(Kept row) {
        long end = row.row.getLong(windowEndColumn);
        Window window = windows.computeIfAbsent(end, any -> new Window());
        List<Kept> best = partition(window, row.row, row.partition).best;
        best.add(place(best, row.row), row);
    }

    @Override
    public void process(Row row) throws Exception {
        long end = row.getLong(windowEndColumn);
        if (current == null || end != currentEnd) {
            if (zone.toTimer(end - 1) <= progress) {
                context.countLate(row, progress - zone.toTimer(end - 1));
                return;
            }
            current = windows.computeIfAbsent(end, any -> new Window());
            currentEnd = end;
            planFiring();
        }
        insert(partition(current, row, partitions), row);
    }

    private Partition partition(Window window, Row row, long number) {
        key.reset();
        partitionBy.write(row, key);
        Partition partition = window.byKey.get(key);
        if (partition == null) {
            partition = new Partition(number);
            partitions = Math.max(partitions, number + 1);
            window.byKey.add(key.toBytes(), partition);
            window.partitions.add(partition);
        }
        return partition;
    }

    private void insert(Partition partition, Row row) {
        List<Kept> best = partition.best;
        int place = place(best, row);
        if (place < last) {
            Kept added;
            if (best.size() < last) {
                added = new Kept(new Row(row.arity()));
            } else {
                added = best.remove(last - 1);
                kept.remove(added);
            }
            added.row.copyFrom(row);
            added.partition = partition.number;
            best.add(place, added);
            kept.add(added, Utf8.hash(key.bytes(), 0, key.size()));
        }
    }

    private int place(List<Kept> best, Row row) {
        int place = best.size();
        while (place > 0 && order.compare(row, best.get(place - 1).row) < (laterFirst ? 1 : 0)) {
            place--;
        }
        return place;
    }

    private void planFiring() {
        nextFiring = windows.isEmpty() ? Long.MAX_VALUE : zone.toTimer(windows.firstKey() - 1);
    }

    @Override
    public void watermark(long watermark) throws Exception {
        firing = watermark;
        if (!resume()) {
            context.resumeLater();
        }
    }

    /** Emits windows that are due, in order of their ends, then the watermark that made them so. */
    @Override
    public boolean resume() throws Exception {
        int rows = 0;
        while (nextFiring <= firing && !windows.isEmpty()) {
            List<Partition> due = windows.firstEntry().getValue().partitions;
            for (; firingPartition < due.size(); firingPartition++) {
                List<Kept> best = due.get(firingPartition).best;
                for (firingRow = Math.max(firingRow, first - 1); firingRow < best.size(); firingRow++) {
                    if (rows++ == STEP_ROWS || context.isOutputBusy()) {
                        return false;
                    }
                    emit(best.get(firingRow).row);
                }
                kept.removeAll(best);
                firingRow = 0;
            }
            firingPartition = 0;
            windows.pollFirstEntry();
            current = null;
            planFiring();
        }
        if (context.isOutputBusy()) {
            return false;
        }
        progress = firing;
        output.watermark(firing);
        return true;
    }

    private void emit(Row row) throws Exception {
        if (!withRank) {
            output.process(row);
            return;
        }
        for (int i = 0; i < row.arity(); i++) {
            out.setFrom(i, row, i);
        }
        out.setLong(row.arity(), firingRow + 1);
        output.process(out);
    }

    @Override
    public String toString() {
        return "window top " + last;
    }
}
