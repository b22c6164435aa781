package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.WindowRel;
import creek.sql.internal.plan.WindowSpec.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
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
        boolean fits = found[0] && found[1] && grouping.isOverInput(others) && grouping.isOverInput(arguments(aggregate, calc))
                && (window.windows().kind() != Kind.SESSION || isByPartition(aggregate, calc, window));
        return fits ? grouping.build(aggregate) : null;
    }

    private static List<RexNode> arguments(LogicalAggregate aggregate, CalcRel calc) {
        List<RexNode> arguments = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            call.getArgList().forEach(argument -> arguments.add(calc.projects().get(argument)));
            if (call.hasFilter()) {
                arguments.add(calc.projects().get(call.filterArg));
            }
        }
        return arguments;
    }

    /** Sessions are found where they are aggregated, if that is by the columns that they are partitioned by. */
    private static boolean isByPartition(LogicalAggregate aggregate, CalcRel calc, WindowRel window) {
        Set<RexNode> keys = new HashSet<>();
        aggregate.getGroupSet().forEach(group -> keys.add(calc.projects().get(group)));
        int first = window.getInput().getRowType().getFieldCount();
        keys.removeIf(key -> key instanceof RexInputRef reference && reference.getIndex() >= first);
        Set<RexNode> partition = new HashSet<>();
        window.windows().partitionBy().forEach(column -> partition.add(RexInputRef.of(column, window.getInput().getRowType())));
        return keys.equals(partition);
    }
}
