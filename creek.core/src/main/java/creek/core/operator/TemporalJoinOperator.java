package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.TimedRows;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * {@code FOR SYSTEM_TIME AS OF}: joins each left row with the version that its key's right row had at the left row's event time. Left rows
 * wait until the watermark of both sides has reached them; of the right side are kept the versions since then and the last one before.
 */
public final class TemporalJoinOperator extends MultiInputOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private static final class Group {
        final byte[] key;
        final TimedRows left = new TimedRows();
        /** Versions; marked where the row was deleted. */
        final TimedRows right = new TimedRows();
        /** When there is something to do next. */
        long due = Long.MAX_VALUE;

        Group(byte[] key) {
            this.key = key;
        }
    }

    /** A time when a group has something to do; void if the group has an earlier one. */
    private record Due(long watermark, Group group) {
    }

    // what it computes
    private final boolean outer;
    private final KeySelector[] keys;
    private final int[] timeColumns;
    private final JoinRow joined;

    // state
    private final KeyMap<Group> groups = new KeyMap<>();
    private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparingLong(Due::watermark));

    // reused
    private final BinaryWriter key = new BinaryWriter();
    private final BinaryWriter bytes = new BinaryWriter();

    /**
     * @param outer     whether left rows without a partner are given, padded with nulls
     * @param leftTime  the left side's event time
     * @param rightTime the event time since when a right row is valid
     * @param condition a calc without columns over the left and the right columns that pairs must pass besides; null for none
     */
    public TemporalJoinOperator(boolean outer, JoinInput left, JoinInput right, int leftTime, int rightTime, Calc condition) {
        super(2);
        this.outer = outer;
        this.keys = new KeySelector[] {Objects.requireNonNull(left, "left").keys(), Objects.requireNonNull(right, "right").keys()};
        this.timeColumns = new int[] {leftTime, rightTime};
        this.joined = new JoinRow(left.schema(), right.schema(), condition);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        joined.open(newContext);
    }

    @Override
    protected void process(int input, Row row) throws Exception {
        if (row.isNullAt(timeColumns[input])) {
            throw new IllegalArgumentException("the time attribute of a row is NULL, so that no version can be found for it");
        }
        if (keys[input].hasNull(row)) {
            if (input == LEFT && outer) {
                joined.set(LEFT, row);
                emitAlone();
            }
            return;
        }
        if (row.kind() == RowKind.UPDATE_BEFORE && input == RIGHT) {
            // the new form of the row follows, and ends the validity of this one
            return;
        }
        key.reset();
        keys[input].write(row, key);
        Group group = groups.get(key);
        if (group == null) {
            group = new Group(key.toBytes());
            groups.add(group.key, group);
        }
        long time = row.getLong(timeColumns[input]);
        bytes.reset();
        joined.serializer(input).write(row, bytes);
        (input == LEFT ? group.left : group.right).add(time, bytes.toBytes(), row.kind().isRetraction());
        plan(group, time);
    }

    private void plan(Group group, long time) {
        if (time < group.due) {
            group.due = time;
            dues.add(new Due(time, group));
        }
    }

    @Override
    public void watermark(long watermark) throws Exception {
        while (!dues.isEmpty() && dues.peek().watermark <= watermark) {
            Due due = dues.remove();
            if (due.group.due == due.watermark) {
                advance(due.group, watermark);
            }
        }
        output.watermark(watermark);
    }

    private void advance(Group group, long watermark) throws Exception {
        int ready = 0;
        for (; ready < group.left.size() && group.left.time(ready) <= watermark; ready++) {
            emit(group, ready);
        }
        group.left.removeFirst(ready);
        int known = 0;
        while (known < group.right.size() && group.right.time(known) <= watermark) {
            known++;
        }
        boolean ended = known > 0 && group.right.isMarked(known - 1);
        group.right.removeFirst(ended ? known : Math.max(0, known - 1));
        group.due = Long.MAX_VALUE;
        if (group.left.size() > 0) {
            plan(group, group.left.time(0));
        } else if (group.right.size() == 0) {
            groups.remove(group.key);
        } else if (group.right.size() > 1) {
            plan(group, group.right.time(1));
        }
    }

    private void emit(Group group, int place) throws Exception {
        joined.set(LEFT, group.left.row(place));
        RowKind kind = group.left.isMarked(place) ? RowKind.DELETE : RowKind.INSERT;
        long time = group.left.time(place);
        int version = time == Long.MAX_VALUE ? group.right.size() - 1 : group.right.before(time + 1) - 1;
        if (version >= 0 && !group.right.isMarked(version)) {
            joined.set(RIGHT, group.right.row(version));
            if (joined.matches()) {
                output.process(joined.as(kind));
                return;
            }
        }
        if (outer) {
            emitAlone();
        }
    }

    private void emitAlone() throws Exception {
        joined.setNull(RIGHT);
        output.process(joined.as(RowKind.INSERT));
    }

    @Override
    public String toString() {
        return (outer ? "left " : "") + "temporal join";
    }
}
