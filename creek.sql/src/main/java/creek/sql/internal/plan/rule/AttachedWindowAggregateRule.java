package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.WindowColumn;
import creek.sql.internal.plan.WindowColumn.Which;
import creek.sql.internal.plan.WindowSpec;
import creek.sql.internal.plan.WindowSpec.Kind;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** An aggregation by {@code window_start} and {@code window_end} of rows that have them from a window aggregation before. */
public final class AttachedWindowAggregateRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof LogicalAggregate aggregate) || aggregate.getGroupType() != LogicalAggregate.Group.SIMPLE) {
            return null;
        }
        CalcRel calc = WindowGrouping.calcOf(aggregate.getInput());
        WindowSpec windows = null;
        RexNode end = null;
        boolean byStart = false;
        for (int group : aggregate.getGroupSet()) {
            Optional<WindowColumn> column = WindowColumn.of(calc, group);
            byStart |= column.isPresent() && column.get().which() == Which.START;
            if (column.isPresent() && column.get().which() == Which.END) {
                windows = column.get().windows();
                end = calc.projects().get(group);
            }
        }
        // a window's end is local time, which is what watermarks are about for TIMESTAMP only
        if (!byStart || end == null || !windows.isEventTime() || windows.kind() == Kind.SESSION
                || windows.timeType().getSqlTypeName() != SqlTypeName.TIMESTAMP) {
            return null;
        }
        WindowGrouping grouping = new WindowGrouping(calc, calc.getInput(), windows.attached(), end);
        for (int group : aggregate.getGroupSet()) {
            Optional<WindowColumn> column = WindowColumn.of(calc, group);
            if (column.isPresent()) {
                grouping.addWindowColumn(column.get().which().ordinal());
            } else {
                grouping.addKey(calc.projects().get(group));
            }
        }
        return grouping.build(aggregate);
    }
}
