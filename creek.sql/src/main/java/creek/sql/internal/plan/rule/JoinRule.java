package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.JoinRel;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.StateTtl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalJoin;

/** A join becomes one of streams. */
public final class JoinRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        return node instanceof LogicalJoin join ? JoinRel.create(join.getLeft(), join.getRight(), join.getJoinType(),
                Rewrites.overInputs(join.getCondition(), join.getLeft(), join.getRight()), StateTtl.of(join.getHints())) : null;
    }
}
