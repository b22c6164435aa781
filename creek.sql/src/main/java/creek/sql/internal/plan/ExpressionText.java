package creek.sql.internal.plan;

import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.Types;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Row expressions as people read them in a plan. Complete: different expressions have different texts. */
public final class ExpressionText {
    private ExpressionText() {
    }

    /** @param columns names of the columns that the expression is over */
    public static String of(RexNode node, List<String> columns) {
        RexNode stripped = TimeAttributes.strip(node);
        if (stripped instanceof RexPatternFieldRef reference) {
            return reference.getAlpha() + "." + columns.get(reference.getIndex());
        }
        if (stripped instanceof RexInputRef reference) {
            return columns.get(reference.getIndex());
        }
        if (stripped instanceof RexFieldAccess access) {
            return of(access.getReferenceExpr(), columns) + "." + access.getField().getName();
        }
        if (stripped instanceof RexLiteral literal) {
            return literal(literal);
        }
        if (stripped instanceof RexCall call) {
            return call(call, columns);
        }
        return stripped.toString();
    }

    private static String literal(RexLiteral literal) {
        if (literal.isNull()) {
            return "NULL";
        }
        if (SqlTypeUtil.isInterval(literal.getType())) {
            return "INTERVAL " + literal.getValueAs(BigDecimal.class)
                    + (literal.getType().getSqlTypeName().isYearMonth() ? " MONTHS" : " MS");
        }
        if (literal.getTypeName() == SqlTypeName.CHAR) {
            return "'" + literal.getValueAs(String.class).replace("'", "''") + "'"
                    + (literal.getType().getSqlTypeName() == SqlTypeName.CHAR ? "" : ":" + Types.toDataType(literal.getType()).nullable(true));
        }
        return literal.toString();
    }

    private static String call(RexCall call, List<String> columns) {
        List<String> operands = call.getOperands().stream().map(operand -> of(operand, columns)).toList();
        if (call.getKind() == SqlKind.CAST) {
            return call.getOperator().getName() + "(" + operands.get(0) + " AS " + Types.toDataType(call.getType()).nullable(true) + ")";
        }
        if (call.getKind() == SqlKind.SEARCH) {
            return of(RexUtil.expandSearch(new RexBuilder(new StreamTypeFactory()), null, call),
                    columns);
        }
        if (call.getOperator() instanceof SqlBinaryOperator && operands.size() > 1) {
            return IntStream.range(0, operands.size()).mapToObj(i -> call.getOperands().get(i) instanceof RexCall inner
                            && inner.getOperator() instanceof SqlBinaryOperator ? "(" + operands.get(i) + ")" : operands.get(i))
                    .collect(Collectors.joining(" " + call.getOperator().getName() + " "));
        }
        if (call.getOperator() instanceof SqlPostfixOperator) {
            return operands.get(0) + " " + call.getOperator().getName();
        }
        return call.getOperator().getName() + "(" + String.join(", ", operands) + ")";
    }
}
