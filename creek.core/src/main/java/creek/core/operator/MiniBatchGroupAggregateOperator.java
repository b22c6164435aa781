package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.TimeToLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * As {@link GroupAggregateOperator}, but a group's changes go out at the end of a batch, as one: after so many rows, so much time, or the last
 * row. Groups are given in the order in which the batch first met them.
 */
public final class MiniBatchGroupAggregateOperator extends BufferingOperator {
    private static final class Group {
        final byte[] key;
        final Accumulator accumulator;
        long rows;
        /** Whether the group has a part in the batch at hand. */
        boolean isChanged;
        /** What was given before the batch; null for a group that nothing was given of. */
        Row given;

        Group(byte[] key, Accumulator accumulator) {
            this.key = key;
            this.accumulator = accumulator;
        }
    }

    // what it computes
    private final KeySelector keys;
    private final Accumulator prototype;
    private final boolean updateBefore;
    private long ttl = TimeToLive.AS_SET;
    private final long batchRows;
    private final long batchMillis;

    // state
    private final KeyMap<Group> groups = new KeyMap<>();
    private boolean limited;

    // the batch at hand, empty after each
    private final List<Group> changed = new ArrayList<>();
    private long rowsInBatch;
    /** When the batch at hand has taken long enough. */
    private long due;
    private boolean awaitsClock;

    // reused
    private final BinaryWriter key = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final Row out;

    /**
     * @param keys         the grouping columns, none for one group in all
     * @param prototype    makes the groups' accumulators
     * @param aggregates   number of columns that an accumulator emits
     * @param updateBefore whether {@code -U} rows are wanted
     * @param batchRows    the most rows of a batch
     * @param batchMillis  how long a batch may take
     */
    public MiniBatchGroupAggregateOperator(KeySelector keys, Accumulator prototype, int aggregates, boolean updateBefore, long batchRows,
            long batchMillis) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.prototype = Objects.requireNonNull(prototype, "prototype");
        this.updateBefore = updateBefore;
        this.batchRows = batchRows;
        this.batchMillis = batchMillis;
        out = new Row(keys.size() + aggregates);
    }

    /** This operator, with groups that are kept for so many milliseconds, 0 for ever, whatever the job's settings say. */
    public MiniBatchGroupAggregateOperator keptFor(long millis) {
        ttl = millis;
        return this;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        TimeToLive timeToLive = TimeToLive.of(newContext, ttl);
        limited = timeToLive.isLimited();
        groups.expireAfter(timeToLive);
    }

    @Override
    public void process(Row row) throws Exception {
        key.reset();
        keys.write(row, key);
        Group group = groups.get(key);
        boolean retraction = row.kind().isRetraction();
        if (group != null) {
            groups.touch();
        } else if (retraction) {
            return;
        } else {
            group = new Group(key.toBytes(), prototype.newInstance());
            groups.add(group.key, group);
        }
        if (!group.isChanged) {
            addToBatch(group);
        }
        if (retraction) {
            group.accumulator.retract(row);
            group.rows--;
        } else {
            group.accumulator.accumulate(row);
            group.rows++;
        }
        if (++rowsInBatch >= batchRows) {
            finishBatch();
        }
    }

    private void addToBatch(Group group) throws Exception {
        if (changed.isEmpty()) {
            due = context.clock().millis() + batchMillis;
            awaitClock();
        }
        group.isChanged = true;
        if (group.rows > 0) {
            fill(group);
            group.given = out.copy();
        }
        changed.add(group);
    }

    /** One timer at a time: that of a batch that was full before serves the next ones, and must not end them. */
    private void awaitClock() {
        if (!awaitsClock) {
            awaitsClock = true;
            context.wakeAt(due);
        }
    }

    private void fill(Group group) throws Exception {
        reader.reset(group.key, 0, group.key.length);
        keys.read(reader, out, 0);
        group.accumulator.emit(out, keys.size());
    }

    @Override
    public void processingTime(long now) throws Exception {
        awaitsClock = false;
        if (now >= due) {
            finishBatch();
        } else if (!changed.isEmpty()) {
            awaitClock();
        }
    }

    @Override
    public void watermark(long watermark) throws Exception {
        if (watermark == Long.MAX_VALUE) {
            finishBatch();
        }
        super.watermark(watermark);
    }

    private void finishBatch() throws Exception {
        for (Group group : changed) {
            give(group);
            group.isChanged = false;
            group.given = null;
        }
        changed.clear();
        rowsInBatch = 0;
    }

    private void give(Group group) throws Exception {
        Row before = group.given;
        if (group.rows <= 0) {
            forget(group);
            if (before != null) {
                emit(before, RowKind.DELETE);
            }
            return;
        }
        fill(group);
        if (before == null) {
            emit(out, RowKind.INSERT);
        } else if (limited || !out.equals(before)) {
            if (updateBefore) {
                emit(before, RowKind.UPDATE_BEFORE);
            }
            emit(out, RowKind.UPDATE_AFTER);
        }
    }

    /** It may have expired during the batch, and another may have come in its place. */
    private void forget(Group group) {
        key.reset();
        key.writeRaw(group.key, 0, group.key.length);
        if (groups.get(key) == group) {
            groups.remove(group.key);
        }
    }

    private void emit(Row row, RowKind kind) throws Exception {
        row.setKind(kind);
        output.process(row);
    }

    @Override
    public long kept() {
        return groups.size();
    }

    @Override
    public String toString() {
        return "group aggregate in batches";
    }
}
