package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.RankRel;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.WindowColumn;
import creek.sql.internal.plan.WindowColumn.Which;
import creek.sql.internal.plan.WindowRel;
import creek.sql.internal.plan.WindowSpec;
import creek.sql.internal.plan.WindowSpec.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexNode;

/**
 * An aggregation by {@code window_start} and {@code window_end} that rows have from an earlier step, such as a window aggregation or a
 * window Top-N, becomes a window aggregation. That step gives the rows of a window before the watermark that closes it.
 */
public final class AttachedWindowAggregateRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof LogicalAggregate aggregate) || aggregate.getGroupType() != LogicalAggregate.Group.SIMPLE) {
            return null;
        }
        CalcRel calc = WindowGrouping.calcOf(aggregate.getInput());
        List<Optional<WindowColumn>> columns = new ArrayList<>();
        aggregate.getGroupSet().forEach(group -> columns.add(WindowColumn.of(calc, group)));
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).isPresent() && columns.get(i).get().which() == Which.END
                    && columns.get(i).get().windows().isEventTime() && !isSessionOfRows(calc)) {
                WindowSpec windows = columns.get(i).get().windows();
                if (columns.stream().anyMatch(each -> isOf(each, windows, Which.START))) {
                    return group(aggregate, calc, columns, windows, calc.projects().get(aggregate.getGroupSet().nth(i)));
                }
            }
        }
        return null;
    }

    /** Whether SESSION has given the rows their windows: grouped by others than the sessions' keys, results change with each row. */
    static boolean isSessionOfRows(RelNode input) {
        RelNode node = input;
        while (node instanceof CalcRel || node instanceof RankRel) {
            node = node.getInput(0);
        }
        return node instanceof WindowRel window && window.windows().kind() == Kind.SESSION;
    }

    private static RelNode group(LogicalAggregate aggregate, CalcRel calc, List<Optional<WindowColumn>> columns, WindowSpec windows, RexNode end) {
        WindowGrouping grouping = new WindowGrouping(calc, calc.getInput(), windows.attached(), end);
        for (int i = 0; i < columns.size(); i++) {
            RexNode key = calc.projects().get(aggregate.getGroupSet().nth(i));
            Optional<WindowColumn> column = columns.get(i);
            // sessions that end at the same time can begin at different ones
            if (column.isEmpty() || !isOf(column, windows, column.get().which())
                    || column.get().which() == Which.START && windows.kind() == Kind.SESSION) {
                grouping.addKey(key);
            } else {
                grouping.addWindowColumn(column.get().which().ordinal());
            }
        }
        return grouping.build(aggregate);
    }

    private static boolean isOf(Optional<WindowColumn> column, WindowSpec windows, Which which) {
        return column.isPresent() && column.get().matches(new WindowColumn(windows, which));
    }
}
