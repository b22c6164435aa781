package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.internal.state.TimedGroup;
import creek.core.internal.state.TimedGroups;
import creek.core.internal.state.TimedRows;
import creek.core.internal.state.TimerQueue;
import java.util.List;
import java.util.Objects;

/**
 * Joins rows of two streams by key whose times lie close together: {@code right + lower <= left <= right + upper}. A row is kept until the
 * watermark, or the clock for processing time, says that no partner can come; on an outer side one without a partner is then given padded with
 * nulls. Watermarks are held back by as long as a row may have to wait, so that results are not late. What waits for the clock when the input
 * ends is not given.
 */
public final class IntervalJoinOperator extends MultiInputOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    // what it computes
    private final JoinType type;
    private final JoinInput[] sides;
    private final boolean processingTime;
    private final int[] timeColumns;
    private final long lower;
    private final long upper;
    private final JoinRow joined;

    // state
    private final TimedGroups groups = new TimedGroups();
    /** By side, groups that have rows to drop; void if the group has another time for that side. */
    private final List<TimerQueue<TimedGroup>> expiries = List.of(new TimerQueue<>(), new TimerQueue<>());
    private long nextExpiry = Long.MAX_VALUE;
    private long watermark = Long.MIN_VALUE;

    // reused
    private final BinaryWriter key = new BinaryWriter();
    private final BinaryWriter bytes = new BinaryWriter();

    /**
     * @param processingTime whether a row's time is that at which it comes
     * @param leftTime  the left side's event time
     * @param rightTime the right side's event time
     * @param lower     how far, in milliseconds, the left time lies behind the right one at least; may be negative
     * @param upper     how far at most
     * @param condition a calc without columns over the left and the right columns that pairs must pass besides; null for none
     */
    public IntervalJoinOperator(JoinType type, JoinInput left, JoinInput right, boolean processingTime, int leftTime, int rightTime,
            long lower, long upper, Calc condition) {
        super(2);
        this.type = Objects.requireNonNull(type, "type");
        this.sides = new JoinInput[] {left, right};
        this.processingTime = processingTime;
        this.timeColumns = new int[] {leftTime, rightTime};
        this.lower = lower;
        this.upper = upper;
        this.joined = new JoinRow(left.schema(), right.schema(), condition);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        joined.open(newContext);
        groups.keep(newContext, "rows", sides[LEFT].form() + " and " + sides[RIGHT].form(),
                List.of(sides[LEFT].schema(), sides[RIGHT].schema()), this::restored);
    }

    private void restored(TimedGroup group) {
        for (int side = LEFT; side <= RIGHT; side++) {
            if (group.size(side) > 0) {
                plan(group, side, expiry(side, group.rows(side).time(0)));
            }
        }
    }

    @Override
    protected void process(int input, Row row) throws Exception {
        joined.set(input, row);
        boolean matched = false;
        if (processingTime) {
            passed(context.clock().millis());
        }
        boolean hasKey = !sides[input].keys().hasNull(row);
        if ((hasKey || isOuter(input)) && (processingTime || !row.isNullAt(timeColumns[input]))) {
            long time = processingTime ? watermark + 1 : row.getLong(timeColumns[input]);
            key.reset();
            sides[input].keys().write(row, key);
            TimedGroup group = groups.get(key);
            matched = hasKey && group != null && joinWith(group, input, time);
            if (expiry(input, time) > watermark) {
                keep(group, input, row, time, matched);
                return;
            }
        }
        if (!matched && isOuter(input)) {
            emitAlone(input);
        }
    }

    /** Joins the row at hand with the other side's; whether any of them matches. */
    private boolean joinWith(TimedGroup group, int input, long time) throws Exception {
        int otherSide = 1 - input;
        TimedRows others = group.rows(otherSide);
        if (others == null) {
            return false;
        }
        long latest = input == LEFT ? time - lower : time + upper;
        boolean matched = false;
        for (int i = others.before(input == LEFT ? time - upper : time + lower); i < others.size() && others.time(i) <= latest; i++) {
            joined.set(otherSide, others.row(i));
            if (joined.matches()) {
                matched = true;
                markIfOuter(others, i, otherSide);
                output.process(joined.as(RowKind.INSERT));
            }
        }
        return matched;
    }

    /** Notes that a row has a partner, where it would else be given alone in the end. */
    private void markIfOuter(TimedRows rows, int place, int side) {
        if (isOuter(side) && !rows.isMarked(place)) {
            groups.touch();
            rows.mark(place);
        }
    }

    private void keep(TimedGroup known, int side, Row row, long time, boolean matched) {
        bytes.reset();
        joined.serializer(side).write(row, bytes);
        TimedGroup group = groups.add(known, key, side, time, bytes, matched && isOuter(side));
        plan(group, side, expiry(side, time));
    }

    private void plan(TimedGroup group, int side, long expiry) {
        if (expiry < group.due(side)) {
            group.setDue(side, expiry);
            expiries.get(side).add(expiry, group);
            if (expiry < nextExpiry) {
                nextExpiry = expiry;
                wakeForExpiry();
            }
        }
    }

    /** The watermark from which on a side's row of that time can have no new partner. */
    private long expiry(int side, long time) {
        return side == LEFT ? time - lower : time + upper;
    }

    private boolean isOuter(int side) {
        return side == LEFT ? type.isLeftOuter() : type.isRightOuter();
    }

    private void emitAlone(int side) throws Exception {
        joined.setNull(1 - side);
        output.process(joined.as(RowKind.INSERT));
    }

    @Override
    public void processingTime(long now) throws Exception {
        passed(now);
        expire();
        wakeForExpiry();
    }

    /** At that time rows may still come: the last moment that none can come of is the one before. */
    private void passed(long now) {
        watermark = now - 1;
    }

    private void wakeForExpiry() {
        if (processingTime && nextExpiry < Long.MAX_VALUE) {
            context.wakeAt(nextExpiry + 1);
        }
    }

    @Override
    public void watermark(long newWatermark) throws Exception {
        if (processingTime) {
            output.watermark(newWatermark);
            return;
        }
        watermark = newWatermark;
        expire();
        long delay = Math.max(0, Math.max(-lower, upper));
        boolean isLimit = newWatermark == Long.MAX_VALUE || newWatermark == Long.MIN_VALUE;
        output.watermark(isLimit ? newWatermark : newWatermark - delay);
    }

    /** Drops what no partner can come for any more. */
    private void expire() throws Exception {
        while (nextExpiry <= watermark && nextExpiry < Long.MAX_VALUE) {
            int side = expiries.get(LEFT).firstTime() == nextExpiry ? LEFT : RIGHT;
            TimedGroup due = expiries.get(side).poll();
            if (due.due(side) == nextExpiry) {
                expire(due, side);
            }
            nextExpiry = Math.min(expiries.get(LEFT).firstTime(), expiries.get(RIGHT).firstTime());
        }
    }

    private void expire(TimedGroup group, int side) throws Exception {
        TimedRows rows = group.rows(side);
        int expired = 0;
        for (; expired < rows.size() && expiry(side, rows.time(expired)) <= watermark; expired++) {
            if (isOuter(side) && !rows.isMarked(expired)) {
                joined.set(side, rows.row(expired));
                emitAlone(side);
            }
        }
        groups.removeFirst(group, side, expired);
        group.setDue(side, Long.MAX_VALUE);
        if (!groups.removeIfEmpty(group) && rows.size() > 0) {
            plan(group, side, expiry(side, rows.time(0)));
        }
    }

    @Override
    public long kept() {
        return groups.rows();
    }

    @Override
    public String toString() {
        return type + " interval join";
    }
}
