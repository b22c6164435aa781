package creek.sql.internal.plan.rule;

import creek.sql.internal.SqlError;
import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.WindowRel;
import creek.sql.internal.plan.WindowSpec.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** An aggregation by {@code window_start} and {@code window_end} over windows becomes a window aggregation. */
public final class WindowAggregateRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof LogicalAggregate aggregate) || aggregate.getGroupType() != LogicalAggregate.Group.SIMPLE) {
            return null;
        }
        CalcRel calc = WindowGrouping.calcOf(aggregate.getInput());
        if (!(calc.getInput() instanceof WindowRel window)) {
            return null;
        }
        WindowGrouping grouping = new WindowGrouping(calc, window.getInput(), window.windows(),
                calc.getCluster().getRexBuilder().makeInputRef(window.getInput(), window.windows().timeColumn()));
        int first = window.getInput().getRowType().getFieldCount();
        boolean[] found = new boolean[WindowRel.WINDOW_COLUMNS];
        for (int group : aggregate.getGroupSet()) {
            RexNode key = calc.projects().get(group);
            if (key instanceof RexInputRef reference && reference.getIndex() >= first) {
                found[reference.getIndex() - first] = true;
                grouping.addWindowColumn(reference.getIndex() - first);
            } else {
                grouping.addKey(key);
            }
        }
        List<RexNode> others = calc.condition() == null ? List.of() : List.of(calc.condition());
        if (!found[0] || !found[1] || !grouping.isOverInput(others)) {
            return null;
        }
        if (window.windows().kind() == Kind.SESSION) {
            checkPartition(aggregate, calc, window);
        }
        return grouping.build(aggregate);
    }

    /** Sessions are found where they are aggregated. */
    private static void checkPartition(LogicalAggregate aggregate, CalcRel calc, WindowRel window) {
        Set<RexNode> keys = new HashSet<>();
        aggregate.getGroupSet().forEach(group -> keys.add(calc.projects().get(group)));
        int first = window.getInput().getRowType().getFieldCount();
        keys.removeIf(key -> key instanceof RexInputRef reference && reference.getIndex() >= first);
        Set<RexNode> partition = new HashSet<>();
        window.windows().partitionBy().forEach(column -> partition.add(RexInputRef.of(column, window.getInput().getRowType())));
        if (!keys.equals(partition)) {
            throw SqlError.unsupported("an aggregation of SESSION windows must group by the columns that the sessions are partitioned by, "
                    + "window_start and window_end, and no others");
        }
    }
}
