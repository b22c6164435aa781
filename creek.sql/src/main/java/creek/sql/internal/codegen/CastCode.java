package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.function.NestedCasts;
import creek.core.function.NestedTexts;
import creek.core.function.NumberCasts;
import creek.core.function.TemporalCasts;
import creek.core.function.TemporalTexts;
import creek.core.function.TextCasts;
import creek.core.function.Variants;
import creek.core.function.Zones;
import creek.sql.internal.SqlError;
import java.math.BigDecimal;
import java.util.List;

/** CAST: from any type to any type that Flink casts it to. Failing ones throw {@link creek.core.function.CastException}. */
final class CastCode {
    private static final int LONG_DIGITS = 19;

    private final ExpressionCompiler compiler;

    CastCode(ExpressionCompiler compiler) {
        this.compiler = compiler;
    }

    Expression cast(Expression in, DataType target) {
        DataType from = in.type();
        if (in.isAlwaysNull() || from.root() == TypeRoot.NULL) {
            return LiteralCode.nullOf(target);
        }
        DataType to = target.nullable(in.isNullable());
        if (from.nullable(true).equals(to.nullable(true))) {
            return in;
        }
        return switch (to.root()) {
            case BOOLEAN -> toBoolean(in, to);
            case TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE -> toPrimitive(in, to);
            case DECIMAL -> toDecimal(in, to);
            case CHAR, VARCHAR -> toText(in, to);
            case BINARY, VARBINARY -> toBytes(in, to);
            case DATE -> toDate(in, to);
            case TIME_WITHOUT_TIME_ZONE -> toTime(in, to);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> toTimestamp(in, to);
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> toInterval(in, to);
            case ARRAY, MAP, MULTISET, ROW, STRUCTURED_TYPE -> toNested(in, to);
            case VARIANT, NULL -> throw impossible(in, to);
        };
    }

    private static SqlError impossible(Expression in, DataType to) {
        return SqlError.invalid("a value of type " + in.type().nullable(true) + " can't be cast to " + to.nullable(true));
    }

    /** The text of a static call. {@code %s} stands for the argument. */
    private String method(Class<?> owner, String call) {
        return compiler.body().imports().use(owner) + "." + call;
    }

    private Expression strict(Expression in, DataType to, String pattern) {
        return compiler.strict(to, List.of(in), terms -> pattern.replace("%s", terms.get(0)));
    }

    private Expression total(Expression in, DataType to, String pattern) {
        return compiler.total(to, List.of(in), terms -> pattern.replace("%s", terms.get(0)));
    }

    private Expression toBoolean(Expression in, DataType to) {
        if (in.type().isString()) {
            return strict(in, to, method(NumberCasts.class, "toBoolean(%s)"));
        }
        if (in.type().root() == TypeRoot.DECIMAL) {
            return strict(in, to, "(%s.signum() != 0)");
        }
        if (JavaTypes.isNumeric(in.type())) {
            return total(in, to, "(%s != 0)");
        }
        throw impossible(in, to);
    }

    private Expression toPrimitive(Expression in, DataType to) {
        Class<?> form = JavaTypes.of(to);
        String name = Character.toUpperCase(form.getName().charAt(0)) + form.getName().substring(1);
        return switch (in.type().root()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
                    JavaTypes.of(in.type()) == form ? new Expression(in.term(), in.nullTerm(), to) : total(in, to, "((" + form.getName() + ") %s)");
            case BOOLEAN -> total(in, to, "((" + form.getName() + ") (%s ? 1 : 0))");
            case DECIMAL -> form == double.class && compiler.body().decimal(in.term()) != null
                    ? Expression.notNull(compiler.body().decimal(in.term()).doubleValue() + "d", to)
                    : strict(in, to, form == double.class ? "%s.doubleValue()" : form == float.class ? "%s.floatValue()"
                    : form == long.class ? "%s.longValue()" : "((" + form.getName() + ") %s.longValue())");
            case CHAR, VARCHAR -> strict(in, to, method(NumberCasts.class, "to" + name + "(%s)"));
            default -> throw impossible(in, to);
        };
    }

    private Expression toDecimal(Expression in, DataType to) {
        String limits = ", " + to.precision() + ", " + to.scale() + ")";
        DataType from = in.type();
        if (from.isString()) {
            return strict(in, to, method(NumberCasts.class, "toDecimal(%s" + limits));
        }
        if (!JavaTypes.isNumeric(from) && from.root() != TypeRoot.BOOLEAN && from.root() != TypeRoot.INTERVAL_DAY_TIME
                && from.root() != TypeRoot.INTERVAL_YEAR_MONTH) {
            throw impossible(in, to);
        }
        int integerDigits = switch (from.root()) {
            case DECIMAL -> from.precision() - from.scale();
            case FLOAT, DOUBLE -> Integer.MAX_VALUE;
            default -> LONG_DIGITS;
        };
        boolean fits = integerDigits <= to.precision() - to.scale() && (from.root() != TypeRoot.DECIMAL || from.scale() <= to.scale());
        return fits ? strict(in, to, method(NumberCasts.class, "toDecimal(%s" + limits))
                : compiler.maybeNull(to.nullable(true), List.of(in), terms -> method(NumberCasts.class, "toDecimal(" + terms.get(0) + limits));
    }

    private Expression toText(Expression in, DataType to) {
        Expression text = text(in);
        int length = to.precision();
        if (to.root() == TypeRoot.CHAR) {
            return text.type().root() == TypeRoot.CHAR && text.type().precision() == length ? text
                    : strict(text, to, method(TextCasts.class, "pad(%s, " + length + ")"));
        }
        return length == DataType.MAX_LENGTH || text.type().root() == TypeRoot.CHAR && text.type().precision() <= length
                ? new Expression(text.term(), text.nullTerm(), to) : strict(text, to, method(TextCasts.class, "cut(%s, " + length + ")"));
    }

    /** The value as text of any length. */
    private Expression text(Expression in) {
        DataType string = DataType.string().nullable(in.isNullable());
        DataType from = in.type();
        return switch (from.root()) {
            case CHAR, VARCHAR -> in;
            // no CAST is, but results are shown so
            case VARIANT -> strict(in, string, method(Variants.class, "toText(%s)"));
            case DATE -> strict(in, string, method(TemporalTexts.class, "date(%s)"));
            case TIME_WITHOUT_TIME_ZONE -> strict(in, string, method(TemporalTexts.class, "time(%s, " + from.precision() + ")"));
            case TIMESTAMP_WITHOUT_TIME_ZONE -> strict(in, string, method(TemporalTexts.class, "timestamp(%s, " + from.precision() + ")"));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> strict(in, string,
                    method(TemporalTexts.class, "timestampLtz(%s, " + from.precision() + ", " + compiler.body().zone() + ")"));
            case INTERVAL_YEAR_MONTH -> strict(in, string, method(TemporalTexts.class, "intervalYearMonth(%s)"));
            case INTERVAL_DAY_TIME -> strict(in, string, method(TemporalTexts.class, "intervalDayTime(%s)"));
            case ARRAY, MAP, MULTISET, ROW, STRUCTURED_TYPE -> strict(in, string,
                    method(NestedTexts.class, "toText(%s, " + new TypeCode(compiler.body()).constant(from) + ", " + compiler.body().zone() + ")"));
            default -> strict(in, string, method(TextCasts.class, "toText(%s)"));
        };
    }

    private Expression toBytes(Expression in, DataType to) {
        Expression bytes = in.type().isString() ? strict(in, DataType.bytes().nullable(in.isNullable()), method(TextCasts.class, "toBytes(%s)"))
                : in;
        if (!JavaTypes.isBytes(bytes.type())) {
            throw impossible(in, to);
        }
        if (to.precision() == DataType.MAX_LENGTH) {
            return new Expression(bytes.term(), bytes.nullTerm(), to);
        }
        return strict(bytes, to, method(TextCasts.class, (to.root() == TypeRoot.BINARY ? "pad" : "cut") + "(%s, " + to.precision() + ")"));
    }

    private Expression toDate(Expression in, DataType to) {
        if (in.type().isString()) {
            return strict(in, to, method(TemporalCasts.class, "toDate(%s)"));
        }
        if (in.type().isTimestamp()) {
            return total(localMillis(in), to, method(TemporalCasts.class, isLtz(in) ? "toLocalDate(%s)" : "toDate(%s)"));
        }
        throw impossible(in, to);
    }

    private Expression toTime(Expression in, DataType to) {
        if (in.type().root() == TypeRoot.TIME_WITHOUT_TIME_ZONE) {
            return to.precision() >= in.type().precision() ? new Expression(in.term(), in.nullTerm(), to)
                    : total(in, to, "(int) " + method(TemporalCasts.class, "truncate((long) %s, " + to.precision() + ")"));
        }
        if (in.type().isString()) {
            return strict(in, to, "(int) " + method(TemporalCasts.class, "truncate((long) " + method(TemporalCasts.class, "toTime(%s)") + ", "
                    + to.precision() + ")"));
        }
        if (in.type().isTimestamp()) {
            return total(localMillis(in), to, "(int) " + method(TemporalCasts.class, "truncate((long) "
                    + method(TemporalCasts.class, isLtz(in) ? "toLocalTime(%s)" : "toTime(%s)") + ", " + to.precision() + ")"));
        }
        throw impossible(in, to);
    }

    private static boolean isLtz(Expression in) {
        return in.type().root() == TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    /** A timestamp's milliseconds on the session's clock. */
    private Expression localMillis(Expression in) {
        DataType local = DataType.timestamp(3).nullable(in.isNullable());
        Expression millis = in.type().isMillis() ? in : strict(in, in.type().root() == TypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE ? local
                : DataType.timestampLtz(3).nullable(in.isNullable()), "%s.millis()");
        return in.type().root() == TypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE ? millis
                : strict(millis, local, method(Zones.class, "toLocal(%s, " + compiler.body().zone() + ")"));
    }

    private Expression toTimestamp(Expression in, DataType to) {
        boolean ltz = to.root() == TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
        DataType from = in.type();
        if (from.isString()) {
            return strict(in, to, method(TemporalCasts.class, (to.isMillis() ? "toMillis" : "toTimestamp") + (ltz ? "Ltz" : "") + "(%s, "
                    + to.precision() + (ltz ? ", " + compiler.body().zone() : "") + ")"));
        }
        DataType coarse = (ltz ? DataType.timestampLtz(3) : DataType.timestamp(3)).nullable(in.isNullable());
        if (from.root() == TypeRoot.DATE || from.root() == TypeRoot.TIME_WITHOUT_TIME_ZONE) {
            Expression local = total(in, coarse, from.root() == TypeRoot.DATE ? "(%s * 86400000L)" : "(long) %s");
            return precision(ltz ? strict(local, coarse, method(Zones.class, "toInstant(%s, " + compiler.body().zone() + ")")) : local, to);
        }
        if (!from.isTimestamp()) {
            throw impossible(in, to);
        }
        if (from.root() == to.root()) {
            return precision(in, to);
        }
        DataType converted = (ltz ? DataType.timestampLtz(from.precision()) : DataType.timestamp(from.precision())).nullable(in.isNullable());
        return precision(strict(in, converted, method(Zones.class, (ltz ? "toInstant" : "toLocal") + "(%s, " + compiler.body().zone() + ")")), to);
    }

    private Expression precision(Expression in, DataType to) {
        DataType from = in.type();
        if (from.isMillis()) {
            if (!to.isMillis()) {
                return strict(in, to, method(TemporalCasts.class, "toTimestamp(%s)"));
            }
            return to.precision() >= from.precision() ? new Expression(in.term(), in.nullTerm(), to)
                    : total(in, to, method(TemporalCasts.class, "truncate(%s, " + to.precision() + ")"));
        }
        if (to.isMillis()) {
            return strict(in, to, to.precision() == 3 ? "%s.millis()" : method(TemporalCasts.class, "truncate(%s.millis(), " + to.precision() + ")"));
        }
        return to.precision() >= from.precision() ? new Expression(in.term(), in.nullTerm(), to)
                : strict(in, to, method(TemporalCasts.class, "truncate(%s, " + to.precision() + ")"));
    }

    private Expression toInterval(Expression in, DataType to) {
        Class<?> form = JavaTypes.of(to);
        if (JavaTypes.isInteger(in.type()) || in.type().root() == TypeRoot.INTERVAL_DAY_TIME
                || in.type().root() == TypeRoot.INTERVAL_YEAR_MONTH) {
            return in.javaType() == form ? new Expression(in.term(), in.nullTerm(), to) : total(in, to, "((" + form.getName() + ") %s)");
        }
        BigDecimal constant = compiler.body().decimal(in.term());
        if (constant != null) {
            return Expression.notNull(constant.longValue() + (form == long.class ? "L" : ""), to);
        }
        throw impossible(in, to);
    }

    private Expression toNested(Expression in, DataType to) {
        if (in.type().children().size() != to.children().size() || in.type().root() != to.root() && !(in.type().isRow() && to.isRow())) {
            throw impossible(in, to);
        }
        TypeCode types = new TypeCode(compiler.body());
        return strict(in, to, "((" + compiler.body().imports().use(JavaTypes.of(to)) + ") " + method(NestedCasts.class, "cast(%s, "
                + types.constant(in.type()) + ", " + types.constant(to) + ", " + compiler.body().zone() + "))"));
    }
}
