package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Aggregates what one subtask of a parallel job has of each slice and key, before rows go to the subtask that has the key: for many rows goes one. It emits the
 * key columns, a time in the slice, and the accumulator's content as a string of bytes, when the watermark has reached the slice's end, which it then has not told yet. So nothing
 * that was in time is late further down. Rows behind the watermark go at once.
 *
 * <p>It keeps nothing over a checkpoint: it is {@linkplain #emitHeld emptied} before each.
 */
public final class LocalWindowAggregateOperator extends Operator {
    /** With more keys in a slice, or more slices, all go: they take memory that nobody accounts for. */
    private static final int MOST_KEYS = 1 << 14;
    private static final int MOST_SLICES = 16;
    private static final int MOST_SPARES = 2;

    /** A slice with rows. */
    private static final class Part {
        private final long end;
        /** The time of its first row. */
        private final long time;
        private final Slice slice;

        Part(long end, long time, Slice slice) {
            this.end = end;
            this.time = time;
            this.slice = slice;
        }
    }

    // what it computes
    private final Windows windows;
    private final KeySelector keys;
    private final Accumulator prototype;
    private final ZoneShift zone;
    /** What puts the parts together. */
    private final WindowAggregateOperator whole;
    /** Which keys stay in this subtask, by their hashes. */
    private IntPredicate stays = hash -> false;
    /** Whether there is anybody further down who wants to know of each watermark, not only of those that may close windows. */
    private boolean tellsEach;

    // what it holds, and the slice that the last row went to, by local time
    /** Those of {@link #whole}, so that a key has the same number in both. */
    private final KeyTable groups;
    private final List<Part> parts = new ArrayList<>();
    private final Deque<Slice> spares = new ArrayDeque<>();
    private Part current;
    private long currentStart;
    private long currentEnd;
    private long watermark = Long.MIN_VALUE;
    /** The next watermark that those further down have to know. */
    private long nextTold = Long.MIN_VALUE + 1;
    private boolean isIdle;
    /** The watermark that makes the next of them go. */
    private long nextFiring = Long.MAX_VALUE;

    // emission in progress
    private long firing;
    private Part emitted;
    private int nextKey;
    private boolean goesIdle;

    // reused
    private final BinaryReader keyReader = new BinaryReader();
    private final BinaryWriter content = new BinaryWriter();
    private final Row out;

    LocalWindowAggregateOperator(Windows windows, KeySelector keys, Accumulator prototype, WindowAggregateOperator whole) {
        this.windows = windows;
        this.keys = keys;
        this.prototype = prototype;
        this.whole = whole;
        groups = whole.groups();
        zone = new ZoneShift(windows.zone());
        out = new Row(keys.size() + 2);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        // those further down have opened before
        tellsEach = whole.passesOn() || !zone.isFixed();
    }

    /** What puts the parts together that this operator emits. */
    public WindowAggregateOperator whole() {
        return whole;
    }

    /** How rows that this operator emits are spread. */
    public KeySelector emittedKey() {
        return keys.inFront();
    }

    /**
     * Has what there is of keys that stay in this subtask merged where parts are put together, rather than written into rows.
     *
     * @param newStays tells it of a key by its hash
     */
    public void keep(IntPredicate newStays) {
        stays = newStays;
    }

    @Override
    public void process(Row row) throws Exception {
        if (row.isNullAt(windows.timeColumn())) {
            throw new IllegalArgumentException("the time attribute of a row is NULL, so that the row belongs to no window");
        }
        long time = zone.toLocal(row.getLong(windows.timeColumn()));
        if (time < currentStart || time >= currentEnd) {
            findSlice(time, row.getLong(windows.timeColumn()));
        }
        current.slice.add(groups.number(keys, row), row);
        if (nextFiring <= watermark) {
            emitUpTo(watermark);
        } else if (isIdle || current.slice.size() >= MOST_KEYS || parts.size() > MOST_SLICES) {
            emitUpTo(Long.MAX_VALUE);
        }
    }

    private void findSlice(long time, long rowTime) {
        currentEnd = windows.sliceEnd(time);
        currentStart = currentEnd - windows.interval();
        for (int i = parts.size() - 1; i >= 0; i--) {
            current = parts.get(i);
            if (current.end == currentEnd) {
                return;
            }
        }
        current = new Part(currentEnd, rowTime, spares.isEmpty() ? new Slice(prototype, groups) : spares.pop());
        parts.add(current);
        nextFiring = Math.min(nextFiring, firesAt(current));
    }

    /** The watermark behind which rows of the slice may be late. */
    private long firesAt(Part part) {
        return zone.toTimer(part.end - 1);
    }

    @Override
    public void watermark(long reached) throws Exception {
        isIdle = false;
        watermark = reached;
        if (reached >= nextTold || reached >= nextFiring) {
            emitUpTo(reached);
        }
    }

    /** Nobody waits for this subtask from now on, so that windows may be emitted that it has something of: nothing is held. */
    @Override
    public void idle() throws Exception {
        isIdle = true;
        goesIdle = true;
        emitUpTo(Long.MAX_VALUE);
    }

    @Override
    public boolean emitHeld() throws Exception {
        if (!parts.isEmpty()) {
            emitUpTo(Long.MAX_VALUE);
        }
        return parts.isEmpty();
    }

    private void emitUpTo(long reached) throws Exception {
        firing = reached;
        if (!resume()) {
            context.resumeLater();
        }
    }

    /** Emits slices that are due, then what is known of time. */
    @Override
    public boolean resume() throws Exception {
        if (nextFiring <= firing && !emitSlices() || context.isOutputBusy()) {
            return false;
        }
        if (watermark >= nextTold) {
            nextTold = nextToTell();
            output.watermark(watermark);
        }
        if (goesIdle) {
            goesIdle = false;
            nextTold = watermark + 1;
            output.idle();
        }
        return true;
    }

    /** Between two ends of slices no window is closed. */
    private long nextToTell() {
        if (tellsEach || watermark > Long.MAX_VALUE - 2 * windows.interval()) {
            return watermark + 1;
        }
        return zone.toTimer(windows.sliceEnd(zone.toLocal(watermark) + 1) - 1);
    }

    private boolean emitSlices() throws Exception {
        int steps = 0;
        while (emitted != null || findDue()) {
            while (nextKey < emitted.slice.size()) {
                if (steps++ == STEP_ROWS || context.isOutputBusy()) {
                    return false;
                }
                if (!stays.test(groups.hash(emitted.slice.key(nextKey))) || !whole.merge(emitted.time, emitted.slice, nextKey)) {
                    emit(emitted, nextKey);
                }
                nextKey++;
            }
            letGo();
        }
        return true;
    }

    /** Makes the first slice that is due the one to be emitted; if none is, plans for the next. */
    private boolean findDue() {
        nextFiring = Long.MAX_VALUE;
        for (Part part : parts) {
            long at = firesAt(part);
            if (at <= firing && (emitted == null || part.end < emitted.end)) {
                emitted = part;
            }
            nextFiring = Math.min(nextFiring, at);
        }
        nextKey = 0;
        return emitted != null;
    }

    private void letGo() {
        parts.remove(emitted);
        if (emitted.slice.clear() && spares.size() < MOST_SPARES) {
            spares.push(emitted.slice);
        }
        emitted = null;
        current = null;
        currentEnd = currentStart;
    }

    private void emit(Part part, int place) throws Exception {
        int group = part.slice.key(place);
        keyReader.reset(groups.key(group), 0, groups.length(group));
        keys.read(keyReader, out, 0);
        out.setLong(keys.size(), part.time);
        content.reset();
        part.slice.get(group).write(content);
        out.setUtf8(keys.size() + 1, content.bytes(), 0, content.size());
        output.process(out);
    }

    @Override
    public String toString() {
        return "Local " + windows + " aggregate";
    }
}
