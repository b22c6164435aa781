package creek.sql.internal.plan.rule;

import creek.sql.internal.SqlError;
import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.WindowSpec;
import creek.sql.internal.plan.WindowSpec.Kind;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** The older {@code GROUP BY TUMBLE(time, interval)} and {@code HOP(…)} become window aggregations. The group's value is its start. */
public final class GroupWindowAggregateRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof LogicalAggregate aggregate) || aggregate.getGroupType() != LogicalAggregate.Group.SIMPLE
                || !(aggregate.getInput() instanceof CalcRel calc)) {
            return null;
        }
        RexCall window = null;
        for (int group : aggregate.getGroupSet()) {
            if (calc.projects().get(group) instanceof RexCall call && isWindow(call)) {
                if (window != null) {
                    throw SqlError.unsupported("only one window function can be grouped by");
                }
                window = call;
            }
        }
        if (window == null) {
            return null;
        }
        RelNode input = calc.getInput();
        WindowGrouping grouping = new WindowGrouping(calc, input, spec(window), window.getOperands().get(0));
        for (int group : aggregate.getGroupSet()) {
            if (calc.projects().get(group) == window) {
                grouping.addWindowColumn(0);
            } else {
                grouping.addKey(calc.projects().get(group));
            }
        }
        return grouping.build(aggregate);
    }

    private static boolean isWindow(RexCall call) {
        return call.getKind() == SqlKind.TUMBLE || call.getKind() == SqlKind.HOP || call.getKind() == SqlKind.SESSION;
    }

    private static WindowSpec spec(RexCall call) {
        List<RexNode> operands = call.getOperands();
        RelDataType type = operands.get(0).getType();
        if (type.getSqlTypeName() != SqlTypeName.TIMESTAMP) {
            throw SqlError.unsupported("GROUP BY " + call.getKind() + " over TIMESTAMP_LTZ is not supported yet; use TABLE(" + call.getKind()
                    + "(TABLE ..., DESCRIPTOR(...), ...))");
        }
        List<RexNode> intervals = operands.subList(1, operands.size());
        String function = call.getKind().name();
        return switch (call.getKind()) {
            case TUMBLE -> new WindowSpec(Kind.TUMBLE, 0, type, millis(function, intervals, 0), millis(function, intervals, 0), 0);
            case HOP -> new WindowSpec(Kind.HOP, 0, type, millis(function, intervals, 1), millis(function, intervals, 0), 0);
            default -> throw SqlError.unsupported("GROUP BY SESSION is not supported yet; use TABLE(SESSION(TABLE ..., DESCRIPTOR(...), ...))");
        };
    }

    private static long millis(String function, List<RexNode> intervals, int place) {
        return TableFunctionToWindowRule.millis(function, intervals, place);
    }
}
