package creek.sql.internal.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
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
        return call.getOperator() instanceof TryCastFunction ? Convertlets::tryCast : StandardConvertletTable.INSTANCE.get(call);
    }

    private static RexNode tryCast(SqlRexContext context, SqlCall call) {
        RexNode value = context.convertExpression(call.operand(0));
        RelDataType type = context.getValidator().getValidatedNodeType(call);
        return context.getRexBuilder().makeCall(type, call.getOperator(), java.util.List.of(value));
    }
}
