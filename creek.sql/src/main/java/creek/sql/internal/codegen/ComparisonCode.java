package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.Timestamp;
import creek.core.data.TypeRoot;
import creek.core.function.Comparisons;
import creek.sql.internal.SqlError;
import java.util.List;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Comparisons: numbers in the wider of both types, strings and binaries byte by byte, DOUBLE as Java does. */
final class ComparisonCode {
    private final ExpressionCompiler compiler;

    ComparisonCode(ExpressionCompiler compiler) {
        this.compiler = compiler;
    }

    Expression compare(SqlKind kind, Expression first, Expression second, DataType type) {
        if (first.type().isString() && JavaTypes.isNumeric(second.type()) || second.type().isString() && JavaTypes.isNumeric(first.type())) {
            throw SqlError.invalid("a value of type " + first.type().nullable(true) + " can't be compared with one of type "
                    + second.type().nullable(true) + ": CAST one of them");
        }
        if (isAlone(first.type()) || isAlone(second.type())) {
            checkSame(first.type(), second.type());
        }
        if (kind == SqlKind.EQUALS || kind == SqlKind.NOT_EQUALS) {
            if (isNeverString(first.type()) && second.type().isString() || first.type().isString() && isNeverString(second.type())) {
                // Flink compares them as they are: no string is a BOOLEAN or an interval
                return compiler.total(type, List.of(first, second), terms -> String.valueOf(kind == SqlKind.NOT_EQUALS));
            }
        }
        List<Expression> sides = unified(first, second);
        Class<?> form = sides.get(0).javaType();
        boolean ordered = kind != SqlKind.EQUALS && kind != SqlKind.NOT_EQUALS;
        if (ordered && first.type().root() == TypeRoot.VARIANT || ordered && !form.isPrimitive() && form != byte[].class && !Comparable.class.isAssignableFrom(form)) {
            throw SqlError.invalid("values of type " + first.type().nullable(true) + " have no order");
        }
        if (form.isPrimitive() && !(ordered && form == boolean.class)) {
            return compiler.total(type, sides, terms -> "(" + terms.get(0) + operator(kind) + terms.get(1) + ")");
        }
        return compiler.strict(type, sides, terms -> ordered ? ordered(kind, form, terms) : equal(kind, sides.get(0).type(), terms));
    }

    private static boolean isAlone(DataType type) {
        return type.root() == TypeRoot.STRUCTURED_TYPE || type.root() == TypeRoot.VARIANT;
    }

    private static void checkSame(DataType first, DataType second) {
        if (first.root() != TypeRoot.NULL && second.root() != TypeRoot.NULL && !first.nullable(true).equals(second.nullable(true))) {
            throw SqlError.invalid("a value of type " + first.nullable(true) + " can't be compared with one of type " + second.nullable(true)
                    + ": CAST one of them");
        }
    }

    /** An equation in which a string column that is no time is no error but null, as in Flink. Other comparisons come with a CAST. */
    Expression equation(SqlKind kind, RexNode first, RexNode second, DataType type) {
        Expression left = compiler.compileExpanded(first);
        Expression right = compiler.compileExpanded(second);
        if (isTime(left.type()) && right.type().isString() && !(second instanceof RexLiteral)) {
            right = new ConversionCode(compiler).tryConvert(right, left.type());
        } else if (isTime(right.type()) && left.type().isString() && !(first instanceof RexLiteral)) {
            left = new ConversionCode(compiler).tryConvert(left, right.type());
        }
        return kind == SqlKind.EQUALS || kind == SqlKind.NOT_EQUALS ? compare(kind, left, right, type) : distinct(kind, left, right, type);
    }

    private static boolean isTime(DataType type) {
        return type.isTimestamp() || type.root() == TypeRoot.DATE || type.root() == TypeRoot.TIME_WITHOUT_TIME_ZONE;
    }

    private static boolean isNeverString(DataType type) {
        return type.root() == TypeRoot.BOOLEAN || type.root() == TypeRoot.INTERVAL_DAY_TIME || type.root() == TypeRoot.INTERVAL_YEAR_MONTH;
    }

    private String equal(SqlKind kind, DataType type, List<String> terms) {
        String equal = type.root() == TypeRoot.DECIMAL ? "(" + terms.get(0) + ".compareTo(" + terms.get(1) + ") == 0)"
                : JavaTypes.isBytes(type) ? compiler.body().imports().use(Comparisons.class) + ".equal(" + terms.get(0) + ", " + terms.get(1) + ")"
                : terms.get(0) + ".equals(" + terms.get(1) + ")";
        return kind == SqlKind.EQUALS ? equal : "!" + equal;
    }

    private String ordered(SqlKind kind, Class<?> form, List<String> terms) {
        String sign = form == boolean.class || form == byte[].class
                ? compiler.body().imports().use(Comparisons.class) + ".compare(" + terms.get(0) + ", " + terms.get(1) + ")"
                : terms.get(0) + ".compareTo(" + terms.get(1) + ")";
        return "(" + sign + operator(kind) + "0)";
    }

    private static String operator(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> " == ";
            case NOT_EQUALS -> " != ";
            case LESS_THAN -> " < ";
            case LESS_THAN_OR_EQUAL -> " <= ";
            case GREATER_THAN -> " > ";
            case GREATER_THAN_OR_EQUAL -> " >= ";
            default -> throw new IllegalArgumentException(kind.toString());
        };
    }

    /** Both sides in one internal form. */
    private List<Expression> unified(Expression first, Expression second) {
        DataType left = first.type();
        DataType right = second.type();
        if (JavaTypes.isNumeric(left) && JavaTypes.isNumeric(right)) {
            boolean mixed = (left.root() == TypeRoot.DECIMAL) != (right.root() == TypeRoot.DECIMAL);
            return mixed ? List.of(numeric(first, right), numeric(second, left)) : List.of(first, second);
        }
        if (left.isTimestamp() && right.isTimestamp() && left.isMillis() != right.isMillis()) {
            return List.of(fine(first), fine(second));
        }
        if (left.root() == TypeRoot.NULL) {
            return List.of(compiler.convert(first, right), second);
        }
        if (JavaTypes.of(left) != JavaTypes.of(right) || left.isString() != right.isString()) {
            // a string literal takes the other side's type, as in the validator's implicit casts
            return left.isString() ? List.of(compiler.convert(first, right.nullable(left.isNullable())), second)
                    : List.of(first, compiler.convert(second, left.nullable(right.isNullable())));
        }
        return List.of(first, second);
    }

    /** DECIMAL beside an integer stays exact, beside FLOAT or DOUBLE it becomes a DOUBLE. */
    private Expression numeric(Expression side, DataType other) {
        boolean decimal = side.type().root() == TypeRoot.DECIMAL;
        if (decimal && JavaTypes.isApproximate(other)) {
            return compiler.convert(side, DataType.doublePrecision().nullable(side.type().isNullable()));
        }
        return !decimal && JavaTypes.isInteger(side.type()) ? compiler.convert(side, DataType.decimal(19, 0).nullable(side.type().isNullable()))
                : side;
    }

    private Expression fine(Expression side) {
        return !side.type().isMillis() ? side : compiler.strict(DataType.timestamp(9).nullable(side.type().isNullable()), List.of(side),
                terms -> compiler.body().imports().use(Timestamp.class) + ".ofMillis(" + terms.get(0) + ")");
    }

    /** IS [NOT] DISTINCT FROM: nulls are equal to each other. */
    private Expression distinct(SqlKind kind, Expression first, Expression second, DataType type) {
        Expression left = compiler.bind(first, "v");
        Expression right = compiler.bind(second, "v");
        Expression equal = compiler.bind(compare(SqlKind.EQUALS, left, right, DataType.bool()), "equal");
        String same = !equal.isNullable() ? equal.term()
                : "(" + left.nullTerm() + " ? " + right.nullTerm() + " : !" + right.nullTerm() + " && " + equal.term() + ")";
        return Expression.notNull(kind == SqlKind.IS_DISTINCT_FROM ? "!" + same : same, type);
    }
}
