package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.Rule;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;

/** A filter becomes a calc that passes on all columns. */
public final class FilterToCalcRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof LogicalFilter filter)) {
            return null;
        }
        RelNode input = filter.getInput();
        List<RexNode> columns = List.copyOf(input.getCluster().getRexBuilder().identityProjects(input.getRowType()));
        return CalcRel.create(input, Rewrites.overInput(filter.getCondition(), input), columns, input.getRowType().getFieldNames());
    }
}
