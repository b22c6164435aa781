package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.JoinRel;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.Rule;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Conditions on an inner join's result become part of the join's own condition. */
public final class CalcJoinConditionRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof CalcRel calc) || calc.condition() == null || !(calc.getInput() instanceof JoinRel join)
                || join.type() != JoinRelType.INNER) {
            return null;
        }
        RexBuilder rex = calc.getCluster().getRexBuilder();
        List<RexNode> stays = new ArrayList<>();
        List<RexNode> goes = new ArrayList<>();
        for (RexNode each : RelOptUtil.conjunctions(calc.condition())) {
            (RexUtil.isDeterministic(each) ? goes : stays).add(each);
        }
        if (goes.isEmpty()) {
            return null;
        }
        goes.addAll(0, RelOptUtil.conjunctions(join.condition()));
        RexNode condition = Rewrites.overInputs(RexUtil.composeConjunction(rex, goes), join.getLeft(), join.getRight());
        RelNode joined = join.with(join.getLeft(), join.getRight(), condition);
        return calc.over(joined, stays.isEmpty() ? null : RexUtil.composeConjunction(rex, stays));
    }
}
