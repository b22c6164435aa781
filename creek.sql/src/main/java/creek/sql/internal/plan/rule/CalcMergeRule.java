package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.Rule;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Two calcs in a row become one, unless expressions would be computed several times at a cost, or differently. */
public final class CalcMergeRule implements Rule {
    private static final int MOST_NODES = 2000;

    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof CalcRel top) || !(top.getInput() instanceof CalcRel bottom)
                || !bottom.expressions().stream().allMatch(RexUtil::isDeterministic)) {
            return null;
        }
        RexBuilder rex = top.getCluster().getRexBuilder();
        List<RexNode> projects = top.projects().stream().map(each -> Rewrites.substitute(each, bottom.projects())).toList();
        RexNode condition = top.condition() == null ? null : Rewrites.substitute(top.condition(), bottom.projects());
        if (projects.stream().mapToInt(Rewrites::size).sum() > MOST_NODES) {
            return null;
        }
        RexNode both = condition == null ? bottom.condition() : bottom.condition() == null ? condition
                : RexUtil.composeConjunction(rex, List.of(bottom.condition(), condition));
        return CalcRel.create(bottom.getInput(), both, projects, top.getRowType().getFieldNames());
    }
}
