package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.function.Extracts;
import creek.core.function.TemporalCasts;
import creek.core.function.TemporalFunctions;
import creek.core.function.TemporalRounding;
import creek.sql.internal.SqlError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** EXTRACT, FLOOR and CEIL of dates and times, and functions that see TIMESTAMP_LTZ as clocks of the session's zone show it. */
public final class TemporalCode {
    public static final FunctionCode EXTRACT = TemporalCode::extract;
    public static final FunctionCode FLOOR = (compiler, call, type) -> rounded(compiler, call, type, "floor", NumberCode.FLOOR);
    public static final FunctionCode CEIL = (compiler, call, type) -> rounded(compiler, call, type, "ceil", NumberCode.CEIL);
    public static final FunctionCode TO_TIMESTAMP_LTZ = TemporalCode::toTimestampLtz;

    public static final FunctionCode CURRENT_WATERMARK = (compiler, call, type) -> {
        String watermark = compiler.body().watermark();
        return compiler.convert(new Expression(watermark, "(" + watermark + " == Long.MIN_VALUE)",
                type.root() == TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE ? DataType.timestampLtz(3) : DataType.timestamp(3)), type);
    };

    private static final int MILLIS_PER_DAY = 86_400_000;

    private TemporalCode() {
    }

    /** A function that is given TIMESTAMP_LTZ arguments as local timestamps. */
    public static FunctionCode local(StaticMethod method) {
        return (compiler, call, type) -> {
            List<Expression> arguments = new ArrayList<>();
            for (RexNode operand : call.getOperands()) {
                Expression argument = compiler.compileExpanded(operand);
                arguments.add(argument.type().root() != TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE ? argument
                        : compiler.convert(argument, DataType.timestamp(argument.type().precision()).nullable(argument.isNullable())));
            }
            return method.generate(compiler, call.getOperands(), arguments, type);
        };
    }

    private static String unit(RexNode flag) {
        return String.valueOf(((RexLiteral) flag).getValue()).toUpperCase(Locale.ROOT);
    }

    private static Expression extract(ExpressionCompiler compiler, RexCall call, DataType type) {
        String unit = unit(call.getOperands().get(0));
        Expression from = compiler.compileExpanded(call.getOperands().get(1));
        String extracts = compiler.body().imports().use(Extracts.class) + "." + unit.toLowerCase(Locale.ROOT);
        if (from.type().root() == TypeRoot.INTERVAL_DAY_TIME || from.type().root() == TypeRoot.INTERVAL_YEAR_MONTH) {
            return interval(compiler, unit, from, type);
        }
        if (unit.equals("EPOCH") && from.type().root() == TypeRoot.TIME_WITHOUT_TIME_ZONE) {
            throw SqlError.invalid("EXTRACT(EPOCH FROM ...) is not possible of a TIME, which has no date");
        }
        return switch (unit) {
            case "HOUR", "MINUTE", "SECOND", "MILLISECOND", "EPOCH" ->
                    compiler.total(type, List.of(millis(compiler, from)), terms -> extracts + "(" + terms.get(0) + ")");
            case "MICROSECOND", "NANOSECOND" -> {
                Expression fine = compiler.convert(from, DataType.timestamp(9).nullable(from.isNullable()));
                yield compiler.strict(type, List.of(fine), terms -> extracts + "(" + terms.get(0) + ")");
            }
            default -> {
                // by way of a TIMESTAMP, of which the day is cut towards 1970, as in Flink
                Expression local = from.type().root() != TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE ? from
                        : compiler.convert(from, DataType.timestamp(from.type().precision()).nullable(from.isNullable()));
                Expression date = compiler.convert(local, DataType.date().nullable(from.isNullable()));
                yield compiler.total(type, List.of(date), terms -> extracts + "(" + terms.get(0) + ")");
            }
        };
    }

    private static Expression interval(ExpressionCompiler compiler, String unit, Expression from, DataType type) {
        boolean months = from.type().root() == TypeRoot.INTERVAL_YEAR_MONTH;
        String pattern = switch (unit) {
            case "YEAR" -> months ? "%s / 12" : null;
            case "MONTH" -> months ? "%s % 12" : null;
            case "QUARTER" -> months ? "(%s % 12 - 1) / 3 + 1" : null;
            case "DAY" -> months ? null : "%s / 86400000L";
            case "HOUR" -> months ? null : "%s / 3600000L % 24";
            case "MINUTE" -> months ? null : "%s / 60000L % 60";
            case "SECOND" -> months ? null : "%s / 1000L % 60";
            case "MILLISECOND" -> months ? null : "%s % 60000L";
            default -> null;
        };
        if (pattern == null) {
            throw SqlError.invalid("EXTRACT(" + unit + " FROM ...) is not possible of " + from.type());
        }
        return compiler.total(type, List.of(from), terms -> "(" + pattern.replace("%s", terms.get(0)) + ")");
    }

    /** Milliseconds of the day or of the local calendar. */
    private static Expression millis(ExpressionCompiler compiler, Expression from) {
        return from.type().root() == TypeRoot.TIME_WITHOUT_TIME_ZONE
                ? new Expression("(long) " + from.term(), from.nullTerm(), DataType.bigint().nullable(from.isNullable()))
                : compiler.convert(from, DataType.timestamp(3).nullable(from.isNullable()));
    }

    private static Expression rounded(ExpressionCompiler compiler, RexCall call, DataType type, String method, FunctionCode ofNumber) {
        if (call.getOperands().size() == 1) {
            return ofNumber.generate(compiler, call, type);
        }
        String unit = unit(call.getOperands().get(1));
        Expression point = compiler.compileExpanded(call.getOperands().get(0));
        String owner = compiler.body().imports().use(TemporalRounding.class) + "." + method;
        Long fixed = fixedLength(unit);
        if (point.type().root() == TypeRoot.TIME_WITHOUT_TIME_ZONE) {
            if (fixed == null) {
                throw SqlError.invalid("a TIME can't be rounded to " + unit);
            }
            return compiler.total(type, List.of(point), terms -> "((int) " + owner + "((long) " + terms.get(0) + ", " + fixed + "L))");
        }
        if (point.type().root() == TypeRoot.DATE) {
            return fixed != null ? point : compiler.total(type, List.of(point), terms -> ofDays(owner, unit, terms.get(0)));
        }
        boolean ltz = point.type().root() == TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
        DataType localType = DataType.timestamp(3).nullable(point.isNullable());
        DataType instantType = DataType.timestampLtz(3).nullable(point.isNullable());
        Expression instant = ltz ? compiler.bind(compiler.convert(point, instantType), "instant") : point;
        Expression local = ltz ? compiler.bind(compiler.convert(instant, localType), "local") : compiler.convert(point, localType);
        String days = compiler.body().imports().use(TemporalCasts.class) + ".toDate(";
        Expression result = compiler.total(localType, List.of(local), terms -> fixed != null
                ? owner + "(" + terms.get(0) + ", " + fixed + "L)" : "(" + ofDays(owner, unit, days + terms.get(0) + ")") + " * " + MILLIS_PER_DAY + "L)");
        // the way back takes the offset of the point itself, as Flink does, even if clocks are changed between it and the result
        Expression back = !ltz ? result : compiler.total(instantType, List.of(instant, local, result),
                terms -> "(" + terms.get(0) + " - " + terms.get(1) + " + " + terms.get(2) + ")");
        return compiler.convert(back, type);
    }

    private static Long fixedLength(String unit) {
        return switch (unit) {
            case "DAY" -> (long) MILLIS_PER_DAY;
            case "HOUR" -> 3_600_000L;
            case "MINUTE" -> 60_000L;
            case "SECOND" -> 1000L;
            case "MILLISECOND" -> 1L;
            default -> null;
        };
    }

    private static String ofDays(String owner, String unit, String days) {
        return switch (unit) {
            case "WEEK" -> owner + "Week(" + days + ")";
            case "MONTH" -> owner + "Months(" + days + ", 1)";
            case "QUARTER" -> owner + "Months(" + days + ", 3)";
            case "YEAR" -> owner + "Months(" + days + ", 12)";
            case "DECADE" -> owner + "Months(" + days + ", 120)";
            case "CENTURY" -> owner + "Years(" + days + ", 100)";
            case "MILLENNIUM" -> owner + "Years(" + days + ", 1000)";
            default -> throw SqlError.invalid("dates and times can't be rounded to " + unit);
        };
    }

    /** Of integers without boxing: this is what event times are mostly made by. */
    private static Expression toTimestampLtz(ExpressionCompiler compiler, RexCall call, DataType type) {
        List<RexNode> operands = call.getOperands();
        Expression epoch = compiler.compileExpanded(operands.get(0));
        Object precision = operands.size() == 1 ? BigDecimal.valueOf(3)
                : operands.get(1) instanceof RexLiteral literal ? literal.getValue4() : null;
        boolean seconds = BigDecimal.ZERO.equals(precision);
        if (!JavaTypes.isInteger(epoch.type()) || !seconds && !BigDecimal.valueOf(3).equals(precision)) {
            return StaticMethod.of(TemporalFunctions.class, "toTimestampLtz").generate(compiler, call, type);
        }
        Expression number = compiler.convert(epoch, DataType.bigint().nullable(epoch.isNullable()));
        String functions = compiler.body().imports().use(TemporalFunctions.class);
        String value = seconds ? compiler.declare(long.class, "millis", functions + ".secondsToMillis(" + number.term() + ")")
                : compiler.bind(number, "millis").term();
        String outside = "!" + functions + ".isTimestampLtz(" + value + ")";
        String isNull = compiler.declare(boolean.class, "isNull", number.isNullable() ? number.nullTerm() + " || " + outside : outside);
        return new Expression(value, isNull, type);
    }
}
