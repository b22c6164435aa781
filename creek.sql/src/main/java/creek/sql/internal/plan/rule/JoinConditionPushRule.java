package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.JoinRel;
import creek.sql.internal.plan.Rule;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** Conditions of a join that are about one side alone are tested before the join, so that its state stays small. Not on a side kept anyway. */
public final class JoinConditionPushRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof JoinRel join)) {
            return null;
        }
        int arity = join.getLeft().getRowType().getFieldCount();
        boolean leftMay = !join.type().generatesNullsOnRight() && join.type() != JoinRelType.ANTI;
        boolean rightMay = !join.type().generatesNullsOnLeft();
        List<RexNode> left = new ArrayList<>();
        List<RexNode> right = new ArrayList<>();
        List<RexNode> both = new ArrayList<>();
        for (RexNode each : RelOptUtil.conjunctions(join.condition())) {
            ImmutableBitSet columns = RelOptUtil.InputFinder.bits(each);
            if (leftMay && !columns.isEmpty() && columns.length() <= arity) {
                left.add(each);
            } else if (rightMay && !columns.isEmpty() && columns.nth(0) >= arity) {
                right.add(RexUtil.shift(each, -arity));
            } else {
                both.add(each);
            }
        }
        if (left.isEmpty() && right.isEmpty()) {
            return null;
        }
        RexBuilder rex = join.getCluster().getRexBuilder();
        return join.with(filtered(join.getLeft(), left, rex), filtered(join.getRight(), right, rex),
                RexUtil.composeConjunction(rex, both));
    }

    private static RelNode filtered(RelNode input, List<RexNode> conditions, RexBuilder rex) {
        return conditions.isEmpty() ? input : CalcRel.create(input, RexUtil.composeConjunction(rex, conditions),
                List.copyOf(rex.identityProjects(input.getRowType())), input.getRowType().getFieldNames());
    }
}
