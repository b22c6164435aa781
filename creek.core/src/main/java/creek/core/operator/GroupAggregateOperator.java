package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.internal.state.StateMap;
import creek.core.internal.state.TimeToLive;
import creek.core.internal.state.ValueForm;
import java.util.Objects;

/**
 * Aggregates by key without an end: each row that changes its group's result gives the new result, and the old one where that is asked for. A
 * group whose rows have all been taken back goes. Without aggregates this is DISTINCT. Emits the key columns, then the aggregates.
 *
 * <p>Where groups have a time to live, results that have not changed are given, too, so that what is kept further down stays alive.
 */
public final class GroupAggregateOperator extends BufferingOperator {
    private static final class Group {
        final Accumulator accumulator;
        long rows;

        Group(Accumulator accumulator) {
            this.accumulator = accumulator;
        }
    }

    private final KeySelector keys;
    private final Accumulator prototype;
    private final boolean updateBefore;
    private long ttl = TimeToLive.AS_SET;
    private final StateMap<Group> groups = new StateMap<>();
    private boolean limited;
    private final BinaryWriter key = new BinaryWriter();
    private final Row before;
    private final Row after;

    /**
     * @param keys         the grouping columns, none for one group in all
     * @param prototype    makes the groups' accumulators
     * @param aggregates   number of columns that an accumulator emits
     * @param updateBefore whether {@code -U} rows are wanted
     */
    public GroupAggregateOperator(KeySelector keys, Accumulator prototype, int aggregates, boolean updateBefore) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.prototype = Objects.requireNonNull(prototype, "prototype");
        this.updateBefore = updateBefore;
        before = new Row(keys.size() + aggregates);
        after = new Row(keys.size() + aggregates);
    }

    /** This operator, with groups that are kept for so many milliseconds, 0 for ever, whatever the job's settings say. */
    public GroupAggregateOperator keptFor(long millis) {
        ttl = millis;
        return this;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        TimeToLive timeToLive = TimeToLive.of(newContext, ttl);
        limited = timeToLive.isLimited();
        groups.expireAfter(timeToLive);
        groups.keep(newContext, "groups", new GroupForm());
    }

    private final class GroupForm implements ValueForm<Group> {
        @Override
        public String text() {
            return "rows, " + prototype.form();
        }

        @Override
        public void write(Group group, BinaryWriter to) {
            to.writeLong(group.rows);
            group.accumulator.write(to);
        }

        @Override
        public Group read(BinaryReader from) {
            long rows = from.readLong();
            Group group = new Group(prototype.newInstance());
            group.rows = rows;
            group.accumulator.read(from);
            return group;
        }
    }

    @Override
    public void process(Row row) throws Exception {
        key.reset();
        keys.write(row, key);
        Group group = groups.get(key);
        boolean retraction = row.kind().isRetraction();
        if (group != null) {
            groups.touch();
            change(group, row, retraction);
        } else if (!retraction) {
            group = new Group(prototype.newInstance());
            group.rows = 1;
            group.accumulator.accumulate(row);
            groups.add(key.toBytes(), group);
            fill(after, row, group);
            after.setKind(RowKind.INSERT);
            output.process(after);
        }
    }

    private void change(Group group, Row row, boolean retraction) throws Exception {
        fill(before, row, group);
        if (retraction) {
            group.accumulator.retract(row);
            group.rows--;
        } else {
            group.accumulator.accumulate(row);
            group.rows++;
        }
        if (group.rows == 0) {
            groups.remove(key.toBytes());
            before.setKind(RowKind.DELETE);
            output.process(before);
            return;
        }
        fill(after, row, group);
        if (limited || !after.equals(before)) {
            if (updateBefore) {
                before.setKind(RowKind.UPDATE_BEFORE);
                output.process(before);
            }
            after.setKind(RowKind.UPDATE_AFTER);
            output.process(after);
        }
    }

    private void fill(Row out, Row row, Group group) throws Exception {
        keys.copy(row, out, 0);
        group.accumulator.emit(out, keys.size());
    }

    @Override
    public long kept() {
        return groups.size();
    }

    @Override
    public String toString() {
        return "group aggregate";
    }
}
