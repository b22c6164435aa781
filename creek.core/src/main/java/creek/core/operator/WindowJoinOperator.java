package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Utf8;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.Numbered;
import creek.core.internal.state.NumberedTable;
import creek.core.internal.state.ValueForm;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
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
    private final NumberedTable<Kept> kept;

    // emission in progress: how far it goes, and its place
    private long firing;
    private int firingGroup;
    private int leftRow;
    private int rightRow;
    /** The window that the last row went to, and its end; null if it may be gone. */
    private Window last;
    private long lastEnd;
    private boolean leftMatched;
    private final BitSet matched = new BitSet();
    private int stepsLeft;

    /** A row that came by an input. */
    private static final class Kept extends Numbered {
        final int input;
        final Row row;

        Kept(int input, Row row) {
            this.input = input;
            this.row = row;
        }
    }

    /** The rows of one key; those with a null among the keys are each alone. */
    private static final class Group {
        final List<List<Kept>> rows = List.of(new ArrayList<>(1), new ArrayList<>(1));
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
        kept = new NumberedTable<>(new KeptForm(), this::insert);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        joined.open(newContext);
        kept.keep(newContext, "rows");
        planFiring();
    }

    private final class KeptForm implements ValueForm<Kept> {
        private final RowSerializer[] serializers = {new RowSerializer(sides[0].schema()), new RowSerializer(sides[1].schema())};

        @Override
        public String text() {
            return "side, kind";
        }

        @Override
        public EntryRows entryRows() {
            return new EntryRows(List.of(sides[0].schema(), sides[1].schema()), (key, stored, target, upgrades) -> {
                byte side = stored.readByte();
                target.writeByte(side);
                EntryRows.copy(1, stored, target);
                upgrades.get(side).copy(stored, target);
            });
        }

        @Override
        public void write(Kept value, BinaryWriter to) {
            to.writeByte(value.input);
            to.writeByte(value.row.kind().ordinal());
            serializers[value.input].write(value.row, to);
        }

        @Override
        public Kept read(BinaryReader from) {
            int input = from.readByte();
            Row row = new Row(sides[input].schema().size());
            row.setKind(RowKind.values()[from.readByte()]);
            serializers[input].read(from, row);
            return new Kept(input, row.copy());
        }
    }

    @Override
    protected void process(int input, Row row) throws Exception {
        long end = row.getLong(windowEnds[input]);
        if (zone.toTimer(end - 1) <= progress) {
            context.countLate();
            return;
        }
        Kept added = new Kept(input, row.copy());
        insert(added);
        kept.add(added, Utf8.hash(key.bytes(), 0, key.size()));
    }

    private void insert(Kept row) {
        long end = row.row.getLong(windowEnds[row.input]);
        if (last == null || end != lastEnd) {
            last = windows.get(end);
            lastEnd = end;
        }
        if (last == null) {
            last = new Window();
            windows.put(end, last);
            planFiring();
        }
        group(last, sides[row.input].keys(), row.row).rows.get(row.input).add(row);
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
        firing = watermark;
        beginEmission();
    }

    /** Joins windows that are due, in order of their ends, then passes on the watermark that made them so. */
    @Override
    protected boolean emitMore() throws Exception {
        stepsLeft = STEP_ROWS;
        while (nextFiring <= firing && !windows.isEmpty()) {
            List<Group> groups = windows.firstEntry().getValue().groups;
            for (; firingGroup < groups.size(); firingGroup++) {
                Group group = groups.get(firingGroup);
                if (!joinLeft(group.rows.get(0), group.rows.get(1)) || !emitLonelyRight(group.rows.get(1))) {
                    return false;
                }
                kept.removeAll(group.rows.get(0));
                kept.removeAll(group.rows.get(1));
                leftRow = 0;
                rightRow = 0;
                matched.clear();
            }
            firingGroup = 0;
            windows.pollFirstEntry();
            last = null;
            planFiring();
        }
        if (!canEmit()) {
            return false;
        }
        progress = firing;
        output.watermark(firing);
        return true;
    }

    /** Whether another pair or row may be looked at in this turn of the loop. */
    private boolean step() {
        return stepsLeft-- > 0 && canEmit();
    }

    /** Goes on with the left rows of a group and their partners; whether all have been looked at. */
    private boolean joinLeft(List<Kept> left, List<Kept> right) throws Exception {
        boolean once = kind == Kind.SEMI || kind == Kind.ANTI;
        for (; leftRow < left.size(); leftRow++) {
            Row row = left.get(leftRow).row;
            joined.set(0, row);
            for (; rightRow < right.size() && !(once && leftMatched); rightRow++) {
                if (!step()) {
                    return false;
                }
                joined.set(1, right.get(rightRow).row);
                if (joined.matches()) {
                    leftMatched = true;
                    matched.set(rightRow);
                    if (!once) {
                        output.process(joined.as(RowKind.INSERT));
                    }
                }
            }
            if (!step()) {
                return false;
            }
            emitAlone(row);
            rightRow = 0;
            leftMatched = false;
        }
        return true;
    }

    /** Emits the left row itself, or with nulls for a partner, where the kind of join wants it. */
    private void emitAlone(Row row) throws Exception {
        if (kind == Kind.SEMI && leftMatched || kind == Kind.ANTI && !leftMatched) {
            output.process(row);
        } else if (!leftMatched && (kind == Kind.LEFT || kind == Kind.FULL)) {
            joined.setNull(1);
            output.process(joined.as(RowKind.INSERT));
        }
    }

    /** Goes on with the right rows of a group that no left row matched; whether all are out. */
    private boolean emitLonelyRight(List<Kept> right) throws Exception {
        if (kind != Kind.RIGHT && kind != Kind.FULL) {
            return true;
        }
        for (; rightRow < right.size(); rightRow++) {
            if (!step()) {
                return false;
            }
            if (!matched.get(rightRow)) {
                joined.setNull(0);
                joined.set(1, right.get(rightRow).row);
                output.process(joined.as(RowKind.INSERT));
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return kind + " window join";
    }
}
