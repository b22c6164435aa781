package creek.sql.internal.physical;

import creek.core.operator.JoinType;
import creek.core.operator.RegularJoinOperator;
import java.util.Set;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Joins all rows of two streams. */
final class RegularJoinNode extends JoinNode {
    private final JoinRelType type;

    RegularJoinNode(JoinRelType type, JoinSide left, JoinSide right, RexNode condition, RelDataType rowType) {
        super(left, right, condition, rowType);
        this.type = type;
    }

    @Override
    Changes changes() {
        return type.isOuterJoin() ? Changes.ALL : super.changes();
    }

    /** An outer join takes rows back and gives others; it never gives updates. */
    @Override
    boolean givesUpdateBefore(boolean needed, boolean comeIn) {
        return type.isOuterJoin() ? needed : comeIn;
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return UpsertKeys.joined(type, left(), right());
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
