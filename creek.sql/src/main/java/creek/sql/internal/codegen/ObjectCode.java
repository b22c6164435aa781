package creek.sql.internal.codegen;

import creek.core.data.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** OBJECT_OF and OBJECT_UPDATE. */
public final class ObjectCode {
    public static final FunctionCode OF = ObjectCode::of;
    public static final FunctionCode UPDATE = ObjectCode::update;

    private ObjectCode() {
    }

    private static Expression of(ExpressionCompiler compiler, RexCall call, DataType type) {
        List<RexNode> values = new ArrayList<>();
        for (int i = 2; i < call.getOperands().size(); i += 2) {
            values.add(call.getOperands().get(i));
        }
        return new NestedCode(compiler).row(values, type);
    }

    private static Expression update(ExpressionCompiler compiler, RexCall call, DataType type) {
        NestedCode nested = new NestedCode(compiler);
        Expression object = compiler.bind(compiler.compileExpanded(call.getOperands().get(0)), "object");
        List<Expression> fields = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            RexNode value = value(call, type.fields().get(i).name());
            fields.add(value == null ? nested.field(object, i, object.type().children().get(i)) : compiler.compileExpanded(value));
        }
        return object.isAlwaysNull() ? LiteralCode.nullOf(type) : new Expression(nested.rowOf(fields, type).term(), object.nullTerm(), type);
    }

    /** What a field is set to; null if it stays as it is. */
    private static RexNode value(RexCall call, String name) {
        for (int i = 1; i < call.getOperands().size(); i += 2) {
            if (name.equals(((RexLiteral) call.getOperands().get(i)).getValueAs(String.class))) {
                return call.getOperands().get(i + 1);
            }
        }
        return null;
    }
}
