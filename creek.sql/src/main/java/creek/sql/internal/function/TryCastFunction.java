package creek.sql.internal.function;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlCastFunction;

/** TRY_CAST(value AS type): as CAST, but null where that would fail. */
final class TryCastFunction extends SqlCastFunction {
    TryCastFunction() {
        super("TRY_CAST", SqlKind.SAFE_CAST);
    }

    /** The parser gives calls of it as those of any function. */
    @Override
    public SqlSyntax getSyntax() {
        return SqlSyntax.FUNCTION;
    }
}
