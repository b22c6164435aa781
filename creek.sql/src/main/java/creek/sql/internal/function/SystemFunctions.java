package creek.sql.internal.function;

import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of the session. */
final class SystemFunctions {
    static final SqlFunction CURRENT_DATABASE = Signatures.function("CURRENT_DATABASE",
            ReturnTypes.explicit(SqlTypeName.VARCHAR, Integer.MAX_VALUE), OperandTypes.NILADIC);

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            // the planner puts the name in its place
            new FunctionDefinition(Category.SYSTEM, CURRENT_DATABASE, "CURRENT_DATABASE()", "The name of the current database.", null));

    private SystemFunctions() {
    }
}
