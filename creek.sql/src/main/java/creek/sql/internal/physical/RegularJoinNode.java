package creek.sql.internal.physical;

import creek.core.operator.JoinType;
import creek.core.operator.RegularJoinOperator;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/** Joins all rows of two streams. */
final class RegularJoinNode extends JoinNode {
    private final JoinRelType type;

    RegularJoinNode(JoinRelType type, JoinSide left, JoinSide right, RexNode condition, RelDataType rowType) {
        super(left, right, condition, rowType);
        this.type = type;
    }

    @Override
    boolean makesUpdates() {
        return type.isOuterJoin();
    }

    @Override
    String name() {
        return type + " JOIN";
    }

    @Override
    String operator(JobWriter writer, String leftInput, String rightInput, String conditionCalc) {
        return "new " + writer.use(RegularJoinOperator.class) + "(" + writer.use(JoinType.class) + "." + type + ", " + leftInput + ", "
                + rightInput + ", " + conditionCalc + ")";
    }
}
