package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.GroupAggregateRel;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.StateTtl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.logical.LogicalAggregate;

/** What is grouped without a window is grouped without an end. Comes after the rules that look for windows. */
public final class GroupAggregateRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        return node instanceof LogicalAggregate aggregate && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                ? new GroupAggregateRel(aggregate.getInput(), aggregate.getGroupSet(), aggregate.getAggCallList(),
                        aggregate.getRowType().getFieldNames(), StateTtl.of(aggregate.getHints())) : null;
    }
}
