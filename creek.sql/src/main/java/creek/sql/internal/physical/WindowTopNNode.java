package creek.sql.internal.physical;

import creek.core.data.DataType;
import creek.core.operator.RowOrder;
import creek.core.operator.WindowTopNOperator;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.RankRel;
import creek.sql.internal.plan.WindowColumn;
import creek.sql.internal.plan.WindowColumn.Which;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.util.ImmutableBitSet;

/** Passes on the first rows of each window and partition in an order, when the window is over. */
final class WindowTopNNode extends PhysicalNode {
    private final RankRel rank;
    private final int endColumn;
    private final WindowColumn end;

    private WindowTopNNode(PhysicalNode input, RankRel rank, int endColumn, WindowColumn end) {
        super(List.of(input), rank.getRowType());
        this.rank = rank;
        this.endColumn = endColumn;
        this.end = end;
    }

    /** The step for ranks that are by start and end of an event-time window; empty for others. */
    static Optional<PhysicalNode> of(RankRel rank, PhysicalNode input) {
        boolean byStart = false;
        int endColumn = -1;
        WindowColumn end = null;
        for (int column : rank.partition()) {
            Optional<WindowColumn> found = WindowColumn.of(rank.getInput(), column);
            if (found.isPresent() && found.get().windows().isEventTime()) {
                byStart |= found.get().which() == Which.START;
                if (found.get().which() == Which.END) {
                    endColumn = column;
                    end = found.get();
                }
            }
        }
        return byStart && end != null && rank.last() <= Integer.MAX_VALUE && !input.isUpdating()
                ? Optional.of(new WindowTopNNode(input, rank, endColumn, end)) : Optional.empty();
    }

    private int[] partition() {
        return rank.partition().except(ImmutableBitSet.of(endColumn)).toArray();
    }

    @Override
    String kind() {
        return "window_top";
    }

    @Override
    String describe() {
        return "WindowTop " + rank.first() + " to " + rank.last() + (rank.isNumbered() ? " with number" : "") + " by "
                + input().rowType().getFieldNames().get(endColumn) + Orders.describe(input(), partition(), rank.order());
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.stream(input());
        StringBuilder order = new StringBuilder("new ").append(writer.use(RowOrder.class)).append("()");
        for (RelFieldCollation each : rank.order().getFieldCollations()) {
            DataType type = input().schema().type(each.getFieldIndex());
            order.append(".by(").append(each.getFieldIndex()).append(", ").append(writer.type(type)).append(", ").append(Orders.isAscending(each))
                    .append(", ").append(Orders.isNullsFirst(each)).append(')');
        }
        return upstream + ".then(" + JavaNames.literal(id()) + ", new " + writer.use(WindowTopNOperator.class) + "(" + endColumn + ", "
                + WindowCode.zone(end.windows(), writer) + ", " + writer.keySelector(partition(), input().schema()) + ",\n" + order + ", "
                + rank.first() + ", " + rank.last() + ", " + rank.isNumbered() + ", " + input().rowType().getFieldCount() + "))";
    }
}
