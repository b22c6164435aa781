package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.StateMap;
import creek.core.internal.state.TimeToLive;
import creek.core.internal.state.ValueForm;
import java.util.Objects;

/** What aggregations by key without an end have in common: the groups, which have gone when all their rows have been taken back. */
abstract class GroupsOperator<G extends GroupsOperator.Group> extends BufferingOperator {
    /** The rows of a key. */
    static class Group {
        final Accumulator accumulator;
        long rows;

        Group(Accumulator accumulator) {
            this.accumulator = accumulator;
        }

        final void add(Row row) throws Exception {
            accumulator.accumulate(row);
            rows++;
        }

        final void takeBack(Row row) throws Exception {
            accumulator.retract(row);
            rows--;
        }
    }

    final KeySelector keys;
    final Accumulator prototype;
    final boolean updateBefore;
    private long ttl = TimeToLive.AS_SET;

    final StateMap<G> groups = new StateMap<>() {
        @Override
        protected boolean isInUse(G group) {
            return GroupsOperator.this.isInUse(group);
        }
    };
    /** Whether groups have a time to live. */
    boolean limited;

    /** Of the row at hand. */
    final BinaryWriter key = new BinaryWriter();

    /**
     * @param keys         the grouping columns, none for one group in all
     * @param prototype    makes the groups' accumulators
     * @param updateBefore whether {@code -U} rows are wanted
     */
    GroupsOperator(KeySelector keys, Accumulator prototype, boolean updateBefore) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.prototype = Objects.requireNonNull(prototype, "prototype");
        this.updateBefore = updateBefore;
    }

    final void keepFor(long millis) {
        ttl = millis;
    }

    abstract G newGroup(Accumulator accumulator);

    /** Whether a group may neither expire nor leave memory for now. */
    boolean isInUse(G group) {
        return false;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        prototype.open(newContext);
        TimeToLive timeToLive = TimeToLive.of(newContext, ttl);
        limited = timeToLive.isLimited();
        groups.expireAfter(timeToLive);
        groups.keep(newContext, "groups", new GroupForm());
    }

    private final class GroupForm implements ValueForm<G> {
        @Override
        public String text() {
            return keys.form() + ", rows, " + prototype.form();
        }

        @Override
        public EntryRows entryRows() {
            return EntryRows.describingThemselves(prototype.functionStates());
        }

        @Override
        public void write(G group, BinaryWriter to) {
            to.writeLong(group.rows);
            group.accumulator.write(to);
        }

        @Override
        public G read(BinaryReader from) {
            G group = newGroup(prototype.newInstance());
            group.rows = from.readLong();
            group.accumulator.read(from);
            return group;
        }
    }

    /** The group of a row, or null. */
    final G find(Row row) {
        key.reset();
        keys.write(row, key);
        return groups.get(key);
    }

    @Override
    public final long kept() {
        return groups.size();
    }
}
