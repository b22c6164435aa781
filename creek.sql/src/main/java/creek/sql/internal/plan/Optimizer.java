package creek.sql.internal.plan;

import creek.sql.internal.SqlError;
import creek.sql.internal.plan.logical.LogicalRewrites;
import creek.sql.internal.plan.rule.AttachedWindowAggregateRule;
import creek.sql.internal.plan.rule.CalcJoinConditionRule;
import creek.sql.internal.plan.rule.CalcMergeRule;
import creek.sql.internal.plan.rule.FilterToCalcRule;
import creek.sql.internal.plan.rule.GroupAggregateRule;
import creek.sql.internal.plan.rule.GroupWindowRule;
import creek.sql.internal.plan.rule.GroupingSetsRule;
import creek.sql.internal.plan.rule.IdentityCalcRule;
import creek.sql.internal.plan.rule.JoinConditionPushRule;
import creek.sql.internal.plan.rule.JoinRule;
import creek.sql.internal.plan.rule.MatchRule;
import creek.sql.internal.plan.rule.OverRule;
import creek.sql.internal.plan.rule.ProjectToCalcRule;
import creek.sql.internal.plan.rule.RankWithoutNumberRule;
import creek.sql.internal.plan.rule.TableFunctionToWindowRule;
import creek.sql.internal.plan.rule.UnionDistinctRule;
import creek.sql.internal.plan.rule.UnusedColumnsRule;
import creek.sql.internal.plan.rule.WindowAggregateRule;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/** Applies the rules to a plan, from its leaves up, until none applies any more. */
public final class Optimizer {
    /** In this order, the first that applies wins. */
    private static final List<Rule> RULES = List.of(new OverRule(), new CalcMergeRule(), new TableFunctionToWindowRule(),
            new GroupWindowRule(), new GroupingSetsRule(), new WindowAggregateRule(), new AttachedWindowAggregateRule(),
            new JoinRule(), new CalcJoinConditionRule(), new JoinConditionPushRule(), new RankWithoutNumberRule(), new UnusedColumnsRule(),
            new MatchRule(), new UnionDistinctRule(), new GroupAggregateRule(), new IdentityCalcRule());
    private static final List<Rule> TO_CALC = List.of(new ProjectToCalcRule(), new FilterToCalcRule());

    private Optimizer() {
    }

    public static RelNode optimize(RelNode query) {
        return improve(LogicalRewrites.apply(query));
    }

    private static RelNode improve(RelNode given) {
        // first, since Calcite's own projections can't be copied over inputs whose time attributes have become plain timestamps
        RelNode node = asCalc(given);
        List<RelNode> inputs = new ArrayList<>();
        node.getInputs().forEach(input -> inputs.add(improve(input)));
        RelNode current = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        for (Rule rule : RULES) {
            RelNode better = apply(rule, current);
            if (better != null) {
                return improve(better);
            }
        }
        return current;
    }

    private static RelNode apply(Rule rule, RelNode node) {
        try {
            return rule.apply(node);
        } catch (SqlError e) {
            throw e.about(SqlParts.of(node));
        }
    }

    private static RelNode asCalc(RelNode node) {
        for (Rule rule : TO_CALC) {
            RelNode calc = rule.apply(node);
            if (calc != null) {
                return asCalc(calc);
            }
        }
        return node;
    }
}
