package creek.sql.internal.physical;

import creek.core.operator.KeepFirstOperator;
import creek.core.operator.KeepLastOperator;
import creek.sql.internal.codegen.JavaNames;
import java.util.List;
import java.util.Set;
import org.apache.calcite.util.ImmutableBitSet;

/** Keeps the first or the last row of each key, by a time attribute. */
final class DeduplicateNode extends PhysicalNode {
    private final int[] keys;
    private final boolean last;
    private final int time;
    private final boolean eventTime;

    /** @param eventTime whether the time attribute is one of event time; otherwise the order of arrival counts */
    DeduplicateNode(PhysicalNode input, int[] keys, boolean last, int time, boolean eventTime) {
        super(List.of(input), input.rowType());
        this.keys = keys;
        this.last = last;
        this.time = time;
        this.eventTime = eventTime;
    }

    @Override
    Changes changes() {
        return last ? Changes.ALL : Changes.NONE;
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return Set.of(ImmutableBitSet.of(keys));
    }

    @Override
    boolean dropsLateRows() {
        return eventTime && !last;
    }

    @Override
    int[] keyOfInput(int input) {
        return keys;
    }

    @Override
    String kind() {
        return last ? "keep_last" : "keep_first";
    }

    @Override
    String describe() {
        List<String> names = rowType().getFieldNames();
        List<String> columns = new java.util.ArrayList<>();
        for (int key : keys) {
            columns.add(names.get(key));
        }
        return "Deduplicate keep " + (last ? "last" : "first") + " of " + String.join(", ", columns) + " by " + names.get(time);
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        String arguments = writer.schema(kind() + "_columns", schema()) + ", " + writer.keySelector(keys, schema()) + ", ";
        String operator = last ? writer.use(KeepLastOperator.class) + "(" + arguments + time + ", " + eventTime + ", " + writer.givesUpdateBefore(this) + ")"
                : writer.use(KeepFirstOperator.class) + "(" + arguments + (eventTime ? time : -1) + ")";
        return upstream + ".then(" + writer.id(this) + ", new " + operator + ")";
    }
}
