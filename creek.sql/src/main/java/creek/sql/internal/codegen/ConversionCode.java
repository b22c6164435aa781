package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.function.CastException;
import creek.core.function.TemporalTexts;
import creek.core.function.TextFunctions;
import creek.sql.internal.codegen.ExpressionCompiler.Block;
import creek.sql.internal.type.CommonTypes;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/** TRY_CAST, IF, COALESCE, IFNULL and PRINTF. */
public final class ConversionCode {
    public static final FunctionCode TRY_CAST = ConversionCode::tryCast;
    public static final FunctionCode IF = (compiler, call, type) -> new LogicCode(compiler).choose(call.getOperands(), type);
    public static final FunctionCode COALESCE = (compiler, call, type) -> new NestedCode(compiler).coalesce(call.getOperands(), type);

    public static final FunctionCode TYPEOF = (compiler, call, type) -> Expression.notNull(new LiteralCode(compiler.body())
            .text(Types.toDataType(call.getOperands().get(0).getType()).toString()), type);

    /** What both values have in common; null if an argument is. */
    public static final SqlReturnTypeInference IF_TYPE = binding -> common(binding, List.of(1, 2), List.of(0, 1, 2));
    /** What all values have in common; null if all are. */
    public static final SqlReturnTypeInference COALESCE_TYPE = ConversionCode::coalesced;
    /** As of COALESCE; the first value's where that is never null. */
    public static final SqlReturnTypeInference IFNULL_TYPE = binding -> binding.getOperandType(0).isNullable() ? coalesced(binding)
            : binding.getOperandType(0);

    public static final FunctionCode PRINTF = ConversionCode::printf;

    private final ExpressionCompiler compiler;

    ConversionCode(ExpressionCompiler compiler) {
        this.compiler = compiler;
    }

    /** Values that the formatter does not know are strings to it. */
    private static Expression printf(ExpressionCompiler compiler, RexCall call, DataType type) {
        List<Expression> arguments = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            Expression argument = compiler.compileExpanded(operand);
            DataType given = argument.type();
            boolean known = JavaTypes.isNumeric(given) || given.isString() || given.root() == TypeRoot.BOOLEAN || given.root() == TypeRoot.NULL;
            arguments.add(known || isNumberInside(given) ? argument
                    : given.isTimestamp() ? timestamp(compiler, argument)
                    : compiler.convert(argument, DataType.string().nullable(given.isNullable())));
        }
        return StaticMethod.of(TextFunctions.class, "printf").takesNulls().generate(compiler, call.getOperands(), arguments, type);
    }

    /** The formatter sees Flink's internal forms of dates, times and intervals. */
    private static boolean isNumberInside(DataType type) {
        return type.root() == TypeRoot.DATE || type.root() == TypeRoot.TIME_WITHOUT_TIME_ZONE || type.root() == TypeRoot.INTERVAL_YEAR_MONTH
                || type.root() == TypeRoot.INTERVAL_DAY_TIME;
    }

    /** As {@link java.time.LocalDateTime} shows it, the time in UTC. */
    private static Expression timestamp(ExpressionCompiler compiler, Expression argument) {
        DataType text = DataType.string().nullable(argument.isNullable());
        return compiler.strict(text, List.of(argument), terms -> compiler.body().imports().use(TemporalTexts.class) + ".iso(" + terms.get(0) + ")");
    }

    private static RelDataType common(SqlOperatorBinding binding, List<Integer> values, List<Integer> nullIfAny) {
        List<RelDataType> types = new ArrayList<>();
        values.forEach(i -> types.add(binding.getOperandType(i)));
        RelDataType common = binding.getTypeFactory().leastRestrictive(types);
        return common == null ? null : binding.getTypeFactory().createTypeWithNullability(common,
                nullIfAny.stream().anyMatch(i -> binding.getOperandType(i).isNullable()));
    }

    private static RelDataType coalesced(SqlOperatorBinding binding) {
        List<RelDataType> all = binding.collectOperandTypes();
        RelDataType common = CommonTypes.of(binding.getTypeFactory(), all);
        return common == null ? null : binding.getTypeFactory().createTypeWithNullability(common, all.stream().allMatch(RelDataType::isNullable));
    }

    /** TRY_CAST: null where a CAST fails. */
    private static Expression tryCast(ExpressionCompiler compiler, RexCall call, DataType type) {
        return new ConversionCode(compiler).tryConvert(compiler.compileExpanded(call.getOperands().get(0)), type);
    }

    Expression tryConvert(Expression value, DataType type) {
        Expression in = compiler.bind(value, "v");
        if (in.isAlwaysNull()) {
            return LiteralCode.nullOf(type);
        }
        Block<Expression> cast = compiler.block(() -> compiler.convert(new Expression(in.term(), Expression.NEVER, in.type().notNull()), type));
        String converted = compiler.declare(JavaTypes.of(type), "v", JavaTypes.zero(JavaTypes.of(type)));
        String isNull = compiler.declare(boolean.class, "isNull", "true");
        Expression result = cast.result();
        String assign = cast.statements() + converted + " = " + result.term() + ";\n" + isNull + " = " + result.nullTerm() + ";\n";
        String caught = "try {\n" + assign + "} catch (" + compiler.body().imports().use(CastException.class) + " e) {\n" + isNull + " = true;\n}";
        compiler.statement(in.isNullable() ? "if (!" + in.nullTerm() + ") {\n" + caught + "\n}" : caught);
        return new Expression(converted, isNull, type);
    }
}
