package creek.sql.internal.aggregate;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.sql.internal.SqlError;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaTypes;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * STDDEV_POP, STDDEV_SAMP, VAR_POP and VAR_SAMP: {@code (sum(x * x) - sum(x) * sum(x) / n) / n}, computed in the type of the result, as Flink
 * does.
 */
final class DeviationCode implements AggregateCode {
    private final ClassBody body;
    private final DataType argument;
    private final DataType result;
    private final boolean root;
    private final boolean sample;
    private final String sum;
    private final String squares;
    private final String count;

    /**
     * @param root   whether the deviation is wanted, and not the variance
     * @param sample whether the rows are a sample
     */
    DeviationCode(ClassBody body, int number, boolean root, boolean sample, DataType argument, DataType result) {
        if (!JavaTypes.isNumeric(argument)) {
            throw SqlError.invalid("deviations and variances are of numbers, not of " + argument.nullable(true));
        }
        this.body = body;
        this.argument = argument;
        this.result = result;
        this.root = root;
        this.sample = sample;
        sum = "sum" + number;
        squares = "squares" + number;
        count = "count" + number;
    }

    private boolean isDecimal() {
        return result.root() == TypeRoot.DECIMAL;
    }

    private String decimal() {
        return body.imports().use(BigDecimal.class);
    }

    private String form() {
        return isDecimal() ? decimal() : JavaTypes.of(result).getName();
    }

    @Override
    public String fields() {
        String zero = isDecimal() ? decimal() + ".ZERO" : "0";
        return "private " + form() + " " + sum + " = " + zero + ";\nprivate " + form() + " " + squares + " = " + zero + ";\nprivate long "
                + count + ";\n";
    }

    @Override
    public String reset() {
        String zero = isDecimal() ? decimal() + ".ZERO" : "0";
        return sum + " = " + zero + ";\n" + squares + " = " + zero + ";\n" + count + " = 0;\n";
    }

    @Override
    public String accumulate(String row, int... arguments) {
        return change(row, arguments, "+", "add", "++");
    }

    @Override
    public String retract(String row, int... arguments) {
        return change(row, arguments, "-", "subtract", "--");
    }

    private String change(String row, int[] arguments, String sign, String method, String step) {
        String value = "x" + sum;
        String get = JavaTypes.get(row, arguments[0], argument);
        return CountCode.ifNotNull(row, arguments, (isDecimal()
                ? decimal() + " " + value + " = " + get + ";\n" + sum + " = " + sum + "." + method + "(" + value + ");\n" + squares + " = "
                        + squares + "." + method + "(" + value + ".multiply(" + value + "));\n"
                : form() + " " + value + " = " + get + ";\n" + sum + " " + sign + "= " + value + ";\n" + squares + " " + sign + "= (" + form()
                        + ") (" + value + " * " + value + ");\n") + count + step + ";\n");
    }

    @Override
    public String merge(String other) {
        return (isDecimal()
                ? sum + " = " + sum + ".add(" + other + "." + sum + ");\n" + squares + " = " + squares + ".add(" + other + "." + squares + ");\n"
                : sum + " += " + other + "." + sum + ";\n" + squares + " += " + other + "." + squares + ";\n")
                + count + " += " + other + "." + count + ";\n";
    }

    @Override
    public String emit(String row, String column) {
        String divisor = sample ? "(" + count + " - 1)" : count;
        String set;
        if (isDecimal()) {
            String precision = body.imports().use(MathContext.class) + ".DECIMAL128";
            String variance = squares + ".subtract(" + sum + ".multiply(" + sum + ").divide(" + decimal() + ".valueOf(" + count + "), " + precision
                    + ")).divide(" + decimal() + ".valueOf(" + divisor + "), " + precision + ")";
            set = row + ".setObject(" + column + ", " + (root ? decimal() + ".valueOf(Math.sqrt((" + variance + ").doubleValue()))" : variance)
                    + ".setScale(" + result.scale() + ", java.math.RoundingMode.HALF_UP));\n";
        } else {
            String variance = "(" + squares + " - (" + form() + ") (" + sum + " * " + sum + ") / " + count + ") / " + divisor;
            String value = "(" + form() + ") " + (root ? "Math.pow(" + variance + ", 0.5)" : "(" + variance + ")");
            set = JavaTypes.set(row, 0, result, value).replaceFirst("\\(0, ", "(" + column + ", ") + ";\n";
        }
        return "if (" + count + (sample ? " < 2" : " == 0") + ") {\n" + row + ".setNull(" + column + ");\n} else {\n" + set + "}\n";
    }

    private TypedField field(String name) {
        return new TypedField(body, name, result);
    }

    @Override
    public String write(String output) {
        return field(sum).write(output) + field(squares).write(output) + output + ".writeLong(" + count + ");\n";
    }

    @Override
    public String read(String input) {
        return field(sum).read(input) + field(squares).read(input) + count + " = " + input + ".readLong();\n";
    }
}
