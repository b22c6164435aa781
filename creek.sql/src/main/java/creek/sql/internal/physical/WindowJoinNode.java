package creek.sql.internal.physical;

import creek.core.operator.WindowJoinOperator;
import creek.sql.internal.plan.JoinRel;
import creek.sql.internal.plan.WindowColumn;
import creek.sql.internal.plan.WindowColumn.Which;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** Joins the rows of two streams that are in the same window, when the window is over. */
final class WindowJoinNode extends JoinNode {
    /**
     * Where the windows of both sides end.
     *
     * @param left  place in the left rows
     * @param right place in the right rows
     * @param end   what the column is
     */
    record Ends(int left, int right, WindowColumn end) {
    }

    private final JoinRelType type;
    private final Ends ends;

    WindowJoinNode(JoinRelType type, JoinSide left, JoinSide right, Ends ends, RexNode condition, RelDataType rowType) {
        super(left, right, condition, rowType);
        this.type = type;
        this.ends = ends;
    }

    /** The ends of the windows, if the join is by start and end of event-time windows that lie alike; else empty. */
    static Optional<Ends> ends(JoinRel join) {
        List<RexNode> leftKeys = join.parts().leftKeys();
        boolean byStart = false;
        Ends ends = null;
        for (int i = 0; i < leftKeys.size(); i++) {
            if (leftKeys.get(i) instanceof RexInputRef left && join.parts().rightKeys().get(i) instanceof RexInputRef right) {
                Optional<WindowColumn> one = WindowColumn.of(join.getLeft(), left.getIndex());
                Optional<WindowColumn> other = WindowColumn.of(join.getRight(), right.getIndex());
                if (one.isPresent() && other.isPresent() && one.get().matches(other.get()) && one.get().windows().isEventTime()) {
                    byStart |= one.get().which() == Which.START;
                    if (one.get().which() == Which.END) {
                        ends = new Ends(left.getIndex(), right.getIndex(), one.get());
                    }
                }
            }
        }
        return byStart ? Optional.ofNullable(ends) : Optional.empty();
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
