package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.GroupAggregateRel;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.StateTtl;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.util.ImmutableBitSet;

/** UNION is UNION ALL, each row once. */
public final class UnionDistinctRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        return node instanceof LogicalUnion union && !union.all
                ? new GroupAggregateRel(LogicalUnion.create(union.getInputs(), true), ImmutableBitSet.range(union.getRowType().getFieldCount()),
                        List.of(), union.getRowType().getFieldNames(), StateTtl.UNSET) : null;
    }
}
