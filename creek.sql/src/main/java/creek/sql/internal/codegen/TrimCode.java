package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.function.Strings;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** TRIM(flag, characters, string). */
public final class TrimCode implements FunctionCode {
    public static final TrimCode INSTANCE = new TrimCode();

    private TrimCode() {
    }

    @Override
    public Expression generate(ExpressionCompiler compiler, RexCall call, DataType type) {
        SqlTrimFunction.Flag flag = ((RexLiteral) call.getOperands().get(0)).getValueAs(SqlTrimFunction.Flag.class);
        String method = switch (flag) {
            case BOTH -> "trim";
            case LEADING -> "ltrim";
            case TRAILING -> "rtrim";
        };
        boolean blanks = call.getOperands().get(1) instanceof RexLiteral literal && " ".equals(literal.getValueAs(String.class));
        Expression text = compiler.compileExpanded(call.getOperands().get(2));
        List<Expression> arguments = blanks ? List.of(text) : List.of(text, compiler.compileExpanded(call.getOperands().get(1)));
        return compiler.strict(type, arguments, terms -> compiler.body().imports().use(Strings.class) + "." + method + "("
                + String.join(", ", terms) + ")");
    }
}
