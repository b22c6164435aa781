package creek.sql.internal.physical;

import creek.core.operator.IntervalJoinOperator;
import creek.core.operator.JoinType;
import creek.sql.internal.plan.JoinCondition;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/** Joins rows whose event times are close to each other. */
final class IntervalJoinNode extends JoinNode {
    private final JoinRelType type;
    private final JoinCondition.Interval interval;

    IntervalJoinNode(JoinRelType type, JoinSide left, JoinSide right, JoinCondition.Interval interval, RexNode condition, RelDataType rowType) {
        super(left, right, condition, rowType);
        this.type = type;
        this.interval = interval;
    }

    @Override
    String name() {
        String leftTime = inputs().get(0).rowType().getFieldNames().get(interval.leftTime());
        String rightTime = inputs().get(1).rowType().getFieldNames().get(interval.rightTime());
        return type + " INTERVAL JOIN (" + leftTime + " - " + rightTime + " BETWEEN " + interval.lower() + " AND " + interval.upper() + " ms)";
    }

    @Override
    String operator(JobWriter writer, String leftInput, String rightInput, String conditionCalc) {
        return "new " + writer.use(IntervalJoinOperator.class) + "(" + writer.use(JoinType.class) + "." + type + ", " + leftInput + ", "
                + rightInput + ", " + interval.isProctime() + ", " + interval.leftTime() + ", " + interval.rightTime() + ", " + interval.lower() + "L, " + interval.upper() + "L, "
                + conditionCalc + ")";
    }
}
