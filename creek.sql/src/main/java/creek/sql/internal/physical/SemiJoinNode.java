package creek.sql.internal.physical;

import creek.core.operator.SemiJoinOperator;
import org.apache.calcite.rex.RexNode;

/** Passes on the rows of the left side that have a partner on the right, or those that have none. */
final class SemiJoinNode extends JoinNode {
    private final boolean anti;

    SemiJoinNode(boolean anti, JoinSide left, JoinSide right, RexNode condition) {
        super(left, right, condition, left.node().rowType());
        this.anti = anti;
    }

    @Override
    boolean makesUpdates() {
        return anti;
    }

    @Override
    String name() {
        return anti ? "ANTI JOIN" : "SEMI JOIN";
    }

    @Override
    String operator(JobWriter writer, String leftInput, String rightInput, String conditionCalc) {
        return "new " + writer.use(SemiJoinOperator.class) + "(" + anti + ", " + leftInput + ", " + rightInput + ", " + conditionCalc + ")";
    }
}
