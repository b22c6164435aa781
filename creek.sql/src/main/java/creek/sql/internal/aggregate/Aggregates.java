package creek.sql.internal.aggregate;

import creek.core.data.DataType;
import creek.sql.internal.SqlError;
import creek.sql.internal.aggregate.ExtremeCode.Which;
import creek.sql.internal.aggregate.ValuesCode.Result;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.type.Types;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;

/** Which code computes which aggregate function. */
public final class Aggregates {
    private Aggregates() {
    }

    /** Whether the function can take back the oldest of its rows without keeping all of them. */
    public static boolean takesBack(AggregateCall call) {
        return switch (call.getAggregation().getKind()) {
            case COUNT, SUM, SUM0, AVG, COLLECT, LISTAGG, ARRAY_AGG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> true;
            default -> false;
        };
    }

    /** The call as people read it in a plan. */
    public static String text(AggregateCall call, List<String> columns) {
        String arguments = call.getArgList().isEmpty() ? "*" : call.getArgList().stream().map(columns::get).collect(Collectors.joining(", "));
        return call.getAggregation().getName() + "(" + (call.isDistinct() ? "DISTINCT " : "") + arguments + ")"
                + (call.filterArg < 0 ? "" : " FILTER " + columns.get(call.filterArg));
    }

    static AggregateCode code(ClassBody body, int number, AggregateCall call, RelDataType inputType, boolean retracts) {
        List<DataType> arguments = call.getArgList().stream()
                .map(column -> Types.toDataType(inputType.getFieldList().get(column).getType())).toList();
        AggregateCode code = code(body, number, call, arguments, retracts);
        return call.isDistinct() && isNeeded(call.getAggregation().getKind())
                ? new DistinctCode(body, number, code, arguments.get(0)) : code;
    }

    /** DISTINCT makes no difference to the smallest and the greatest value. */
    private static boolean isNeeded(SqlKind kind) {
        return kind != SqlKind.MIN && kind != SqlKind.MAX;
    }

    private static AggregateCode code(ClassBody body, int number, AggregateCall call, List<DataType> arguments, boolean retracts) {
        DataType first = arguments.isEmpty() ? null : arguments.get(0);
        SqlKind kind = call.getAggregation().getKind();
        return switch (kind) {
            case COUNT, ROW_NUMBER -> new CountCode(number);
            case SUM, SUM0, AVG -> new SumCode(body, number, kind, first, Types.toDataType(call.getType()));
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> new DeviationCode(body, number,
                    kind == SqlKind.STDDEV_POP || kind == SqlKind.STDDEV_SAMP, kind == SqlKind.STDDEV_SAMP || kind == SqlKind.VAR_SAMP, first,
                    Types.toDataType(call.getType()));
            case MIN -> retracts ? new ValuesCode(body, number, Result.MIN, first, false) : new ExtremeCode(body, number, Which.MIN, first);
            case MAX -> retracts ? new ValuesCode(body, number, Result.MAX, first, false) : new ExtremeCode(body, number, Which.MAX, first);
            case FIRST_VALUE -> retracts ? new ValuesCode(body, number, Result.FIRST, first, false)
                    : new ExtremeCode(body, number, Which.FIRST, first);
            case LAST_VALUE -> retracts ? new ValuesCode(body, number, Result.LAST, first, false)
                    : new ExtremeCode(body, number, Which.LAST, first);
            case SINGLE_VALUE -> new ValuesCode(body, number, Result.SINGLE, first, false);
            case ARRAY_AGG -> new ValuesCode(body, number, Result.ARRAY, first, false);
            case LISTAGG -> new ValuesCode(body, number, Result.JOINED, first, arguments.size() > 1);
            case COLLECT -> new ValuesCode(body, number, Result.MULTISET, first, false);
            case LAG -> new LagCode(body, number, first, arguments.size());
            case RANK -> new RankCode(number, false);
            case DENSE_RANK -> new RankCode(number, true);
            default -> throw SqlError.unsupported("the aggregate function " + call.getAggregation().getName() + " is not supported");
        };
    }
}
