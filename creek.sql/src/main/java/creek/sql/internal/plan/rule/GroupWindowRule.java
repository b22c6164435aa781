package creek.sql.internal.plan.rule;

import creek.sql.internal.SqlError;
import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.ExpressionText;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.TimeAttributes;
import creek.sql.internal.plan.WindowColumn.Which;
import creek.sql.internal.plan.WindowRel;
import creek.sql.internal.plan.WindowSpec;
import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.TimeAttributeType;
import creek.sql.internal.validate.GroupWindowFunction;
import creek.sql.internal.validate.GroupWindowFunction.Column;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** An aggregation by the columns of a {@code GROUP BY TUMBLE(...)}, HOP or SESSION becomes one over such windows. */
public final class GroupWindowRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof LogicalAggregate aggregate) || !(aggregate.getInput() instanceof CalcRel calc)) {
            return null;
        }
        RexCall call = calc.projects().stream().filter(GroupWindowRule::isWindow).map(RexCall.class::cast).findFirst().orElse(null);
        if (call == null) {
            return null;
        }
        RelNode rows = calc.getInput();
        List<RexNode> columns = new ArrayList<>(rows.getCluster().getRexBuilder().identityProjects(rows.getRowType()));
        List<String> names = new ArrayList<>(rows.getRowType().getFieldNames());
        int time = place(timeOf(call, rows), columns, names);
        List<Integer> sessionKeys = new ArrayList<>();
        if (function(call).window() == SqlKind.SESSION) {
            aggregate.getGroupSet().asList().stream().map(calc.projects()::get).filter(key -> !isWindow(key))
                    .forEach(key -> sessionKeys.add(place(key, columns, names)));
        }
        RelNode input = columns.size() == rows.getRowType().getFieldCount() ? rows : CalcRel.create(rows, null, columns, names);
        WindowSpec windows = TableFunctionToWindowRule.spec(function(call).window().name(), time, columns.get(time).getType(),
                call.getOperands().subList(1, call.getOperands().size())).withColumns(time, sessionKeys).grouped();
        WindowRel windowed = new WindowRel(input, windows);
        List<RexNode> projects = new ArrayList<>();
        for (RexNode project : calc.projects()) {
            int known = columns.indexOf(project);
            projects.add(isWindow(project) ? windowColumn(windowed, function(project).column())
                    : known >= 0 ? RexInputRef.of(known, windowed.getRowType()) : project);
        }
        RelNode below = CalcRel.create(windowed, calc.condition(), projects, calc.getRowType().getFieldNames());
        return aggregate.copy(aggregate.getTraitSet(), below, aggregate.getGroupSet(), aggregate.getGroupSets(), aggregate.getAggCallList());
    }

    private static boolean isWindow(RexNode node) {
        return node instanceof RexCall call && call.getOperator() instanceof GroupWindowFunction;
    }

    private static GroupWindowFunction function(RexNode call) {
        return (GroupWindowFunction) ((RexCall) call).getOperator();
    }

    private static RexNode timeOf(RexCall call, RelNode rows) {
        RexNode time = call.getOperands().get(0);
        if (time instanceof RexInputRef && time.getType() instanceof TimeAttributeType || TimeAttributeType.isProctime(time.getType())) {
            return time;
        }
        RexBuilder rex = rows.getCluster().getRexBuilder();
        return TimeAttributes.comesFromRowtime(time, rows) ? TimeAttributes.rowtime(rex, TimeAttributes.materialize(rex, time)) : time;
    }

    /** The place of an expression among the columns, to which it is added if it is none of them. */
    private static int place(RexNode expression, List<RexNode> columns, List<String> names) {
        int known = columns.indexOf(expression);
        if (known < 0) {
            names.add(ExpressionText.of(expression, names));
            columns.add(expression);
            return columns.size() - 1;
        }
        return known;
    }

    private static RexNode windowColumn(WindowRel windowed, Column column) {
        RexBuilder rex = windowed.getCluster().getRexBuilder();
        int first = windowed.getInput().getRowType().getFieldCount();
        boolean eventTime = windowed.windows().isEventTime();
        return switch (column) {
            case START -> rex.makeInputRef(windowed, first + Which.START.ordinal());
            case END -> rex.makeInputRef(windowed, first + Which.END.ordinal());
            case ROWTIME -> {
                if (!eventTime) {
                    throw SqlError.invalid("A proctime window cannot provide a rowtime attribute.");
                }
                yield rex.makeInputRef(windowed, first + Which.TIME.ordinal());
            }
            // as in Flink a window by event time has none
            case PROCTIME -> eventTime ? rex.makeNullLiteral(((StreamTypeFactory) rex.getTypeFactory()).withoutTimeAttribute(windowed.windows().timeType()))
                    : rex.makeInputRef(windowed, first + Which.TIME.ordinal());
        };
    }
}
