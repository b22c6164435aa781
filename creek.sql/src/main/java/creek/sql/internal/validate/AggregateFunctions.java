package creek.sql.internal.validate;

import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** The aggregate functions that statements can name. */
public final class AggregateFunctions {
    public static final SqlOperatorTable TABLE = SqlOperatorTables.of(SqlStdOperatorTable.COUNT, SqlStdOperatorTable.SUM,
            SqlStdOperatorTable.AVG, SqlStdOperatorTable.MIN, SqlStdOperatorTable.MAX);

    private AggregateFunctions() {
    }
}
