package creek.sql.internal.validate;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** The aggregate functions that statements can name. */
public final class AggregateFunctions {
    // the standard's FIRST_VALUE and LAST_VALUE need OVER
    public static final SqlAggFunction FIRST_VALUE = SqlBasicAggFunction.create("FIRST_VALUE", SqlKind.FIRST_VALUE,
            ReturnTypes.ARG0_FORCE_NULLABLE, OperandTypes.ANY);
    public static final SqlAggFunction LAST_VALUE = SqlBasicAggFunction.create("LAST_VALUE", SqlKind.LAST_VALUE,
            ReturnTypes.ARG0_FORCE_NULLABLE, OperandTypes.ANY);
    public static final SqlAggFunction LISTAGG = SqlBasicAggFunction.create("LISTAGG", SqlKind.LISTAGG,
            ReturnTypes.ARG0_FORCE_NULLABLE, OperandTypes.or(OperandTypes.CHARACTER,
                    OperandTypes.sequence("LISTAGG(<CHARACTER>, <CHARACTER_LITERAL>)", OperandTypes.CHARACTER,
                            OperandTypes.and(OperandTypes.CHARACTER, OperandTypes.LITERAL))));
    public static final SqlAggFunction ARRAY_AGG = SqlBasicAggFunction.create("ARRAY_AGG", SqlKind.ARRAY_AGG,
            ReturnTypes.TO_ARRAY.andThen(SqlTypeTransforms.FORCE_NULLABLE), OperandTypes.ANY).withAllowsNullTreatment(true);
    public static final SqlAggFunction COLLECT = SqlBasicAggFunction.create("COLLECT", SqlKind.COLLECT, ReturnTypes.TO_MULTISET,
            OperandTypes.ANY);

    /** {@code PERCENTILE(value, percentage [, frequency])}, one or for an ARRAY of percentages. */
    public static final SqlAggFunction PERCENTILE = SqlBasicAggFunction.create("PERCENTILE", SqlKind.OTHER_FUNCTION,
            PercentileTypes::result, PercentileTypes.OPERANDS);

    public static final SqlOperatorTable TABLE = SqlOperatorTables.of(SqlStdOperatorTable.COUNT, SqlStdOperatorTable.SUM,
            SqlStdOperatorTable.AVG, SqlStdOperatorTable.MIN, SqlStdOperatorTable.MAX, SqlStdOperatorTable.STDDEV,
            SqlStdOperatorTable.STDDEV_POP, SqlStdOperatorTable.STDDEV_SAMP, SqlStdOperatorTable.VARIANCE, SqlStdOperatorTable.VAR_POP,
            SqlStdOperatorTable.VAR_SAMP, FIRST_VALUE, LAST_VALUE, LISTAGG, ARRAY_AGG, COLLECT, SqlStdOperatorTable.ROW_NUMBER,
            SqlStdOperatorTable.RANK, SqlStdOperatorTable.DENSE_RANK, SqlStdOperatorTable.GROUPING, SqlStdOperatorTable.GROUPING_ID, SqlStdOperatorTable.GROUP_ID,
            SqlStdOperatorTable.LAG, SqlStdOperatorTable.LEAD, SqlStdOperatorTable.SUM0, SqlStdOperatorTable.SINGLE_VALUE, PERCENTILE);

    private AggregateFunctions() {
    }
}
