package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.sql.internal.SqlError;
import creek.sql.internal.function.FunctionCatalogue;
import creek.sql.internal.type.Types;
import creek.sql.internal.udf.UserFunctionOperator;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/** Calls: the operators of the language here and in the classes beside, everything else by its entry in the function catalogue. */
final class CallCode {
    private final ExpressionCompiler compiler;

    CallCode(ExpressionCompiler compiler) {
        this.compiler = compiler;
    }

    Expression call(RexCall call) {
        DataType type = Types.toDataType(call.getType());
        List<RexNode> operands = call.getOperands();
        return switch (call.getKind()) {
            case AND, OR -> new LogicCode(compiler).junction(call);
            case NOT -> new LogicCode(compiler).not(call);
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE, IS_UNKNOWN -> new LogicCode(compiler).is(call);
            case CASE -> new LogicCode(compiler).caseWhen(call);
            case COALESCE -> new NestedCode(compiler).coalesce(operands, type);
            case EQUALS, NOT_EQUALS, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM ->
                    new ComparisonCode(compiler).equation(call.getKind(), operands.get(0), operands.get(1), type);
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                    new ComparisonCode(compiler).compare(call.getKind(), compile(operands.get(0)), compile(operands.get(1)), type);
            case DIVIDE -> {
                checkDivision(call);
                yield new ArithmeticCode(compiler).binary(call.getKind(), compile(operands.get(0)), compile(operands.get(1)), type);
            }
            case PLUS, MINUS, TIMES, MOD -> new ArithmeticCode(compiler).binary(call.getKind(), compile(operands.get(0)),
                    compile(operands.get(1)), type);
            case MINUS_PREFIX -> new ArithmeticCode(compiler).negate(compile(operands.get(0)), type);
            case PLUS_PREFIX, REINTERPRET -> compiler.convert(compile(operands.get(0)), type);
            case CAST -> compiler.convert(compile(operands.get(0)), type);
            case ROW -> new NestedCode(compiler).row(operands, type);
            case ARRAY_VALUE_CONSTRUCTOR -> new NestedCode(compiler).array(operands, type);
            case MAP_VALUE_CONSTRUCTOR -> new NestedCode(compiler).map(operands, type);
            case ITEM -> new NestedCode(compiler).item(operands, type);
            default -> function(call, type);
        };
    }

    /** @throws SqlError for a constant division by 0, which Flink computes when it plans, whatever its type */
    private static void checkDivision(RexCall division) {
        RexNode divisor = division.getOperands().get(1);
        RexNode value = divisor.getKind() == SqlKind.CAST ? ((RexCall) divisor).getOperands().get(0) : divisor;
        if (value instanceof RexLiteral literal && literal.getValue() instanceof BigDecimal number && number.signum() == 0
                && RexUtil.isConstant(division)) {
            throw SqlError.invalid("division by zero");
        }
    }

    private Expression compile(RexNode node) {
        return compiler.compileExpanded(node);
    }

    private Expression function(RexCall call, DataType type) {
        if (call.getOperator() instanceof UserFunctionOperator own) {
            return UserFunctionCode.generate(compiler, own.function(), call, type);
        }
        return FunctionCatalogue.INSTANCE.find(call.getOperator())
                .orElseThrow(() -> SqlError.unsupported("function " + call.getOperator().getName() + " is not supported"))
                .implementation().generate(compiler, call, type);
    }
}
