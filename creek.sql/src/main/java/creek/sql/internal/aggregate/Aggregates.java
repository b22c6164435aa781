package creek.sql.internal.aggregate;

import creek.core.aggregate.DecimalDeviation;
import creek.core.aggregate.HeldValue;
import creek.core.aggregate.JsonItems;
import creek.core.aggregate.JsonMembers;
import creek.core.aggregate.Percentiles;
import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.sql.internal.SqlError;
import creek.sql.internal.aggregate.ExtremeCode.Which;
import creek.sql.internal.aggregate.ValuesCode.Result;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaTypes;
import creek.sql.internal.codegen.TypeCode;
import creek.sql.internal.codegen.UserAggregateCalls;
import creek.sql.internal.type.Types;
import creek.sql.internal.udf.UserAggregateOperator;
import creek.sql.internal.validate.AggregateFunctions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;

/** Which code computes which aggregate function. */
public final class Aggregates {
    private Aggregates() {
    }

    /** Whether the function can take back the oldest of its rows without keeping all of them. */
    public static boolean takesBack(AggregateCall call) {
        return takesBack(call.getAggregation());
    }

    /** As {@link #takesBack(AggregateCall)}. */
    public static boolean takesBack(SqlAggFunction function) {
        return function instanceof UserAggregateOperator || switch (function.getKind()) {
            case COUNT, SUM, SUM0, AVG, COLLECT, LISTAGG, ARRAY_AGG, JSON_ARRAYAGG, JSON_OBJECTAGG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> true;
            default -> false;
        };
    }

    /** Refuses aggregates that, as in Flink, can't be put together from parts, as windows that share slices and sessions need it. */
    public static void checkMergeable(AggregateCall call) {
        if (call.getAggregation() instanceof UserAggregateOperator own && !own.function().accumulator().orElseThrow().merges()) {
            throw SqlError.invalid("function " + own.getName() + " is used over windows whose parts are merged, but class "
                    + own.function().type().getName() + " has no public method merge(accumulator, Iterable)");
        }
        switch (call.getAggregation().getKind()) {
            case FIRST_VALUE, LAST_VALUE, JSON_ARRAYAGG -> throw SqlError.unsupported(call.getAggregation().getName().replaceFirst("_[A-Z]+_ON_NULL", "")
                    + " can't be computed over HOP, CUMULATE and SESSION windows, whose parts are merged; TUMBLE windows can be used");
            default -> {
            }
        }
    }

    /** Refuses aggregates that Flink does not compute in a {@code GROUP BY TUMBLE(...)}, HOP or SESSION. */
    public static void checkGroupWindow(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        if (kind == SqlKind.JSON_ARRAYAGG || kind == SqlKind.JSON_OBJECTAGG) {
            throw SqlError.unsupported(kind + " can't be computed in the older GROUP BY TUMBLE, HOP and SESSION; use the table function");
        }
    }

    /** Whether the order of rows shows in the result. */
    public static boolean keepsOrder(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return kind == SqlKind.LISTAGG || kind == SqlKind.ARRAY_AGG;
    }

    /** The call as people read it in a plan. */
    public static String text(AggregateCall call, List<String> columns) {
        String arguments = call.getArgList().isEmpty() ? "*" : call.getArgList().stream().map(columns::get).collect(Collectors.joining(", "));
        return call.getAggregation().getName() + "(" + (call.isDistinct() ? "DISTINCT " : "") + arguments + ")"
                + (call.filterArg < 0 ? "" : " FILTER " + columns.get(call.filterArg));
    }

    /** @param tables of distinct values, by column, that earlier aggregates of the same accumulator have */
    static AggregateCode code(ClassBody body, int number, AggregateCall call, RelDataType inputType, boolean retracts,
            Map<Integer, SharedNumbers> tables) {
        List<DataType> arguments = call.getArgList().stream()
                .map(column -> Types.toDataType(inputType.getFieldList().get(column).getType())).toList();
        AggregateCode code = call.getAggregation() instanceof UserAggregateOperator own
                ? new UserAggregateCode(new UserAggregateCalls(body, own.function(), arguments, retracts), number,
                        call.getArgList().stream().map(column -> inputType.getFieldList().get(column).getType()).toList(), Types.toDataType(call.getType()))
                : code(body, number, call, arguments, retracts);
        if (!call.isDistinct() || !isNeeded(call.getAggregation().getKind())) {
            return code;
        }
        if (retracts || !SharedNumbers.canHold(arguments)) {
            return new DistinctCode(body, number, code, distinct(arguments));
        }
        return new DistinctNumbersCode(body, code, tables.compute(call.getArgList().get(0),
                (column, table) -> table == null || table.isFull() ? new SharedNumbers(number, arguments.get(0)) : table), call.filterArg);
    }

    private static List<DataType> distinct(List<DataType> arguments) {
        for (DataType argument : arguments) {
            switch (argument.root()) {
                case ROW, STRUCTURED_TYPE, MAP, MULTISET, BINARY, VARBINARY ->
                    throw SqlError.unsupported("aggregates over DISTINCT values of type " + argument.nullable(true) + " are not supported");
                default -> {
                }
            }
        }
        return arguments;
    }

    /** DISTINCT makes no difference to the smallest and the greatest value. */
    private static boolean isNeeded(SqlKind kind) {
        return kind != SqlKind.MIN && kind != SqlKind.MAX;
    }

    private static AggregateCode code(ClassBody body, int number, AggregateCall call, List<DataType> arguments, boolean retracts) {
        DataType first = arguments.isEmpty() ? null : arguments.get(0);
        SqlKind kind = call.getAggregation().getKind();
        return switch (kind) {
            // RANK and DENSE_RANK count rows, too, as in Flink 2.2.0, which does not see that rows have the same time
            case COUNT, ROW_NUMBER, RANK, DENSE_RANK -> count(number, arguments);
            case SUM, SUM0, AVG -> new SumCode(body, number, kind, first, Types.toDataType(call.getType()));
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> deviation(body, number, kind, first, Types.toDataType(call.getType()));
            case MIN, MAX -> extreme(body, number, kind, first, retracts);
            case FIRST_VALUE, LAST_VALUE -> edge(body, number, kind == SqlKind.LAST_VALUE, first, retracts);
            case SINGLE_VALUE -> new ValuesCode(body, number, Result.SINGLE, first, false);
            case ARRAY_AGG -> new ValuesCode(body, number, call.ignoreNulls() ? Result.ARRAY_WITHOUT_NULLS : Result.ARRAY, first, false);
            case LISTAGG -> new ValuesCode(body, number, Result.JOINED, first, arguments.size() > 1);
            case COLLECT -> new ValuesCode(body, number, Result.MULTISET, first, false);
            case JSON_ARRAYAGG -> new HolderCode(body, number, JsonItems.class,
                    absent(((SqlJsonArrayAggAggFunction) call.getAggregation()).getNullClause()));
            case JSON_OBJECTAGG -> new HolderCode(body, number, JsonMembers.class,
                    absent(((SqlJsonObjectAggAggFunction) call.getAggregation()).getNullClause()));
            case LAG -> new LagCode(body, number, first, arguments.size());
            default -> {
                if (call.getAggregation() == AggregateFunctions.PERCENTILE) {
                    yield new HolderCode(body, number, Percentiles.class,
                            arguments.stream().map(new TypeCode(body)::constant).collect(Collectors.joining(", ")));
                }
                throw SqlError.unsupported("the aggregate function " + call.getAggregation().getName() + " is not supported");
            }
        };
    }

    private static String absent(SqlJsonConstructorNullClause clause) {
        return String.valueOf(clause == SqlJsonConstructorNullClause.ABSENT_ON_NULL);
    }

    private static AggregateCode count(int number, List<DataType> arguments) {
        if (arguments.size() > 1) {
            throw SqlError.unsupported("COUNT takes one column; to count distinct values of several, count the rows of a SELECT DISTINCT of them");
        }
        return new CountCode(number);
    }

    private static AggregateCode deviation(ClassBody body, int number, SqlKind kind, DataType argument, DataType result) {
        if (!JavaTypes.isNumeric(argument)) {
            throw SqlError.invalid("deviations and variances are of numbers, not of " + argument.nullable(true));
        }
        boolean root = kind == SqlKind.STDDEV_POP || kind == SqlKind.STDDEV_SAMP;
        boolean sample = kind == SqlKind.STDDEV_SAMP || kind == SqlKind.VAR_SAMP;
        return argument.root() == TypeRoot.DECIMAL
                ? new HolderCode(body, number, DecimalDeviation.class, root + ", " + sample + ", " + argument.scale() + ", " + result.scale())
                : new DeviationCode(body, number, root, sample, argument, result);
    }

    private static AggregateCode extreme(ClassBody body, int number, SqlKind kind, DataType type, boolean retracts) {
        switch (type.root()) {
            case ARRAY, MAP, MULTISET, ROW, STRUCTURED_TYPE, VARIANT, BINARY, VARBINARY, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
                throw SqlError.unsupported(kind + " of values of type " + type.nullable(true) + " is not supported");
            default -> {
            }
        }
        return retracts ? new ValuesCode(body, number, kind == SqlKind.MIN ? Result.MIN : Result.MAX, type, false)
                : new ExtremeCode(body, number, kind == SqlKind.MIN ? Which.MIN : Which.MAX, type);
    }

    private static AggregateCode edge(ClassBody body, int number, boolean last, DataType type, boolean retracts) {
        return retracts ? new ValuesCode(body, number, last ? Result.LAST : Result.FIRST, type, false)
                : TypedField.canHold(type) ? new ExtremeCode(body, number, last ? Which.LAST : Which.FIRST, type)
                : new HolderCode(body, number, HeldValue.class, new TypeCode(body).constant(type) + ", " + last);
    }
}
