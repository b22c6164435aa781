package creek.sql.internal.physical;

import creek.core.operator.WindowTopNOperator;
import creek.sql.internal.SqlError;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.RankRel;
import creek.sql.internal.plan.WindowColumn;
import creek.sql.internal.plan.WindowColumn.Which;
import creek.sql.internal.type.TimeAttributeType;
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

    /** The step for ranks that are by start and end of a window; empty for others. */
    static Optional<PhysicalNode> of(RankRel rank, PhysicalNode input) {
        boolean byStart = false;
        int endColumn = -1;
        WindowColumn end = null;
        for (int column : rank.partition()) {
            Optional<WindowColumn> found = WindowColumn.of(rank.getInput(), column);
            if (found.isPresent()) {
                byStart |= found.get().which() == Which.START;
                if (found.get().which() == Which.END) {
                    endColumn = column;
                    end = found.get();
                }
            }
        }
        if (!byStart || end == null || rank.last() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        String what = isDeduplication(rank) ? "Window Deduplication" : "Window TopN";
        if (!end.windows().isEventTime()) {
            throw SqlError.unsupported("Processing time " + what + " is not supported yet.");
        }
        return Optional.of(new WindowTopNNode(input.requireInserts(what), rank, endColumn, end));
    }

    /** The first or the last row by time: of rows of the same time the one that came first, or last. */
    private static boolean isDeduplication(RankRel rank) {
        List<RelFieldCollation> order = rank.order().getFieldCollations();
        return rank.first() == 1 && rank.last() == 1 && order.size() == 1
                && rank.getInput().getRowType().getFieldList().get(order.get(0).getFieldIndex()).getType() instanceof TimeAttributeType;
    }

    private boolean keepsLast() {
        return isDeduplication(rank) && !Orders.isAscending(rank.order().getFieldCollations().get(0));
    }

    private int[] partition() {
        return rank.partition().except(ImmutableBitSet.of(endColumn)).toArray();
    }

    @Override
    boolean dropsLateRows() {
        return true;
    }

    @Override
    int[] keyOfInput(int input) {
        return partition();
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
        String upstream = writer.input(this, 0);
        String columns = writer.schema(kind() + "_columns", input().schema());
        String order = Orders.sortKey(writer, columns, rank.order().getFieldCollations());
        return upstream + ".then(" + writer.id(this) + ", new " + writer.use(WindowTopNOperator.class) + "(" + endColumn + ", "
                + WindowCode.zone(end.windows(), writer) + ", " + writer.keySelector(partition(), input().schema()) + ",\n" + order + ", "
                + rank.first() + ", " + rank.last() + ", " + rank.isNumbered() + ", " + keepsLast() + ", " + columns
                + "))";
    }
}
