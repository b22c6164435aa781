package creek.sql.internal.aggregate;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.function.Decimals;
import creek.sql.internal.SqlError;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaTypes;
import java.math.BigDecimal;
import org.apache.calcite.sql.SqlKind;

/** SUM, SUM that is 0 without rows, and AVG. Integers wrap around in the result's type; averages of them are added up in 64 bits. */
final class SumCode implements AggregateCode {
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
        return isDecimal() ? body.imports().use(BigDecimal.class) + ".ZERO" : "0";
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
                (isDecimal() ? sum + " = " + sum + ".add(" + value + ")" : sum + " += " + value) + ";\n" + count + "++;\n");
    }

    @Override
    public String retract(String row, int... arguments) {
        String value = JavaTypes.get(row, arguments[0], argument);
        return CountCode.ifNotNull(row, arguments,
                (isDecimal() ? sum + " = " + sum + ".subtract(" + value + ")" : sum + " -= " + value) + ";\n" + count + "--;\n");
    }

    @Override
    public String merge(String other) {
        String theirs = other + "." + sum;
        return (isDecimal() ? sum + " = " + sum + ".add(" + theirs + ")" : sum + " += " + theirs) + ";\n" + count + " += " + other + "."
                + count + ";\n";
    }

    @Override
    public String emit(String row, String column) {
        String set;
        if (isDecimal()) {
            String value = "decimal" + sum;
            String fitted = kind == SqlKind.AVG ? decimals() + ".divide(" + sum + ", " + body.imports().use(BigDecimal.class) + ".valueOf(" + count + ")"
                    : decimals() + ".add(" + sum + ", " + zero();
            set = body.imports().use(BigDecimal.class) + " " + value + " = " + fitted + ", " + result.precision() + ", " + result.scale()
                    + ");\nif (" + value + " == null) {\n" + row + ".setNull(" + column + ");\n} else {\n" + row + ".setObject(" + column + ", "
                    + value + ");\n}\n";
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
        return new TypedField(body, sum, stored()).write(output) + output + ".writeLong(" + count + ");\n";
    }

    @Override
    public String read(String input) {
        return new TypedField(body, sum, stored()).read(input) + count + " = " + input + ".readLong();\n";
    }

    private DataType stored() {
        return isDecimal() ? argument : sumType() == long.class ? DataType.bigint()
                : sumType() == float.class ? DataType.real() : DataType.doublePrecision();
    }
}
