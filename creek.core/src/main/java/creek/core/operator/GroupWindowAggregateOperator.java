package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.internal.state.NumberedTable;
import creek.core.internal.state.StateCell;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Aggregates by key and window, each window for itself, and may emit results before a window has ended and again when rows come late. In the
 * form of {@link WindowAggregateOperator}, which serves where windows emit only once and can be cut into slices. A row all of whose windows are
 * past their end and the allowed lateness is dropped and counted as late.
 */
public final class GroupWindowAggregateOperator extends BufferingOperator {
    // what it computes
    private final Windows windows;
    private final KeySelector keys;
    private final Accumulator prototype;
    private final WindowEmitStrategy strategy;
    private final PaneResults results;
    private final ZoneShift zone;

    // state
    private final TreeMap<Long, WindowPane> panes = new TreeMap<>();
    private final PaneTimers timers = new PaneTimers();
    private final NumberedTable<WindowPane.Group> groups;
    private long progress = Long.MIN_VALUE;

    /** When the first window is to be emitted or let go of; kept, since many may wait for late rows after they were emitted. */
    private long nextDue = Long.MAX_VALUE;

    // emission in progress: how far it goes, and its place
    private boolean emitting;
    private long firing = Long.MIN_VALUE;
    private long firingTimers = Long.MIN_VALUE;
    private int firingGroup;
    private int stepsLeft;

    // reused
    private long wakeUp = Long.MAX_VALUE;
    private final BinaryWriter key = new BinaryWriter();

    /**
     * @param keys       the grouping columns, none for one group in all
     * @param prototype  makes the groups' accumulators
     * @param columns    of what is emitted
     * @param updateBefore whether {@code -U} rows are wanted
     */
    public GroupWindowAggregateOperator(Windows windows, KeySelector keys, Accumulator prototype, Schema columns, WindowEmitStrategy strategy,
            boolean updateBefore) {
        this.windows = Objects.requireNonNull(windows, "windows");
        this.keys = Objects.requireNonNull(keys, "keys");
        this.prototype = Objects.requireNonNull(prototype, "prototype");
        this.strategy = Objects.requireNonNull(strategy, "strategy");
        this.zone = new ZoneShift(windows.zone());
        this.results = new PaneResults(windows, zone, keys, columns.size(), strategy.producesUpdates(), updateBefore);
        groups = new NumberedTable<>(new WindowPane.GroupForm(keys.form() + ", " + prototype.form() + " by " + windows.form(), prototype, columns),
                this::restore);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        prototype.open(newContext);
        groups.keep(newContext, "groups");
        StateCell.keep(newContext, "progress", "time", to -> to.writeLong(progress), from -> progress = from.readLong());
        wakeForProcessingTime();
    }

    private void restore(WindowPane.Group group) {
        WindowPane pane = panes.computeIfAbsent(group.pane.end, WindowPane::new);
        group.pane = pane;
        pane.add(group);
        timers.restore(group);
        // the first look at the windows finds out
        nextDue = Long.MIN_VALUE;
    }

    @Override
    public void process(Row row) throws Exception {
        long local = zone.toLocal(windows.isEventTime() ? eventTime(row, windows.timeColumn())
                // a clock that is put back must not lead into a window that has been emitted
                : Math.max(context.clock().millis(), progress + 1));
        key.reset();
        keys.write(row, key);
        boolean late = false;
        boolean taken = false;
        for (long end = windows.lastWindowEndOf(local); end > local; end -= windows.interval()) {
            if (closesAt(end) <= progress) {
                late = true;
            } else {
                taken = true;
                add(row, end);
            }
        }
        if (late && !taken) {
            context.countLate(row, progress - row.getLong(windows.timeColumn()));
        }
    }

    private void add(Row row, long end) throws Exception {
        WindowPane pane = panes.get(end);
        if (pane == null) {
            pane = new WindowPane(end);
            panes.put(end, pane);
            nextDue = Math.min(nextDue, firesAt(end));
            wakeForProcessingTime();
        }
        WindowPane.Group group = pane.groupOf(key);
        if (group == null) {
            group = pane.add(new WindowPane.Group(pane, key.toBytes(), prototype.newInstance()));
            groups.add(group, Utf8.hash(key.bytes(), 0, key.size()));
        } else {
            groups.touch(group);
        }
        if (row.kind().isRetraction()) {
            group.accumulator.retract(row);
        } else {
            group.accumulator.accumulate(row);
        }
        if (windows.isEventTime() && firesAt(end) <= progress) {
            if (group.fired && strategy.lateDelay() > 0) {
                setTimer(group, strategy.lateDelay());
            } else {
                results.emit(group, output);
            }
        } else if (strategy.earlyDelay() == 0) {
            results.emit(group, output);
        } else if (strategy.earlyDelay() > 0) {
            setTimer(group, strategy.earlyDelay());
        }
    }

    /** The watermark, or the processing time, at which the window with that end has ended. */
    private long firesAt(long end) {
        return zone.toTimer(end - 1);
    }

    /** The watermark at which the window with that end takes no more rows. */
    private long closesAt(long end) {
        return firesAt(end) + (windows.isEventTime() ? strategy.allowedLateness() : 0);
    }

    private void setTimer(WindowPane.Group group, long delay) {
        if (group.timer == WindowPane.NO_TIMER) {
            timers.set(group, context.clock().millis() + delay);
            wakeForProcessingTime();
        }
    }

    private void wakeForProcessingTime() {
        long next = timers.next();
        if (!windows.isEventTime() && !panes.isEmpty()) {
            next = Math.min(next, firesAt(panes.firstKey()) + 1);
        }
        if (next < wakeUp) {
            wakeUp = next;
            context.wakeAt(next);
        }
    }

    @Override
    public void watermark(long watermark) throws Exception {
        // one that is told again after a restart has fired what was there: what came since waits for the next
        if (windows.isEventTime() && watermark > progress) {
            firing = watermark;
            beginEmission();
        } else {
            output.watermark(watermark);
        }
    }

    @Override
    public void processingTime(long now) throws Exception {
        wakeUp = Long.MAX_VALUE;
        firingTimers = now;
        if (!windows.isEventTime()) {
            firing = now - 1;
        }
        beginEmission();
    }

    private void beginEmission() throws Exception {
        emitting = true;
        if (!resume()) {
            context.resumeLater();
        }
    }

    /** Emits what is due by the clock, then windows that have ended, in order of their ends, then the watermark that ended them. */
    @Override
    public boolean resume() throws Exception {
        if (!super.resume()) {
            return false;
        }
        if (!emitting) {
            return true;
        }
        stepsLeft = STEP_ROWS;
        // windows that rows came for when they had ended wait for another watermark, not for the clock
        if (!emitByTimers() || firing > progress && !emitWindows() || !canEmit()) {
            return false;
        }
        boolean advanced = firing > progress;
        progress = Math.max(progress, firing);
        emitting = false;
        if (windows.isEventTime() && advanced) {
            output.watermark(progress);
        }
        wakeForProcessingTime();
        return isDrained();
    }

    private boolean canEmit() {
        return isDrained() && !context.isOutputBusy();
    }

    private boolean step() {
        return stepsLeft-- > 0 && canEmit();
    }

    private boolean emitByTimers() throws Exception {
        while (timers.next() <= firingTimers) {
            if (!step()) {
                return false;
            }
            PaneTimers.Timer timer = timers.poll();
            WindowPane.Group group = timer.group();
            long delay = group.fired ? strategy.lateDelay() : strategy.earlyDelay();
            if (delay > 0 && group.timer == timer.time() && panes.get(group.pane.end) == group.pane) {
                groups.touch(group);
                timers.set(group, timer.time() + delay);
                results.emit(group, output);
            }
        }
        return true;
    }

    private boolean emitWindows() throws Exception {
        for (WindowPane pane = nextDue(); pane != null; pane = nextDue()) {
            for (; !pane.fired && firingGroup < pane.groups.size(); firingGroup++) {
                if (!step()) {
                    return false;
                }
                WindowPane.Group group = pane.groups.get(firingGroup);
                groups.touch(group);
                group.fired = true;
                results.emit(group, output);
            }
            firingGroup = 0;
            pane.fired = true;
            if (closesAt(pane.end) <= firing) {
                panes.remove(pane.end);
                groups.removeAll(pane.groups);
            }
        }
        return true;
    }

    /** The first window to emit or to let go of; null if there is none. */
    private WindowPane nextDue() {
        if (nextDue > firing) {
            return null;
        }
        nextDue = Long.MAX_VALUE;
        for (WindowPane pane : panes.values()) {
            nextDue = Math.min(nextDue, pane.fired ? closesAt(pane.end) : firesAt(pane.end));
            if (nextDue <= firing) {
                return pane;
            }
            if (!pane.fired) {
                break;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return windows + " group window aggregate";
    }
}
