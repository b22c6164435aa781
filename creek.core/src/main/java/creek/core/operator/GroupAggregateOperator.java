package creek.core.operator;

import creek.core.data.Row;
import creek.core.data.RowKind;

/**
 * Aggregates by key without an end: each row that changes its group's result gives the new result, and the old one where that is asked for. A
 * group whose rows have all been taken back goes. Without aggregates this is DISTINCT. Emits the key columns, then the aggregates.
 *
 * <p>Where groups have a time to live, results that have not changed are given, too, so that what is kept further down stays alive.
 */
public final class GroupAggregateOperator extends GroupsOperator<GroupsOperator.Group> {
    private final Row before;
    private final Row after;

    /**
     * @param keys         the grouping columns, none for one group in all
     * @param prototype    makes the groups' accumulators
     * @param aggregates   number of columns that an accumulator emits
     * @param updateBefore whether {@code -U} rows are wanted
     */
    public GroupAggregateOperator(KeySelector keys, Accumulator prototype, int aggregates, boolean updateBefore) {
        super(keys, prototype, updateBefore);
        before = new Row(keys.size() + aggregates);
        after = new Row(keys.size() + aggregates);
    }

    /** This operator, with groups that are kept for so many milliseconds, 0 for ever, whatever the job's settings say. */
    public GroupAggregateOperator keptFor(long millis) {
        keepFor(millis);
        return this;
    }

    @Override
    Group newGroup(Accumulator accumulator) {
        return new Group(accumulator);
    }

    @Override
    public void process(Row row) throws Exception {
        Group group = find(row);
        boolean retraction = row.kind().isRetraction();
        if (group != null) {
            groups.touch();
            change(group, row, retraction);
        } else if (!retraction) {
            group = newGroup(prototype.newInstance());
            group.add(row);
            groups.add(key.toBytes(), group);
            fill(after, row, group);
            after.setKind(RowKind.INSERT);
            output.process(after);
        }
    }

    private void change(Group group, Row row, boolean retraction) throws Exception {
        fill(before, row, group);
        if (retraction) {
            group.takeBack(row);
        } else {
            group.add(row);
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
    public String toString() {
        return "group aggregate";
    }
}
