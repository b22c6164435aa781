package creek.sql.internal.plan;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/** Expressions brought over another input. */
public final class Rewrites {
    private Rewrites() {
    }

    /** The expression with its column references typed as the input has them now, time attributes materialized. */
    public static RexNode overInput(RexNode expression, RelNode input) {
        RexBuilder rex = input.getCluster().getRexBuilder();
        return TimeAttributes.materialize(rex, substitute(expression, rex.identityProjects(input.getRowType())));
    }

    /** The expression with each column reference replaced by the expression of that place. */
    public static RexNode substitute(RexNode expression, List<? extends RexNode> columns) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return columns.get(reference.getIndex());
            }
        });
    }

    /** The number of nodes of an expression. */
    public static int size(RexNode expression) {
        return RexUtil.nodeCount(List.of(expression));
    }
}
