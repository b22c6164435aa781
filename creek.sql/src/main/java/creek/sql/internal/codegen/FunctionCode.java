package creek.sql.internal.codegen;

import creek.core.data.DataType;
import org.apache.calcite.rex.RexCall;

/** How calls of a function become Java. Most are {@link StaticMethod}s. */
@FunctionalInterface
public interface FunctionCode {
    /** @param type the call's type */
    Expression generate(ExpressionCompiler compiler, RexCall call, DataType type);
}
