package creek.sql.internal.function;

import creek.sql.internal.type.Types;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlJsonQueryFunction;
import org.apache.calcite.sql.fun.SqlJsonValueFunction;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** How calls become row expressions: Calcite's ways, and ours for functions that it does not know. */
public final class Convertlets implements SqlRexConvertletTable {
    public static final Convertlets INSTANCE = new Convertlets();

    private Convertlets() {
    }

    @Override
    public SqlRexConvertlet get(SqlCall call) {
        SqlOperator operator = call.getOperator();
        return operator instanceof CastFunction ? Convertlets::cast
                : operator == JsonOperators.VALUE ? (context, json) -> returning(context, json, SqlJsonValueFunction.removeTypeSpecOperands(json))
                : operator == JsonOperators.QUERY ? (context, json) -> returning(context, json, SqlJsonQueryFunction.removeTypeSpecOperands(json))
                : operator == SystemFunctions.CURRENT_DATABASE ? (context, database) -> currentDatabase(context)
                : operator.getOperandTypeChecker() instanceof Arguments arguments ? (context, typed) -> typed(context, typed, arguments)
                : StandardConvertletTable.INSTANCE.get(call);
    }

    /** Names are looked up there first. */
    private static RexNode currentDatabase(SqlRexContext context) {
        List<String> path = context.getValidator().getCatalogReader().getSchemaPaths().get(0);
        RelDataType type = context.getTypeFactory().createSqlType(SqlTypeName.VARCHAR, Integer.MAX_VALUE);
        return context.getRexBuilder().makeLiteral(path.get(path.size() - 1), type, true);
    }

    /** The operands are cast to the types that the function expects. */
    private static RexNode typed(SqlRexContext context, SqlCall call, Arguments arguments) {
        List<RexNode> operands = new ArrayList<>();
        call.getOperandList().forEach(operand -> operands.add(context.convertExpression(operand)));
        List<RelDataType> expected = arguments.expected(context.getTypeFactory(), operands.stream().map(RexNode::getType).toList());
        for (int i = 0; i < operands.size(); i++) {
            RelDataType given = operands.get(i).getType();
            if (!Types.toDataType(given).nullable(true).equals(Types.toDataType(expected.get(i)).nullable(true))) {
                operands.set(i, context.getRexBuilder().makeCast(expected.get(i), operands.get(i), false, false));
            }
        }
        return context.getRexBuilder().makeCall(context.getValidator().getValidatedNodeType(call), call.getOperator(), operands);
    }

    /** The RETURNING type is the call's own. */
    private static RexNode returning(SqlRexContext context, SqlCall call, List<SqlNode> withoutType) {
        List<RexNode> operands = new ArrayList<>();
        withoutType.forEach(operand -> operands.add(context.convertExpression(operand)));
        return context.getRexBuilder().makeCall(context.getValidator().getValidatedNodeType(call), call.getOperator(), operands);
    }

    private static RexNode cast(SqlRexContext context, SqlCall call) {
        RexNode value = context.convertExpression(call.operand(0));
        // a literal counts the interval's unit, any other number milliseconds or months
        if (call.operand(0) instanceof SqlNumericLiteral && call.operand(1) instanceof SqlIntervalQualifier qualifier) {
            BigDecimal units = ((RexLiteral) value).getValueAs(BigDecimal.class);
            value = context.getRexBuilder().makeIntervalLiteral(units.multiply(qualifier.getUnit().multiplier), qualifier);
        }
        RelDataType type = context.getValidator().getValidatedNodeType(call);
        return call.getOperator() == CastFunction.CAST ? context.getRexBuilder().makeCast(type, value, false, false)
                : context.getRexBuilder().makeCall(type, CastFunction.TRIED, List.of(value));
    }
}
