package creek.sql.internal.plan;

import creek.sql.internal.type.StreamTypeFactory;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Aggregates by key, without an end. Gives the keys, which are no time attributes any more, and the aggregates. */
public final class GroupAggregateRel extends SingleRel {
    private final ImmutableBitSet keys;
    private final List<AggregateCall> aggregates;
    private final StateTtl ttl;

    public GroupAggregateRel(RelNode input, ImmutableBitSet keys, List<AggregateCall> aggregates, List<String> names, StateTtl ttl) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.keys = keys;
        this.ttl = ttl;
        this.aggregates = List.copyOf(aggregates);
        StreamTypeFactory types = (StreamTypeFactory) getCluster().getTypeFactory();
        RelDataTypeFactory.Builder columns = types.builder().kind(StructKind.FULLY_QUALIFIED);
        for (int key : keys) {
            columns.add(names.get(columns.getFieldCount()), types.withoutTimeAttribute(input.getRowType().getFieldList().get(key).getType()));
        }
        for (AggregateCall each : aggregates) {
            columns.add(names.get(columns.getFieldCount()), types.withoutTimeAttribute(each.getType()));
        }
        this.rowType = columns.build();
    }

    /** The input's columns that rows are grouped by. */
    public ImmutableBitSet keys() {
        return keys;
    }

    public List<AggregateCall> aggregates() {
        return aggregates;
    }

    public StateTtl ttl() {
        return ttl;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new GroupAggregateRel(inputs.get(0), keys, aggregates, rowType.getFieldNames(), ttl);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("keys", keys).item("aggregates", aggregates).item("ttl", ttl);
    }
}
