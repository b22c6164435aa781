package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.Row;
import creek.core.data.RowKind;

/** Turns the groups of windows into rows: a group that was emitted before, into the change since then. */
final class PaneResults {
    private final Windows windows;
    private final ZoneShift zone;
    private final KeySelector keys;
    private final boolean remembers;
    private final boolean updateBefore;
    private final BinaryReader keyReader = new BinaryReader();
    private final Row out;

    /**
     * @param columns      number of columns of a result: the keys, the aggregates and three of the window
     * @param remembers    whether a group may be emitted more than once
     * @param updateBefore whether {@code -U} rows are wanted
     */
    PaneResults(Windows windows, ZoneShift zone, KeySelector keys, int columns, boolean remembers, boolean updateBefore) {
        this.windows = windows;
        this.zone = zone;
        this.keys = keys;
        this.remembers = remembers;
        this.updateBefore = updateBefore;
        out = new Row(columns);
    }

    /** Emits how a group's result has changed. */
    void emit(WindowPane.Group group, Input output) throws Exception {
        if (group.accumulator.isEmpty()) {
            if (group.emitted != null) {
                group.emitted.setKind(RowKind.DELETE);
                output.process(group.emitted);
                group.emitted = null;
            }
            return;
        }
        keyReader.reset(group.key, 0, group.key.length);
        keys.read(keyReader, out, 0);
        group.accumulator.emit(out, keys.size());
        int column = out.arity() - 3;
        out.setLong(column, windows.windowStart(group.pane.end));
        out.setLong(column + 1, group.pane.end);
        out.setLong(column + 2, zone.toEpoch(group.pane.end - 1));
        if (group.emitted == null) {
            out.setKind(RowKind.INSERT);
            output.process(out);
            group.emitted = remembers ? out.copy() : null;
        } else if (!out.equals(group.emitted)) {
            if (updateBefore) {
                group.emitted.setKind(RowKind.UPDATE_BEFORE);
                output.process(group.emitted);
            }
            out.setKind(RowKind.UPDATE_AFTER);
            output.process(out);
            group.emitted.copyFrom(out);
        }
    }
}
