package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.StateCell;
import creek.core.internal.state.StateFormException;
import creek.core.internal.state.StateMap;
import creek.core.internal.state.ValueForm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * As {@link GroupAggregateOperator}, but a group's changes go out at the end of a batch, as one: after so many rows, so much time, or the last
 * row. Groups are given in the order in which the batch first met them.
 */
public final class MiniBatchGroupAggregateOperator extends GroupsOperator<MiniBatchGroupAggregateOperator.BatchedGroup> {
    /** A group that may have a part in the batch at hand. */
    static final class BatchedGroup extends Group {
        /** Known once it has had one. */
        private byte[] key;
        /** Its place in the batch, negative while it has none. */
        private int place = -1;
        /** What was given before the batch, or {@link #SOMETHING}; null for a group that nothing was given of. */
        private Row given;

        private BatchedGroup(Accumulator accumulator) {
            super(accumulator);
        }
    }

    /** So many rows are kept for later batches. */
    private static final int MAX_SPARES = 1 << 13;
    /** In place of what was given, where nobody asks for it. */
    private static final Row SOMETHING = new Row(0);
    /** What a checkpoint has of that. */
    private static final byte NONE = 0;
    private static final byte KEPT = 1;
    private static final byte NOT_KEPT = 2;

    private final long batchRows;
    private final long batchMillis;

    // the batch at hand, empty after each
    private final List<BatchedGroup> changed = new ArrayList<>();
    /** The same groups, where checkpoints ask for them. */
    private final StateMap<BatchedGroup> batch = new StateMap<>();
    private long rowsInBatch;
    /** When the batch at hand has taken long enough. */
    private long due;
    private boolean awaitsClock;
    /** While groups are looked for that have a part in the batch. */
    private boolean restoring;

    // reused
    private final BinaryReader reader = new BinaryReader();
    private final RowSerializer serializer;
    private final Row out;
    /** Whether what was given counts, and not only that there was something: where {@code -U} rows are wanted, or what is given may be the same again. */
    private final boolean asksForGiven;
    private final ArrayDeque<Row> spares = new ArrayDeque<>();

    /**
     * @param keys         the grouping columns, none for one group in all
     * @param prototype    makes the groups' accumulators
     * @param results      the columns of the output: those of the key, then those that an accumulator emits
     * @param updateBefore whether {@code -U} rows are wanted
     * @param batchRows    the most rows of a batch
     * @param batchMillis  how long a batch may take
     */
    public MiniBatchGroupAggregateOperator(KeySelector keys, Accumulator prototype, Schema results, boolean updateBefore, long batchRows,
            long batchMillis) {
        super(keys, prototype, updateBefore);
        this.batchRows = batchRows;
        this.batchMillis = batchMillis;
        serializer = new RowSerializer(results);
        out = new Row(results.size());
        asksForGiven = updateBefore || !prototype.changesWithEachRow();
    }

    /** This operator, with groups that are kept for so many milliseconds, 0 for ever, whatever the job's settings say. */
    public MiniBatchGroupAggregateOperator keptFor(long millis) {
        keepFor(millis);
        return this;
    }

    @Override
    BatchedGroup newGroup(Accumulator accumulator) {
        return new BatchedGroup(accumulator);
    }

    @Override
    boolean isInUse(BatchedGroup group) {
        return restoring || group.place >= 0;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        restoring = true;
        batch.keepInMemory(newContext, "batch", new BatchForm(), (ownKey, group) -> changed.add(group));
        restoring = false;
        if (asksForGiven && changed.stream().anyMatch(group -> group.given == SOMETHING)) {
            throw new StateFormException("at the last checkpoint a mini-batch had begun that did not keep what was given before it, which the job wants to take back now: "
                    + "have the earlier version of the job take one between mini-batches, which is when nothing has come in for as long as they may take");
        }
        changed.sort(Comparator.comparingInt(group -> group.place));
        StateCell.keep(newContext, "progress", "rows, time", to -> {
            to.writeLong(rowsInBatch);
            to.writeLong(due);
        }, from -> {
            rowsInBatch = from.readLong();
            due = from.readLong();
        });
        if (!changed.isEmpty()) {
            awaitClock();
        }
    }

    /** What is known of a group for the sake of the batch alone. */
    private final class BatchForm implements ValueForm<BatchedGroup> {
        @Override
        public String text() {
            return "key, place, given " + serializer.form();
        }

        @Override
        public void write(BatchedGroup group, BinaryWriter to) {
            to.writeBytes(group.key, 0, group.key.length);
            to.writeInt(group.place);
            to.writeByte(group.given == null ? NONE : group.given == SOMETHING ? NOT_KEPT : KEPT);
            if (group.given != null && group.given != SOMETHING) {
                serializer.write(group.given, to);
            }
        }

        @Override
        public BatchedGroup read(BinaryReader from) {
            byte[] ownKey = from.readBytes();
            key.reset();
            key.writeRaw(ownKey, 0, ownKey.length);
            BatchedGroup group = groups.get(key);
            group.key = ownKey;
            group.place = from.readInt();
            group.given = readGiven(from);
            return group;
        }
    }

    private Row readGiven(BinaryReader from) {
        byte kind = from.readByte();
        if (kind == KEPT) {
            serializer.read(from, out);
        }
        return kind == NONE ? null : kind == KEPT && asksForGiven ? out.copy() : SOMETHING;
    }

    @Override
    public void process(Row row) throws Exception {
        BatchedGroup group = find(row);
        boolean retraction = row.kind().isRetraction();
        if (group != null) {
            groups.touch();
        } else if (retraction) {
            return;
        } else {
            group = newGroup(prototype.newInstance());
            group.key = key.toBytes();
            groups.add(group.key, group);
        }
        if (group.place < 0) {
            addToBatch(group);
        }
        if (retraction) {
            group.takeBack(row);
        } else {
            group.add(row);
        }
        if (++rowsInBatch >= batchRows) {
            finishBatch();
        }
    }

    private void addToBatch(BatchedGroup group) throws Exception {
        if (changed.isEmpty()) {
            due = context.clock().millis() + batchMillis;
            awaitClock();
        }
        if (group.key == null) {
            group.key = key.toBytes();
        }
        group.place = changed.size();
        if (group.rows > 0) {
            group.given = asksForGiven ? given(group) : SOMETHING;
        }
        changed.add(group);
        if (batch.isKept()) {
            batch.add(group.key, group);
        }
    }

    private Row given(BatchedGroup group) throws Exception {
        fill(group);
        Row given = spares.isEmpty() ? new Row(out.arity()) : spares.pop();
        given.keepFrom(out);
        return given;
    }

    /** One timer at a time: that of a batch that was full before serves the next ones, and must not end them. */
    private void awaitClock() {
        if (!awaitsClock) {
            awaitsClock = true;
            context.wakeAt(due);
        }
    }

    private void fill(BatchedGroup group) throws Exception {
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
        for (BatchedGroup group : changed) {
            give(group);
            if (batch.isKept()) {
                batch.remove(group.key);
            }
            group.place = -1;
            if (group.given != null && asksForGiven && spares.size() < MAX_SPARES) {
                spares.push(group.given);
            }
            group.given = null;
        }
        changed.clear();
        rowsInBatch = 0;
    }

    private void give(BatchedGroup group) throws Exception {
        Row before = group.given;
        if (group.rows <= 0) {
            groups.remove(group.key);
            if (before != null) {
                emit(before, RowKind.DELETE);
            }
            return;
        }
        fill(group);
        if (before == null) {
            emit(out, RowKind.INSERT);
        } else if (limited || !asksForGiven || !out.equals(before)) {
            if (updateBefore) {
                emit(before, RowKind.UPDATE_BEFORE);
            }
            emit(out, RowKind.UPDATE_AFTER);
        }
    }

    private void emit(Row row, RowKind kind) throws Exception {
        row.setKind(kind);
        output.process(row);
    }

    @Override
    public String toString() {
        return "group aggregate in batches";
    }
}
