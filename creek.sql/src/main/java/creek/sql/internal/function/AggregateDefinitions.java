package creek.sql.internal.function;

import static creek.sql.internal.function.Category.AGGREGATE;

import creek.sql.internal.validate.AggregateFunctions;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** The aggregate functions, and those of OVER alone; the planner knows how each is computed. */
final class AggregateDefinitions {
    static final List<FunctionDefinition> DEFINITIONS = List.of(
            of(SqlStdOperatorTable.COUNT, "COUNT(*)", "The number of rows."),
            of(SqlStdOperatorTable.COUNT, "COUNT([DISTINCT] value)", "How many values there are, without NULL."),
            of(SqlStdOperatorTable.SUM, "SUM([DISTINCT] numeric)",
                    "The sum, in the type of the argument, where integers wrap around; of DECIMAL(p, s) a DECIMAL(38, s)."),
            of(SqlStdOperatorTable.AVG, "AVG([DISTINCT] numeric)",
                    "The average, in the type of the argument, of integers without its fraction; of DECIMAL(p, s) a DECIMAL(38, max(6, s))."),
            of(SqlStdOperatorTable.MIN, "MIN(value)", "The smallest value."),
            of(SqlStdOperatorTable.MAX, "MAX(value)", "The greatest value."),
            of(SqlStdOperatorTable.STDDEV_POP, "STDDEV_POP([DISTINCT] numeric)", "The standard deviation of all values."),
            of(SqlStdOperatorTable.STDDEV_SAMP, "STDDEV_SAMP([DISTINCT] numeric)", "The standard deviation of a sample; also STDDEV."),
            of(SqlStdOperatorTable.VAR_POP, "VAR_POP([DISTINCT] numeric)", "The variance of all values."),
            of(SqlStdOperatorTable.VAR_SAMP, "VAR_SAMP([DISTINCT] numeric)", "The variance of a sample; also VARIANCE."),
            of(AggregateFunctions.PERCENTILE, "PERCENTILE(numeric, percentage [, frequency])",
                    "The value below which a share of the values between 0 and 1 lies, interpolated; an ARRAY for an ARRAY of percentages. A "
                            + "value counts as often as its frequency says."),
            of(AggregateFunctions.FIRST_VALUE, "FIRST_VALUE(value)", "The first value that is not NULL."),
            of(AggregateFunctions.LAST_VALUE, "LAST_VALUE(value)", "The last value that is not NULL."),
            of(AggregateFunctions.LISTAGG, "LISTAGG([DISTINCT] string [, separator])",
                    "The strings one after the other, with the separator, a comma by default, between them."),
            of(AggregateFunctions.COLLECT, "COLLECT([DISTINCT] value)", "A MULTISET of the values, without NULL."),
            of(AggregateFunctions.ARRAY_AGG, "ARRAY_AGG([DISTINCT] value [{ RESPECT | IGNORE } NULLS])",
                    "An ARRAY of the values in the order they came; NULL if there are none."),
            of(SqlStdOperatorTable.JSON_ARRAYAGG, "JSON_ARRAYAGG(value [{ NULL | ABSENT } ON NULL])",
                    "A JSON array of the values, as text; NULL is left out by default."),
            of(SqlStdOperatorTable.JSON_OBJECTAGG, "JSON_OBJECTAGG([KEY] key VALUE value [{ NULL | ABSENT } ON NULL])",
                    "A JSON object of the keys and values, as text; a key must not come twice."),
            of(SqlStdOperatorTable.GROUPING, "GROUPING(column)", "1 if a row of GROUPING SETS, CUBE or ROLLUP is not grouped by the column, else 0."),
            of(SqlStdOperatorTable.GROUPING_ID, "GROUPING_ID(column, ...)", "The bits of GROUPING of several columns, as a number."),
            of(SqlStdOperatorTable.GROUP_ID, "GROUP_ID()", "0: no grouping comes twice."),
            of(SqlStdOperatorTable.ROW_NUMBER, "ROW_NUMBER() OVER (...)", "The number of the row in its partition, from 1."),
            of(SqlStdOperatorTable.RANK, "RANK() OVER (...)", "The number of rows up to this one, those that are equal to it included."),
            of(SqlStdOperatorTable.DENSE_RANK, "DENSE_RANK() OVER (...)", "The same as RANK, as in Flink 2.2.0."),
            of(SqlStdOperatorTable.LAG, "LAG(value [, offset [, default]]) OVER (...)", "The value so many rows before, one by default."));

    private AggregateDefinitions() {
    }

    private static FunctionDefinition of(SqlOperator operator, String signature, String description) {
        return new FunctionDefinition(AGGREGATE, operator, signature, description, null);
    }
}
