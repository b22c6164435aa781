package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.internal.state.TimedGroup;
import creek.core.internal.state.TimedGroups;
import creek.core.internal.state.TimedRows;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * {@code FOR SYSTEM_TIME AS OF}: joins each left row with the version that its key's right row had at the left row's event time. Left rows
 * wait until the watermark of both sides has reached them; of the right side are kept the versions since then and the last one before.
 */
public final class TemporalJoinOperator extends MultiInputOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    /** A time when a group has something to do; void if the group has an earlier one. */
    private record Due(long watermark, TimedGroup group) {
    }

    // what it computes
    private final boolean outer;
    private final JoinInput[] sides;
    private final int[] timeColumns;
    private final JoinRow joined;

    // state
    private final TimedGroups groups = new TimedGroups();
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
        this.sides = new JoinInput[] {Objects.requireNonNull(left, "left"), Objects.requireNonNull(right, "right")};
        this.timeColumns = new int[] {leftTime, rightTime};
        this.joined = new JoinRow(left.schema(), right.schema(), condition);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        joined.open(newContext);
        groups.keep(newContext, "rows", sides[LEFT].form() + " and versions of " + sides[RIGHT].form(),
                List.of(sides[LEFT].schema(), sides[RIGHT].schema()), this::planNext);
    }

    @Override
    protected void process(int input, Row row) throws Exception {
        if (row.isNullAt(timeColumns[input])) {
            throw new IllegalArgumentException("the time attribute of a row is NULL, so that no version can be found for it");
        }
        if (sides[input].keys().hasNull(row)) {
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
        sides[input].keys().write(row, key);
        bytes.reset();
        joined.serializer(input).write(row, bytes);
        long time = row.getLong(timeColumns[input]);
        // of the right side those are marked that say that a row was deleted
        plan(groups.add(groups.get(key), key, input, time, bytes, row.kind().isRetraction()), time);
    }

    private void plan(TimedGroup group, long time) {
        if (time < group.due(LEFT)) {
            group.setDue(LEFT, time);
            dues.add(new Due(time, group));
        }
    }

    @Override
    public void watermark(long watermark) throws Exception {
        while (!dues.isEmpty() && dues.peek().watermark <= watermark) {
            Due due = dues.remove();
            if (due.group.due(LEFT) == due.watermark) {
                advance(due.group, watermark);
            }
        }
        output.watermark(watermark);
    }

    private void advance(TimedGroup group, long watermark) throws Exception {
        TimedRows left = group.rows(LEFT);
        int ready = 0;
        for (; ready < group.size(LEFT) && left.time(ready) <= watermark; ready++) {
            emit(group, ready);
        }
        groups.removeFirst(group, LEFT, ready);
        TimedRows right = group.rows(RIGHT);
        int known = 0;
        while (known < group.size(RIGHT) && right.time(known) <= watermark) {
            known++;
        }
        boolean ended = known > 0 && right.isMarked(known - 1);
        groups.removeFirst(group, RIGHT, ended ? known : Math.max(0, known - 1));
        group.setDue(LEFT, Long.MAX_VALUE);
        if (!groups.removeIfEmpty(group)) {
            planNext(group);
        }
    }

    /** Plans for the next row that has to be joined, or version that can be forgotten. */
    private void planNext(TimedGroup group) {
        TimedRows right = group.rows(RIGHT);
        if (group.size(LEFT) > 0) {
            plan(group, group.rows(LEFT).time(0));
        } else if (group.size(RIGHT) > 1) {
            plan(group, right.time(1));
        } else if (right.isMarked(0)) {
            plan(group, right.time(0));
        }
    }

    private void emit(TimedGroup group, int place) throws Exception {
        TimedRows left = group.rows(LEFT);
        joined.set(LEFT, left.row(place));
        RowKind kind = left.isMarked(place) ? RowKind.DELETE : RowKind.INSERT;
        long time = left.time(place);
        TimedRows right = group.rows(RIGHT);
        int version = right == null ? -1 : time == Long.MAX_VALUE ? right.size() - 1 : right.before(time + 1) - 1;
        if (version >= 0 && !right.isMarked(version)) {
            joined.set(RIGHT, right.row(version));
            if (joined.matches()) {
                output.process(joined.as(kind));
                return;
            }
        }
        if (outer) {
            emitAlone();
        }
    }

    @Override
    public long kept() {
        return groups.rows();
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
