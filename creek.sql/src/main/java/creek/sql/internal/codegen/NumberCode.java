package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.function.Arithmetic;
import creek.core.function.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of numbers whose result has the argument's type, and the random ones. */
public final class NumberCode {
    public static final FunctionCode ABS = (compiler, call, type) -> sameType(compiler, call, type, "abs");
    public static final FunctionCode SIGN = (compiler, call, type) -> sameType(compiler, call, type, "sign");
    public static final FunctionCode ROUND = (compiler, call, type) -> rounded(compiler, call, type, "round");
    public static final FunctionCode TRUNCATE = (compiler, call, type) -> rounded(compiler, call, type, "truncate");
    public static final FunctionCode FLOOR = (compiler, call, type) -> integral(compiler, call, type, "floor");
    public static final FunctionCode CEIL = (compiler, call, type) -> integral(compiler, call, type, "ceil");
    public static final FunctionCode RAND = (compiler, call, type) -> random(compiler, call, type, 0);
    public static final FunctionCode RAND_INTEGER = (compiler, call, type) -> random(compiler, call, type, 1);
    public static final FunctionCode GREATEST = (compiler, call, type) -> extreme(compiler, call, type, SqlKind.GREATER_THAN);
    public static final FunctionCode LEAST = (compiler, call, type) -> extreme(compiler, call, type, SqlKind.LESS_THAN);

    /** The number's type; a DECIMAL rounded to fewer digits keeps room for a carry. */
    public static final SqlReturnTypeInference ROUND_TYPE = NumberCode::roundType;

    private NumberCode() {
    }

    private static RelDataType roundType(SqlOperatorBinding binding) {
        RelDataType number = binding.getOperandType(0);
        RelDataTypeFactory types = binding.getTypeFactory();
        if (number.getSqlTypeName() != SqlTypeName.DECIMAL) {
            return ReturnTypes.ARG0_NULLABLE.inferReturnType(binding);
        }
        boolean literal = binding.getOperandCount() == 1 || binding.isOperandLiteral(1, false);
        int digits = binding.getOperandCount() == 1 ? 0 : literal ? binding.getOperandLiteralValue(1, Integer.class) : number.getScale();
        int precision = number.getPrecision();
        int scale = number.getScale();
        if (digits < scale) {
            precision = 1 + precision - scale + Math.max(digits, 0);
            scale = Math.max(digits, 0);
        }
        RelDataType rounded = types.createSqlType(SqlTypeName.DECIMAL, Math.min(precision, 38), scale);
        boolean nullable = number.isNullable() || binding.getOperandCount() > 1 && binding.getOperandType(1).isNullable();
        return types.createTypeWithNullability(rounded, nullable);
    }

    private static List<Expression> arguments(ExpressionCompiler compiler, RexCall call) {
        List<Expression> arguments = new ArrayList<>();
        call.getOperands().forEach(operand -> arguments.add(compiler.compileExpanded(operand)));
        return arguments;
    }

    private static Expression sameType(ExpressionCompiler compiler, RexCall call, DataType type, String method) {
        Class<?> owner = type.root() == TypeRoot.DECIMAL ? Decimals.class : Arithmetic.class;
        List<Expression> arguments = arguments(compiler, call);
        Expression argument = arguments.get(0);
        // FLOOR and CEIL of a DECIMAL have another scale than what they round
        Expression number = argument.type().root() == TypeRoot.DECIMAL ? argument : compiler.convert(argument, type.nullable(argument.isNullable()));
        return compiler.strict(type, List.of(number), terms -> compiler.body().imports().use(owner) + "." + method + "(" + terms.get(0) + ")");
    }

    private static Expression integral(ExpressionCompiler compiler, RexCall call, DataType type, String method) {
        if (JavaTypes.isInteger(type)) {
            return arguments(compiler, call).get(0);
        }
        return sameType(compiler, call, type, method);
    }

    private static Expression rounded(ExpressionCompiler compiler, RexCall call, DataType type, String method) {
        List<Expression> arguments = new ArrayList<>(arguments(compiler, call));
        if (arguments.size() == 1) {
            arguments.add(Expression.notNull("0", DataType.integer().notNull()));
        } else {
            arguments.set(1, compiler.convert(arguments.get(1), DataType.integer().nullable(arguments.get(1).isNullable())));
        }
        if (type.root() == TypeRoot.DECIMAL) {
            return compiler.maybeNull(type, arguments, terms -> compiler.body().imports().use(Decimals.class) + "." + method + "("
                    + String.join(", ", terms) + ", " + type.precision() + ", " + type.scale() + ")");
        }
        return compiler.strict(type, arguments, terms -> compiler.body().imports().use(Arithmetic.class) + "." + method + "("
                + String.join(", ", terms) + ")");
    }

    /** One generator for each call and operator, which a literal seed makes give the same sequence again; one a row where seeds differ. */
    private static Expression random(ExpressionCompiler compiler, RexCall call, DataType type, int bounds) {
        List<Expression> arguments = arguments(compiler, call);
        Expression seed = arguments.size() > bounds ? arguments.get(0) : null;
        String make = "new " + compiler.body().imports().use(Random.class) + "(";
        boolean perRow = seed != null && !(call.getOperands().get(0) instanceof RexLiteral);
        String random = perRow ? null : compiler.body().field(Random.class, "random", make + (seed == null ? "" : seed.term()) + ")");
        return compiler.strict(type, arguments, terms -> (perRow ? make + terms.get(0) + ")" : random)
                + (bounds == 0 ? ".nextDouble()" : ".nextInt(" + terms.get(terms.size() - 1) + ")"));
    }

    private static Expression extreme(ExpressionCompiler compiler, RexCall call, DataType type, SqlKind wins) {
        List<RexNode> operands = call.getOperands();
        Expression best = null;
        for (RexNode operand : operands) {
            Expression compiled = compiler.compileExpanded(operand);
            Expression next = compiler.bind(compiler.convert(compiled, type.nullable(compiled.isNullable())), "v");
            if (best == null || best.isAlwaysNull() || next.isAlwaysNull()) {
                best = best != null && best.isAlwaysNull() ? best : next;
                continue;
            }
            Expression other = best;
            Expression better = new ComparisonCode(compiler).compare(wins, next, other, DataType.bool());
            best = compiler.bind(new Expression("(" + better.term() + " ? " + next.term() + " : " + other.term() + ")",
                    compiler.anyNull(List.of(next, other)), type), "v");
        }
        return best;
    }
}
