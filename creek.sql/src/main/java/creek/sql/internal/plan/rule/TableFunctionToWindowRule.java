package creek.sql.internal.plan.rule;

import creek.sql.internal.SqlError;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.WindowRel;
import creek.sql.internal.plan.WindowSpec;
import creek.sql.internal.plan.WindowSpec.Kind;
import creek.sql.internal.validate.WindowTableFunction;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** {@code TUMBLE(TABLE …)} and its kin become windows. */
public final class TableFunctionToWindowRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof LogicalTableFunctionScan scan) || !(scan.getCall() instanceof RexCall call)
                || !(call.getOperator() instanceof WindowTableFunction)) {
            return null;
        }
        RelNode input = scan.getInput(0);
        int time = ((RexInputRef) ((RexCall) call.getOperands().get(0)).getOperands().get(0)).getIndex();
        List<RexNode> intervals = call.getOperands().subList(1, call.getOperands().size());
        String name = call.getOperator().getName();
        return new WindowRel(input, spec(name, time, input.getRowType().getFieldList().get(time).getType(), intervals));
    }

    /** @param intervals what the function takes behind the time column */
    static WindowSpec spec(String function, int time, RelDataType type, List<RexNode> intervals) {
        return switch (function) {
            case "TUMBLE" -> new WindowSpec(Kind.TUMBLE, time, type, millis(function, intervals, 0), millis(function, intervals, 0),
                    millis(function, intervals, 1));
            case "HOP" -> new WindowSpec(Kind.HOP, time, type, millis(function, intervals, 1), millis(function, intervals, 0),
                    millis(function, intervals, 2));
            case "CUMULATE" -> new WindowSpec(Kind.CUMULATE, time, type, millis(function, intervals, 1), millis(function, intervals, 0),
                    millis(function, intervals, 2));
            case "SESSION" -> new WindowSpec(Kind.SESSION, time, type, millis(function, intervals, 0), millis(function, intervals, 0), 0)
                    .withColumns(time, columns(intervals, 1));
            default -> throw new IllegalStateException(function);
        };
    }

    /** The columns of the DESCRIPTOR at that place, none if it is left out. */
    private static List<Integer> columns(List<RexNode> operands, int place) {
        return place >= operands.size() || operands.get(place).isA(SqlKind.DEFAULT) ? List.of()
                : ((RexCall) operands.get(place)).getOperands().stream().map(column -> ((RexInputRef) column).getIndex()).toList();
    }

    /** The interval at that place, or 0 if it is left out. */
    private static long millis(String function, List<RexNode> intervals, int place) {
        if (place >= intervals.size() || intervals.get(place).isA(SqlKind.DEFAULT)) {
            return 0;
        }
        if (!(intervals.get(place) instanceof RexLiteral literal) || !SqlTypeUtil.isInterval(literal.getType())
                || literal.getType().getSqlTypeName().isYearMonth()) {
            throw SqlError.unsupported(function + " takes intervals of days to seconds, written out: INTERVAL '10' SECOND");
        }
        return literal.getValueAs(BigDecimal.class).longValue();
    }
}
