package creek.sql.internal.physical;

import creek.core.operator.SemiJoinOperator;
import java.util.Set;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Passes on the rows of the left side that have a partner on the right, or those that have none. */
final class SemiJoinNode extends JoinNode {
    private final boolean anti;

    SemiJoinNode(boolean anti, JoinSide left, JoinSide right, RexNode condition) {
        super(left, right, condition, left.node().rowType());
        this.anti = anti;
    }

    @Override
    Changes changes() {
        return anti ? Changes.ALL : super.changes();
    }

    /** A row goes out as what it came in as. */
    @Override
    boolean givesUpdateBefore(boolean needed, boolean comeIn) {
        return comeIn;
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return UpsertKeys.containing(left().keys(), left().node().upsertKeys());
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
