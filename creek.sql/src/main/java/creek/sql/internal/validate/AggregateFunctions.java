package creek.sql.internal.validate;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** The aggregate functions that statements can name. */
public final class AggregateFunctions {
    /** Unlike Calcite's, these need no OVER. */
    private static final SqlAggFunction FIRST_VALUE = SqlBasicAggFunction.create("FIRST_VALUE", SqlKind.FIRST_VALUE,
            ReturnTypes.ARG0_FORCE_NULLABLE, OperandTypes.ANY);
    private static final SqlAggFunction LAST_VALUE = SqlBasicAggFunction.create("LAST_VALUE", SqlKind.LAST_VALUE,
            ReturnTypes.ARG0_FORCE_NULLABLE, OperandTypes.ANY);
    private static final SqlAggFunction LISTAGG = SqlBasicAggFunction.create("LISTAGG", SqlKind.LISTAGG,
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE),
            OperandTypes.or(OperandTypes.CHARACTER, OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER)));
    private static final SqlAggFunction ARRAY_AGG = SqlBasicAggFunction.create("ARRAY_AGG", SqlKind.ARRAY_AGG,
            ReturnTypes.TO_ARRAY.andThen(SqlTypeTransforms.FORCE_NULLABLE), OperandTypes.ANY);
    private static final SqlAggFunction COLLECT = SqlBasicAggFunction.create("COLLECT", SqlKind.COLLECT, ReturnTypes.TO_MULTISET,
            OperandTypes.ANY);

    public static final SqlOperatorTable TABLE = SqlOperatorTables.of(SqlStdOperatorTable.COUNT, SqlStdOperatorTable.SUM,
            SqlStdOperatorTable.AVG, SqlStdOperatorTable.MIN, SqlStdOperatorTable.MAX, SqlStdOperatorTable.STDDEV,
            SqlStdOperatorTable.STDDEV_POP, SqlStdOperatorTable.STDDEV_SAMP, SqlStdOperatorTable.VARIANCE, SqlStdOperatorTable.VAR_POP,
            SqlStdOperatorTable.VAR_SAMP, FIRST_VALUE, LAST_VALUE, LISTAGG, ARRAY_AGG, COLLECT, SqlStdOperatorTable.ROW_NUMBER,
            SqlStdOperatorTable.RANK, SqlStdOperatorTable.DENSE_RANK, SqlStdOperatorTable.GROUPING, SqlStdOperatorTable.GROUPING_ID,
            SqlStdOperatorTable.LAG, SqlStdOperatorTable.LEAD);

    private AggregateFunctions() {
    }
}
