package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.function.Decimals;
import creek.core.function.Intervals;
import creek.sql.internal.SqlError;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlKind;

/** +, -, *, / and % of numbers, dates, times and intervals. Integers wrap around; an integer division by zero throws. */
final class ArithmeticCode {
    private final ExpressionCompiler compiler;

    ArithmeticCode(ExpressionCompiler compiler) {
        this.compiler = compiler;
    }

    Expression binary(SqlKind kind, Expression left, Expression right, DataType type) {
        if (isTemporal(left.type()) || isTemporal(right.type()) || isTemporal(type)) {
            return temporal(kind, left, right, type);
        }
        if (type.root() == TypeRoot.DECIMAL) {
            return decimal(kind, left, right, type);
        }
        if (!JavaTypes.isNumeric(left.type()) || !JavaTypes.isNumeric(right.type())) {
            throw SqlError.unsupported("no arithmetic on " + left.type() + " and " + right.type());
        }
        return primitive(kind, left, right, type);
    }

    private Expression primitive(SqlKind kind, Expression left, Expression right, DataType type) {
        // a remainder is computed in the operands' own types: the result has the divisor's
        List<Expression> sides = kind == SqlKind.MOD ? List.of(operandOfMod(left), operandOfMod(right))
                : List.of(compiler.convert(left, type.nullable(left.type().isNullable())),
                        compiler.convert(right, type.nullable(right.type().isNullable())));
        String operator = switch (kind) {
            case PLUS -> " + ";
            case MINUS -> " - ";
            case TIMES -> " * ";
            case DIVIDE -> " / ";
            case MOD -> " % ";
            default -> throw new IllegalArgumentException(kind.toString());
        };
        boolean canFail = (kind == SqlKind.DIVIDE || kind == SqlKind.MOD) && !JavaTypes.isApproximate(type);
        boolean narrow = type.root() == TypeRoot.TINYINT || type.root() == TypeRoot.SMALLINT || kind == SqlKind.MOD;
        Function<List<String>, String> term = terms -> {
            String operation = "(" + terms.get(0) + operator + terms.get(1) + ")";
            return narrow ? "((" + JavaTypes.of(type).getName() + ") " + operation + ")" : operation;
        };
        return canFail ? compiler.strict(type, sides, term) : compiler.total(type, sides, term);
    }

    private Expression operandOfMod(Expression side) {
        return side.type().root() == TypeRoot.DECIMAL ? compiler.convert(side, DataType.bigint().nullable(side.type().isNullable())) : side;
    }

    private Expression decimal(SqlKind kind, Expression left, Expression right, DataType type) {
        String method = switch (kind) {
            case PLUS -> "add";
            case MINUS -> "subtract";
            case TIMES -> "multiply";
            case DIVIDE -> "divide";
            case MOD -> "remainder";
            default -> throw new IllegalArgumentException(kind.toString());
        };
        return compiler.maybeNull(type, List.of(exact(left), exact(right)), terms -> compiler.body().imports().use(Decimals.class) + "." + method
                + "(" + terms.get(0) + ", " + terms.get(1) + ", " + type.precision() + ", " + type.scale() + ")");
    }

    private Expression exact(Expression side) {
        return side.type().root() == TypeRoot.DECIMAL ? side
                : compiler.convert(side, DataType.decimal(19, 0).nullable(side.type().isNullable()));
    }

    Expression negate(Expression operand, DataType type) {
        if (type.root() == TypeRoot.DECIMAL) {
            return compiler.strict(type, List.of(operand), terms -> terms.get(0) + ".negate()");
        }
        return compiler.total(type, List.of(operand), terms -> "((" + JavaTypes.of(type).getName() + ") -" + terms.get(0) + ")");
    }

    private static boolean isTemporal(DataType type) {
        return type.isTimestamp() || isInterval(type) || type.root() == TypeRoot.DATE || type.root() == TypeRoot.TIME_WITHOUT_TIME_ZONE;
    }

    private static boolean isInterval(DataType type) {
        return type.root() == TypeRoot.INTERVAL_DAY_TIME || type.root() == TypeRoot.INTERVAL_YEAR_MONTH;
    }

    private Expression temporal(SqlKind kind, Expression left, Expression right, DataType type) {
        if (isInterval(left.type()) && (isInterval(right.type()) || JavaTypes.isNumeric(right.type()))
                || isInterval(right.type()) && JavaTypes.isNumeric(left.type())) {
            return intervals(kind, left, right, type);
        }
        if (isInterval(left.type())) {
            return shifted(kind, right, left, type);
        }
        if (isInterval(right.type())) {
            return shifted(kind, left, right, type);
        }
        return difference(left, right, type);
    }

    /** Sums and differences of intervals, and their multiples. */
    private Expression intervals(SqlKind kind, Expression left, Expression right, DataType type) {
        String operator = switch (kind) {
            case PLUS -> " + ";
            case MINUS -> " - ";
            case TIMES -> " * ";
            default -> throw SqlError.unsupported("intervals can't be divided");
        };
        List<Expression> sides = List.of(left, right);
        if (kind == SqlKind.TIMES && !sides.stream().allMatch(side -> isInterval(side.type()) || JavaTypes.isInteger(side.type()))) {
            throw SqlError.unsupported("an interval can be multiplied by an integer only");
        }
        String form = JavaTypes.of(type).getName();
        return compiler.total(type, sides, terms -> "((" + form + ") (" + terms.get(0) + operator + terms.get(1) + "))");
    }

    /** A date, time or timestamp plus or minus an interval. */
    private Expression shifted(SqlKind kind, Expression point, Expression interval, DataType type) {
        boolean months = interval.type().root() == TypeRoot.INTERVAL_YEAR_MONTH;
        String sign = kind == SqlKind.MINUS ? "-" : "";
        if (!months && point.type().isMillis() && type.isMillis()) {
            return compiler.total(type, List.of(point, interval),
                    terms -> "(" + terms.get(0) + (kind == SqlKind.MINUS ? " - " : " + ") + terms.get(1) + ")");
        }
        if (point.type().root() == TypeRoot.DATE && type.isTimestamp() && !type.isMillis()) {
            return compiler.convert(shifted(kind, point, interval, DataType.timestamp(3).nullable(type.isNullable())), type);
        }
        Expression in = point.type().isTimestamp() && type.isTimestamp() ? compiler.convert(point, type.nullable(point.type().isNullable()))
                : point;
        String method = (months ? "plusMonths" : "plusMillis") + switch (in.type().root()) {
            case DATE -> type.root() == TypeRoot.DATE ? "OfDate" : "OfDateToTimestamp";
            case TIME_WITHOUT_TIME_ZONE -> "OfTime";
            default -> "";
        };
        return compiler.strict(type, List.of(in, interval), terms -> compiler.body().imports().use(Intervals.class) + "." + method + "("
                + terms.get(0) + ", " + sign + terms.get(1) + ")");
    }

    /** The interval between two dates, times or timestamps. */
    private Expression difference(Expression left, Expression right, DataType type) {
        TypeRoot from = right.type().root();
        TypeRoot to = left.type().root();
        if (type.root() == TypeRoot.INTERVAL_DAY_TIME && to == TypeRoot.TIME_WITHOUT_TIME_ZONE) {
            throw SqlError.unsupported("there is no difference of times of day");
        }
        if (from != to && (from == TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE || to == TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
            throw SqlError.invalid("the difference of " + left.type().nullable(true) + " and " + right.type().nullable(true)
                    + " is not defined; cast one to the other's type");
        }
        List<Expression> sides = List.of(millis(left), millis(right));
        if (type.root() == TypeRoot.INTERVAL_YEAR_MONTH) {
            return compiler.strict(type, sides, terms -> compiler.body().imports().use(Intervals.class) + ".monthsBetween(" + terms.get(0) + ", "
                    + terms.get(1) + ")");
        }
        return compiler.total(type, sides, terms -> "(" + terms.get(0) + " - " + terms.get(1) + ")");
    }

    private Expression millis(Expression point) {
        DataType type = DataType.bigint().nullable(point.type().isNullable());
        return switch (point.type().root()) {
            case DATE -> compiler.total(type, List.of(point), terms -> "(" + terms.get(0) + " * 86400000L)");
            case TIME_WITHOUT_TIME_ZONE -> compiler.total(type, List.of(point), terms -> "(long) " + terms.get(0));
            default -> point.type().isMillis() ? point : compiler.strict(type, List.of(point), terms -> terms.get(0) + ".millis()");
        };
    }
}
