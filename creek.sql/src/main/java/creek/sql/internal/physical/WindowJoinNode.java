package creek.sql.internal.physical;

import creek.core.operator.WindowJoinOperator;
import creek.sql.internal.plan.JoinRel.WindowEnds;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/** Joins the rows of two streams that are in the same window, when the window is over. */
final class WindowJoinNode extends JoinNode {
    private final JoinRelType type;
    private final WindowEnds ends;

    WindowJoinNode(JoinRelType type, JoinSide left, JoinSide right, WindowEnds ends, RexNode condition, RelDataType rowType) {
        super(left, right, condition, rowType);
        this.type = type;
        this.ends = ends;
    }

    @Override
    String name() {
        return "WINDOW " + type + " JOIN";
    }

    @Override
    String operator(JobWriter writer, String leftInput, String rightInput, String conditionCalc) {
        return "new " + writer.use(WindowJoinOperator.class) + "(" + writer.use(WindowJoinOperator.class) + ".Kind." + type + ", " + leftInput
                + ", " + rightInput + ", " + ends.left() + ", " + ends.right() + ", " + WindowCode.zone(ends.end().windows(), writer) + ", "
                + conditionCalc + ")";
    }
}
