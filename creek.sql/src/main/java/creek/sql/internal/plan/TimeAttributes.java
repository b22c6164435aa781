package creek.sql.internal.plan;

import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.TimeAttributeType;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Which expressions are time attributes. */
public final class TimeAttributes {
    /** Marks a column as a table's event time. The identity, as far as values go. */
    private static final SqlFunction ROWTIME = new SqlFunction("$ROWTIME", SqlKind.OTHER_FUNCTION, ReturnTypes.ARG0, null, OperandTypes.ANY,
            SqlFunctionCategory.SYSTEM);

    private static final Set<SqlKind> SHIFTS = Set.of(SqlKind.PLUS, SqlKind.MINUS);

    private TimeAttributes() {
    }

    /** That value as event time. */
    public static RexNode rowtime(RexBuilder rex, RexNode value) {
        RelDataType type = ((StreamTypeFactory) rex.getTypeFactory()).createRowtime(value.getType());
        return rex.makeCall(type, ROWTIME, List.of(value));
    }

    /** Takes the marks out of an expression, for code that is made from it. */
    public static RexNode strip(RexNode node) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                return call.getOperator() == ROWTIME ? call.getOperands().get(0).accept(this) : super.visitCall(call);
            }
        });
    }

    /**
     * Calls over time attributes give plain timestamps, though Calcite derives their types from their operands': only columns that are passed
     * on, the mark itself and PROCTIME() are time attributes.
     */
    public static RexNode materialize(RexBuilder rex, RexNode node) {
        StreamTypeFactory types = (StreamTypeFactory) rex.getTypeFactory();
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                RexCall visited = (RexCall) super.visitCall(call);
                boolean stays = call.getOperator() == ROWTIME || call.getOperands().isEmpty();
                return stays || !(visited.getType() instanceof TimeAttributeType) ? visited
                        : visited.clone(types.withoutTimeAttribute(visited.getType()), visited.getOperands());
            }
        });
    }

    /**
     * Whether the expression is a table's event time, or that with an interval added, also where joins and groupings have made a plain timestamp
     * of it: as in Flink a {@code GROUP BY TUMBLE(...)} takes that, too.
     */
    public static boolean comesFromRowtime(RexNode expression, RelNode input) {
        if (expression instanceof RexInputRef reference) {
            return isRowtime(input, reference.getIndex());
        }
        return expression instanceof RexCall call && (call.getOperator() == ROWTIME
                || SqlTypeUtil.isDatetime(call.getType()) && call.isA(SHIFTS) && comesFromRowtime(call.getOperands().get(0), input));
    }

    private static boolean isRowtime(RelNode node, int column) {
        if (node instanceof CalcRel calc) {
            return comesFromRowtime(calc.projects().get(column), calc.getInput());
        }
        if (node instanceof JoinRel join) {
            int columns = join.getLeft().getRowType().getFieldCount();
            return column < columns ? isRowtime(join.getLeft(), column) : isRowtime(join.getRight(), column - columns);
        }
        if (node instanceof GroupAggregateRel aggregate) {
            return column < aggregate.keys().cardinality() && isRowtime(aggregate.getInput(), aggregate.keys().nth(column));
        }
        return TimeAttributeType.isRowtime(node.getRowType().getFieldList().get(column).getType());
    }
}
