package creek.sql.internal.physical;

import creek.core.operator.Accumulator;
import creek.core.operator.GroupAggregateOperator;
import creek.sql.internal.aggregate.AccumulatorGenerator;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.GroupAggregateRel;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.AggregateCall;

/** Aggregates by key, without an end. */
final class GroupAggregateNode extends PhysicalNode {
    private final int[] keys;
    private final List<AggregateCall> aggregates;

    GroupAggregateNode(PhysicalNode input, GroupAggregateRel rel) {
        super(List.of(input), rel.getRowType());
        keys = rel.keys().toArray();
        aggregates = rel.aggregates();
    }

    /** A DISTINCT of inserts gives inserts. */
    @Override
    boolean makesUpdates() {
        return !aggregates.isEmpty();
    }

    @Override
    String kind() {
        return "grouped";
    }

    @Override
    String describe() {
        List<String> columns = input().rowType().getFieldNames();
        List<String> names = new ArrayList<>();
        for (int key : keys) {
            names.add(columns.get(key));
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < aggregates.size(); i++) {
            texts.add(AggregateText.of(aggregates.get(i), columns) + " AS " + rowType().getFieldNames().get(keys.length + i));
        }
        return "GroupAggregate" + (keys.length == 0 ? "" : " by " + String.join(", ", names))
                + (texts.isEmpty() ? "" : ": " + String.join(", ", texts));
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.stream(input());
        AccumulatorGenerator generator = new AccumulatorGenerator(writer.newBody(), input().rowType(), aggregates, input().isUpdating());
        String accumulator = writer.addClass("aggregates", Accumulator.class, describe(), generator::members);
        return upstream + ".then(" + JavaNames.literal(id()) + ", new " + writer.use(GroupAggregateOperator.class) + "("
                + writer.keySelector(keys, input().schema()) + ", new " + accumulator + "(), " + aggregates.size() + ", true))";
    }
}
