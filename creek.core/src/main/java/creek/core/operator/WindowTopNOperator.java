package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.KeyMap;
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

    /** The partitions of a window, in order of their arrival, and by key. */
    private static final class Window {
        final KeyMap<List<Row>> byKey = new KeyMap<>();
        final List<List<Row>> partitions = new ArrayList<>();
    }

    /**
     * @param windowEndColumn place of {@code window_end} in the rows
     * @param zone            the session's zone if the window is over a TIMESTAMP_LTZ; else null
     * @param partitionBy     the other columns to partition by
     * @param first           number of the first row that is wanted, from 1
     * @param last            number of the last row that is wanted
     * @param withRank        whether a row's number is appended to it
     * @param laterFirst      whether of equal rows those that came later are first
     * @param arity           number of columns of the input
     */
    public WindowTopNOperator(int windowEndColumn, ZoneId zone, KeySelector partitionBy, Comparator<Row> order, int first, int last,
            boolean withRank, boolean laterFirst, int arity) {
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
        this.out = new Row(arity + 1);
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
        key.reset();
        partitionBy.write(row, key);
        List<Row> best = current.byKey.get(key);
        if (best == null) {
            best = new ArrayList<>(1);
            current.byKey.add(key.toBytes(), best);
            current.partitions.add(best);
        }
        insert(best, row);
    }

    private void insert(List<Row> best, Row row) {
        int place = best.size();
        while (place > 0 && order.compare(row, best.get(place - 1)) < (laterFirst ? 1 : 0)) {
            place--;
        }
        if (place < last) {
            Row kept = best.size() < last ? new Row(row.arity()) : best.remove(last - 1);
            kept.copyFrom(row);
            best.add(place, kept);
        }
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
            List<List<Row>> partitions = windows.firstEntry().getValue().partitions;
            for (; firingPartition < partitions.size(); firingPartition++) {
                List<Row> best = partitions.get(firingPartition);
                for (firingRow = Math.max(firingRow, first - 1); firingRow < best.size(); firingRow++) {
                    if (rows++ == STEP_ROWS || context.isOutputBusy()) {
                        return false;
                    }
                    emit(best.get(firingRow));
                }
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
