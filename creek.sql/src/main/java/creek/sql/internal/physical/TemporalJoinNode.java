package creek.sql.internal.physical;

import creek.core.operator.TemporalJoinOperator;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Joins rows with the versions of others at their event times. */
final class TemporalJoinNode extends JoinNode {
    private final boolean outer;
    private final int leftTime;
    private final int rightTime;

    TemporalJoinNode(boolean outer, JoinSide left, JoinSide right, int leftTime, int rightTime, RexNode condition, RelDataType rowType) {
        super(left, right, condition, rowType);
        this.outer = outer;
        this.leftTime = leftTime;
        this.rightTime = rightTime;
    }

    @Override
    Changes changes() {
        return left().node().changes();
    }

    @Override
    boolean passesChanges() {
        return true;
    }

    /** A version is replaced by the next one of its key. */
    @Override
    boolean needsUpdateBefore(int input, boolean own) {
        return input == 0 && own;
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return left().node().upsertKeys();
    }

    @Override
    String name() {
        return (outer ? "LEFT" : "INNER") + " TEMPORAL JOIN (as of " + inputs().get(0).rowType().getFieldNames().get(leftTime) + ", versions by "
                + inputs().get(1).rowType().getFieldNames().get(rightTime) + ")";
    }

    @Override
    String operator(JobWriter writer, String leftInput, String rightInput, String conditionCalc) {
        return "new " + writer.use(TemporalJoinOperator.class) + "(" + outer + ", " + leftInput + ", " + rightInput + ", " + leftTime + ", "
                + rightTime + ", " + conditionCalc + ")";
    }
}
