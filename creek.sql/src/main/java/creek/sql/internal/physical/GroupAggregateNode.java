package creek.sql.internal.physical;

import creek.core.operator.Accumulator;
import creek.core.operator.GroupAggregateOperator;
import creek.core.operator.MiniBatchGroupAggregateOperator;
import creek.sql.internal.aggregate.AccumulatorGenerator;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.GroupAggregateRel;
import creek.sql.internal.plan.StateTtl;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.util.ImmutableBitSet;

/** Aggregates by key, without an end. */
final class GroupAggregateNode extends PhysicalNode {
    private final int[] keys;
    private final List<AggregateCall> aggregates;
    /** How long groups are kept, where a hint says so; else null. */
    private final String ttl;

    GroupAggregateNode(PhysicalNode input, GroupAggregateRel rel) {
        super(List.of(input), rel.getRowType());
        keys = rel.keys().toArray();
        aggregates = rel.aggregates();
        ttl = rel.ttl().left();
    }

    /** Groups go only if rows are taken back. A DISTINCT counts as updating, too: with a time to live its rows come again. */
    @Override
    Changes changes() {
        return new Changes(true, input().isUpdating());
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return Set.of(ImmutableBitSet.range(keys.length));
    }

    @Override
    Direction direction(int column) {
        if (input().isUpdating()) {
            return Direction.ANY;
        }
        return column < keys.length ? Direction.NONE : switch (aggregates.get(column - keys.length).getAggregation().getKind()) {
            case COUNT, MAX -> Direction.UP;
            case MIN -> Direction.DOWN;
            default -> Direction.ANY;
        };
    }

    @Override
    int[] keyOfInput(int input) {
        return keys;
    }

    @Override
    String kind() {
        return "grouped";
    }

    @Override
    String describe() {
        return describe(true) + (ttl == null ? "" : ", groups kept for " + ttl);
    }

    @Override
    String stateIdentity() {
        return describe(false);
    }

    private String describe(boolean named) {
        List<String> columns = input().rowType().getFieldNames();
        List<String> names = new ArrayList<>();
        for (int key : keys) {
            names.add(columns.get(key));
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < aggregates.size(); i++) {
            texts.add(AggregateText.of(aggregates.get(i), columns) + (named ? " AS " + rowType().getFieldNames().get(keys.length + i) : ""));
        }
        return "GroupAggregate" + (keys.length == 0 ? "" : " by " + String.join(", ", names))
                + (texts.isEmpty() ? "" : ": " + String.join(", ", texts));
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        AccumulatorGenerator generator = new AccumulatorGenerator(writer.newBody(), input().rowType(), aggregates, writer.takesBack(input()));
        String accumulator = writer.addClass("aggregates", Accumulator.class, describe(), generator::members);
        boolean batches = MiniBatches.areEnabled(writer);
        String arguments = "(" + writer.keySelector(keys, input().schema()) + ", new " + accumulator + "(), "
                + (batches ? writer.schema(kind() + "_columns", schema()) : aggregates.size()) + ", " + writer.givesUpdateBefore(this);
        String operator = batches
                ? writer.use(MiniBatchGroupAggregateOperator.class) + arguments + ", " + MiniBatches.rows(writer) + "L, " + MiniBatches.millis(writer) + "L)"
                : writer.use(GroupAggregateOperator.class) + arguments + ")";
        String kept = ttl == null ? "" : ".keptFor(" + StateTtl.millis("STATE_TTL", ttl) + "L)";
        return upstream + ".then(" + writer.id(this) + ", new " + operator + kept + ")";
    }
}
