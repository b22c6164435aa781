package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.RankRel;
import creek.sql.internal.plan.Rule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;

/** Numbers of ranked rows that nobody uses are left out: so rows need no update when only their number changes. */
public final class RankWithoutNumberRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof CalcRel calc) || !(calc.getInput() instanceof RankRel rank) || !rank.isNumbered()) {
            return null;
        }
        int number = rank.getRowType().getFieldCount() - 1;
        boolean used = calc.expressions().stream().anyMatch(each -> RelOptUtil.InputFinder.bits(each).get(number));
        return used ? null : CalcRel.create(rank.withoutNumber(), calc.condition(), calc.projects(), calc.getRowType().getFieldNames());
    }
}
