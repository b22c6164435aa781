package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.Row;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.OperatorState;
import java.util.Objects;
import java.util.Optional;

/**
 * Aggregates by key and window. Emits a window's groups when the watermark has reached its last millisecond: the key columns, the
 * aggregates, {@code window_start}, {@code window_end} (local time) and {@code window_time} (the last millisecond, in the time attribute's
 * own type). Rows all of whose windows have been emitted are dropped and counted as late.
 */
public final class WindowAggregateOperator extends Operator {
    // what it computes
    private final Windows windows;
    private final KeySelector keys;
    private final Accumulator prototype;
    private final ZoneShift zone;
    private final boolean attached;

    // state
    private final KeyTable groups;
    private final SliceList slices;
    private final WindowContent content;
    private long progress = Long.MIN_VALUE;
    /** Whether anybody further down wants to know of each watermark, of which there are nearly as many as rows. */
    private boolean passesOn;

    // the slice that the last row went to, by local time
    private Slice current;
    private int currentPlace;
    private boolean currentIsMerged;
    private long currentStart;
    private long currentEnd;

    // emission in progress
    private long nextFiring = Long.MAX_VALUE;
    private long firing;
    private boolean prepared;

    // reused
    private final BinaryReader keyReader = new BinaryReader();
    private final Row out;

    /**
     * @param keys       the grouping columns, none for one group in all
     * @param prototype  makes the groups' accumulators
     * @param aggregates number of columns that an accumulator emits
     */
    public WindowAggregateOperator(Windows windows, KeySelector keys, Accumulator prototype, int aggregates) {
        if (!windows.isSliced()) {
            throw new IllegalArgumentException(windows + " can't be cut into slices");
        }
        this.windows = windows;
        this.keys = Objects.requireNonNull(keys, "keys");
        this.prototype = Objects.requireNonNull(prototype, "prototype");
        this.zone = new ZoneShift(windows.zone());
        this.attached = windows.isAttached();
        this.groups = new KeyTable(keys);
        this.slices = new SliceList(windows, prototype, groups);
        this.content = WindowContent.of(windows, slices, prototype, groups);
        this.out = new Row(keys.size() + aggregates + 3);
    }

    /** What aggregates parts of what this one does, before rows are exchanged; empty where parts can't be put together, or are not worth it. */
    public Optional<LocalWindowAggregateOperator> local() {
        boolean can = windows.isEventTime() && !attached && prototype.isFixedSize() && prototype.functionStates().isEmpty();
        return can ? Optional.of(new LocalWindowAggregateOperator(windows, keys, prototype, ofPartials())) : Optional.empty();
    }

    /** The same over such parts. */
    private WindowAggregateOperator ofPartials() {
        return new WindowAggregateOperator(windows.over(keys.size()), keys.inFront(), new PartialAccumulator(prototype.newInstance(), keys.size() + 1),
                out.arity() - keys.size() - 3);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        passesOn = newOutput.heedsWatermarks();
        prototype.open(newContext);
        OperatorState.keep(newContext, "slices", new SliceTable(this, keys.form() + ", " + prototype.form() + " by slice of " + windows.form(),
                EntryRows.describingThemselves(prototype.functionStates()), groups, slices, content));
        planFiring();
    }

    @Override
    public void process(Row row) throws Exception {
        long time = attached ? time(row) - 1 : zone.toLocal(time(row));
        if (time < currentStart || time >= currentEnd) {
            if (!findSlice(time)) {
                context.countLate(row, progress - (attached ? time : time(row)));
                return;
            }
        }
        int group = groups.number(keys, row);
        if (currentIsMerged) {
            content.add(currentPlace, group, row);
        } else {
            current.add(group, row);
        }
    }

    /** The numbers of keys. */
    KeyTable groups() {
        return groups;
    }

    /**
     * Adds what a slice has of one of its keys, where both have the same numbers of keys.
     *
     * @return false if it has to come as a row: it is late, or its slice has gone into others
     */
    boolean merge(long rowTime, Slice part, int place) throws Exception {
        long time = zone.toLocal(rowTime);
        if ((time < currentStart || time >= currentEnd) && !findSlice(time) || currentIsMerged) {
            return false;
        }
        part.mergeInto(current, place);
        return true;
    }

    /** Whether each watermark goes on further down, known once this is open. */
    boolean passesOn() {
        return passesOn;
    }

    private long time(Row row) {
        if (!windows.isEventTime()) {
            // A clock that is put back must not lead into a window that has been emitted.
            return Math.max(context.clock().millis(), progress + 1);
        }
        if (row.isNullAt(windows.timeColumn())) {
            throw new IllegalArgumentException("the time attribute of a row is NULL, so that the row belongs to no window");
        }
        return row.getLong(windows.timeColumn());
    }

    /** Makes the slice of a time the current one; false if all its windows have been emitted. */
    private boolean findSlice(long time) throws Exception {
        long end = windows.sliceEnd(time);
        int place = slices.find(end);
        if (place < 0) {
            if (firesAt(windows.lastWindowEnd(end)) <= progress) {
                return false;
            }
            place = -place - 1;
            slices.insert(place, end, nextWindow(end));
            content.inserted(place);
            planFiring();
        }
        current = slices.get(place);
        currentPlace = place;
        currentIsMerged = content.isMerged(place);
        currentEnd = end;
        currentStart = end - windows.interval();
        return true;
    }

    /** The end of the first window of a slice that has not been emitted yet. */
    long nextWindow(long sliceEnd) {
        long window = sliceEnd;
        while (firesAt(window) <= progress) {
            window += windows.interval();
        }
        return window;
    }

    /** Whether a slice is part of several windows. */
    boolean isShared(long sliceEnd) {
        return windows.lastWindowEnd(sliceEnd) > sliceEnd;
    }

    /** Called when the current slice may have gone, or be another one now. */
    void leaveSlice() {
        current = null;
        currentEnd = currentStart;
    }

    /** Up to which time windows have been emitted. */
    long progress() {
        return progress;
    }

    /** Goes on from there. */
    void restore(long newProgress) {
        progress = newProgress;
    }

    /** The watermark, or the processing time, that closes the window with that end. */
    private long firesAt(long windowEnd) {
        return zone.toTimer(windowEnd - 1);
    }

    private void planFiring() {
        long planned = nextFiring;
        nextFiring = slices.isEmpty() ? Long.MAX_VALUE : firesAt(slices.nextWindow());
        if (!windows.isEventTime() && nextFiring != planned && nextFiring != Long.MAX_VALUE) {
            context.wakeAt(nextFiring + 1);
        }
    }

    @Override
    public void watermark(long watermark) throws Exception {
        if (!windows.isEventTime()) {
            output.watermark(watermark);
        } else if (nextFiring > watermark) {
            progress = Math.max(progress, watermark);
            if (passesOn) {
                output.watermark(watermark);
            }
        } else {
            fireUpTo(watermark);
        }
    }

    @Override
    public void processingTime(long now) throws Exception {
        fireUpTo(now - 1);
    }

    private void fireUpTo(long time) throws Exception {
        firing = time;
        if (!resume()) {
            context.resumeLater();
        }
    }

    /** Emits windows that are due, in order of their ends, then the watermark that made them so. */
    @Override
    public boolean resume() throws Exception {
        int steps = 0;
        while (!slices.isEmpty() && nextFiring <= firing) {
            long end = slices.nextWindow();
            while (!prepared) {
                if (steps++ == STEP_ROWS) {
                    return false;
                }
                prepared = content.prepare(end);
            }
            setWindowColumns(end);
            while (true) {
                if (steps++ >= STEP_ROWS || context.isOutputBusy()) {
                    return false;
                }
                int group = content.next();
                if (group < 0) {
                    break;
                }
                emit(group, content.current());
            }
            content.close(end);
            prepared = false;
            leaveSlice();
            planFiring();
        }
        if (context.isOutputBusy()) {
            return false;
        }
        progress = Math.max(progress, firing);
        if (windows.isEventTime()) {
            output.watermark(firing);
        }
        return true;
    }

    /** Emits a group, unless all its rows were taken back. */
    private void emit(int group, Accumulator result) throws Exception {
        if (!result.isEmpty()) {
            keyReader.reset(groups.key(group), 0, groups.length(group));
            keys.read(keyReader, out, 0);
            result.emit(out, keys.size());
            output.process(out);
        }
    }

    /** The last columns are the same for all rows of a window. */
    private void setWindowColumns(long end) {
        int column = out.arity() - 3;
        out.setLong(column, windows.windowStart(end));
        out.setLong(column + 1, end);
        out.setLong(column + 2, zone.toEpoch(end - 1));
    }

    @Override
    public String toString() {
        return windows + " aggregate";
    }
}
