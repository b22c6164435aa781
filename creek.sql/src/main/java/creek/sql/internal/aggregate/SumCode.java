package creek.sql.internal.aggregate;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.function.Decimals;
import creek.sql.internal.SqlError;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaTypes;
import java.math.BigDecimal;
import org.apache.calcite.sql.SqlKind;

/**
 * SUM, SUM that is 0 without rows, and AVG. Integers wrap around in the result's type; averages of them are added up in 64 bits. A sum of
 * DECIMALs with too many digits is NULL: for good in an average, until the next value in a SUM.
 */
final class SumCode implements AggregateCode {
    private static final int MAX_PRECISION = 38;

    private final ClassBody body;
    private final SqlKind kind;
    private final DataType argument;
    private final DataType result;
    private final String sum;
    private final String count;

    /** @param kind SUM, SUM0 or AVG */
    SumCode(ClassBody body, int number, SqlKind kind, DataType argument, DataType result) {
        if (!JavaTypes.isNumeric(argument)) {
            throw SqlError.invalid(kind + " takes numbers, not " + argument.nullable(true));
        }
        this.body = body;
        this.kind = kind;
        this.argument = argument;
        this.result = result;
        sum = "sum" + number;
        count = "added" + number;
    }

    private boolean isDecimal() {
        return argument.root() == TypeRoot.DECIMAL;
    }

    private String decimals() {
        return body.imports().use(Decimals.class);
    }

    private Class<?> sumType() {
        return isDecimal() ? BigDecimal.class : JavaTypes.isInteger(argument) ? long.class
                : argument.root() == TypeRoot.FLOAT && kind != SqlKind.AVG ? float.class : double.class;
    }

    private String zero() {
        return !isDecimal() ? "0" : kind == SqlKind.SUM ? "null" : body.imports().use(BigDecimal.class) + ".ZERO";
    }

    /** The statement that makes the sum of itself and a value of DECIMAL, which is null only where it is another's sum. */
    private String decimal(String method, String value, boolean nullable) {
        String other = nullable ? " || " + value + " == null" : "";
        String computed = decimals() + "." + method + "(" + sum + ", " + value + ", " + MAX_PRECISION + ", " + argument.scale() + ")";
        return kind != SqlKind.SUM ? sum + " = " + sum + " == null" + other + " ? null : " + computed
                : (nullable ? "if (" + value + " != null) {\n" : "") + sum + " = " + sum + " == null ? "
                        + (method.equals("add") ? value : value + ".negate()") + " : " + computed + (nullable ? ";\n}" : "");
    }

    @Override
    public boolean isFixedSize() {
        return true;
    }

    @Override
    public String fields() {
        return "private " + body.imports().use(sumType()) + " " + sum + " = " + zero() + ";\nprivate long " + count + ";\n";
    }

    @Override
    public String reset() {
        return sum + " = " + zero() + ";\n" + count + " = 0;\n";
    }

    @Override
    public String accumulate(String row, int... arguments) {
        String value = JavaTypes.get(row, arguments[0], argument);
        return CountCode.ifNotNull(row, arguments,
                (isDecimal() ? decimal("add", value, false) : sum + " += " + value) + ";\n" + count + "++;\n");
    }

    @Override
    public String retract(String row, int... arguments) {
        String value = JavaTypes.get(row, arguments[0], argument);
        return CountCode.ifNotNull(row, arguments,
                (isDecimal() ? decimal("subtract", value, false) : sum + " -= " + value) + ";\n" + count + "--;\n");
    }

    @Override
    public String merge(String other) {
        String theirs = other + "." + sum;
        return (isDecimal() ? decimal("add", theirs, true) : sum + " += " + theirs) + ";\n" + count + " += " + other + "." + count + ";\n";
    }

    @Override
    public String emit(String row, String column) {
        String set;
        if (isDecimal()) {
            String value = "decimal" + sum;
            String result = kind != SqlKind.AVG ? sum : sum + " == null ? null : " + decimals() + ".divide(" + sum + ", "
                    + body.imports().use(BigDecimal.class) + ".valueOf(" + count + "), " + this.result.precision() + ", " + this.result.scale() + ")";
            set = body.imports().use(BigDecimal.class) + " " + value + " = " + result + ";\nif (" + value + " == null) {\n" + row + ".setNull("
                    + column + ");\n} else {\n" + row + ".setObject(" + column + ", " + value + ");\n}\n";
        } else {
            String value = kind == SqlKind.AVG ? "(" + sum + " / " + count + ")" : sum;
            Class<?> form = JavaTypes.of(result);
            set = JavaTypes.set(row, 0, result, form == sumType() ? value : "(" + form.getName() + ") " + value)
                    .replaceFirst("\\(0, ", "(" + column + ", ") + ";\n";
        }
        return kind == SqlKind.SUM0 ? set : "if (" + count + " == 0) {\n" + row + ".setNull(" + column + ");\n} else {\n" + set + "}\n";
    }

    @Override
    public String write(String output) {
        return (isDecimal() ? output + ".writeBoolean(" + sum + " != null);\nif (" + sum + " != null) {\n" + field().write(output) + "}\n"
                : field().write(output)) + output + ".writeLong(" + count + ");\n";
    }

    @Override
    public String read(String input) {
        return (isDecimal() ? sum + " = null;\nif (" + input + ".readBoolean()) {\n" + field().read(input) + "}\n" : field().read(input)) + count
                + " = " + input + ".readLong();\n";
    }

    private TypedField field() {
        return new TypedField(body, sum, isDecimal() ? argument : sumType() == long.class ? DataType.bigint()
                : sumType() == float.class ? DataType.real() : DataType.doublePrecision());
    }
}
