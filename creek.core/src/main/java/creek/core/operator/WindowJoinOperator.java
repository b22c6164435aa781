package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.internal.state.KeyMap;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Joins rows of two streams that are in the same window, by key. Emits a window's rows when the watermark of both has reached its last
 * millisecond, and then forgets them. Rows of windows that have been emitted are dropped and counted as late.
 */
public final class WindowJoinOperator extends MultiInputOperator {
    /** What a window join gives. */
    public enum Kind {
        /** Pairs. */
        INNER,
        /** Pairs, and rows of the left side without a partner. */
        LEFT,
        /** Pairs, and rows of the right side without a partner. */
        RIGHT,
        /** Pairs, and rows of both sides without a partner. */
        FULL,
        /** Rows of the left side that have a partner. */
        SEMI,
        /** Rows of the left side that have none. */
        ANTI
    }

    private final Kind kind;
    private final JoinInput[] sides;
    private final int[] windowEnds;
    private final ZoneShift zone;
    private final JoinRow joined;

    /** By the end of the window. */
    private final TreeMap<Long, Window> windows = new TreeMap<>();
    /** The watermark that closes the first window. */
    private long nextFiring = Long.MAX_VALUE;
    private long progress = Long.MIN_VALUE;
    private final BinaryWriter key = new BinaryWriter();

    /** The rows of one key; those with a null among the keys are each alone. */
    private static final class Group {
        final List<List<Row>> rows = List.of(new ArrayList<>(1), new ArrayList<>(1));
    }

    /** The groups of one window, in order of their arrival, and by key. */
    private static final class Window {
        final KeyMap<Group> byKey = new KeyMap<>();
        final List<Group> groups = new ArrayList<>();
    }

    /**
     * @param leftWindowEnd  place of {@code window_end} in the left rows
     * @param rightWindowEnd place of {@code window_end} in the right rows
     * @param zone           the session's zone if the windows are over a TIMESTAMP_LTZ; else null
     * @param condition      a calc without columns over the left and the right columns that pairs must pass besides; null for none
     */
    public WindowJoinOperator(Kind kind, JoinInput left, JoinInput right, int leftWindowEnd, int rightWindowEnd, ZoneId zone, Calc condition) {
        super(2);
        this.kind = Objects.requireNonNull(kind, "kind");
        sides = new JoinInput[] {left, right};
        windowEnds = new int[] {leftWindowEnd, rightWindowEnd};
        this.zone = new ZoneShift(zone);
        joined = new JoinRow(left.schema(), right.schema(), condition);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        joined.open(newContext);
    }

    @Override
    protected void process(int input, Row row) throws Exception {
        long end = row.getLong(windowEnds[input]);
        if (zone.toTimer(end - 1) <= progress) {
            context.countLate();
            return;
        }
        Window window = windows.get(end);
        if (window == null) {
            window = new Window();
            windows.put(end, window);
            planFiring();
        }
        group(window, sides[input].keys(), row).rows.get(input).add(row.copy());
    }

    private Group group(Window window, KeySelector keys, Row row) {
        boolean alone = keys.hasNull(row);
        key.reset();
        keys.write(row, key);
        Group group = alone ? null : window.byKey.get(key);
        if (group == null) {
            group = new Group();
            window.groups.add(group);
            if (!alone) {
                window.byKey.add(key.toBytes(), group);
            }
        }
        return group;
    }

    private void planFiring() {
        nextFiring = windows.isEmpty() ? Long.MAX_VALUE : zone.toTimer(windows.firstKey() - 1);
    }

    @Override
    public void watermark(long watermark) throws Exception {
        while (nextFiring <= watermark && !windows.isEmpty()) {
            for (Group group : windows.pollFirstEntry().getValue().groups) {
                emit(group.rows.get(0), group.rows.get(1));
            }
            planFiring();
        }
        progress = watermark;
        output.watermark(watermark);
    }

    private void emit(List<Row> left, List<Row> right) throws Exception {
        boolean[] matched = new boolean[right.size()];
        for (Row row : left) {
            boolean found = false;
            joined.set(0, row);
            for (int i = 0; i < matched.length; i++) {
                joined.set(1, right.get(i));
                if (joined.matches()) {
                    found = true;
                    matched[i] = true;
                    if (kind == Kind.SEMI || kind == Kind.ANTI) {
                        break;
                    }
                    output.process(joined.as(RowKind.INSERT));
                }
            }
            if (kind == Kind.SEMI && found || kind == Kind.ANTI && !found) {
                output.process(row);
            } else if (!found && (kind == Kind.LEFT || kind == Kind.FULL)) {
                joined.setNull(1);
                output.process(joined.as(RowKind.INSERT));
            }
        }
        if (kind == Kind.RIGHT || kind == Kind.FULL) {
            joined.setNull(0);
            for (int i = 0; i < matched.length; i++) {
                if (!matched[i]) {
                    joined.set(1, right.get(i));
                    output.process(joined.as(RowKind.INSERT));
                }
            }
        }
    }

    @Override
    public String toString() {
        return kind + " window join";
    }
}
