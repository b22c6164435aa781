package creek.sql.internal.aggregate;

import creek.core.data.DataType;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaTypes;

/**
 * STDDEV_POP, STDDEV_SAMP, VAR_POP and VAR_SAMP of numbers other than DECIMALs: {@code (sum(x * x) - sum(x) * sum(x) / n) / n}, computed in the type of the result, as Flink
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
        this.body = body;
        this.argument = argument;
        this.result = result;
        this.root = root;
        this.sample = sample;
        sum = "sum" + number;
        squares = "squares" + number;
        count = "count" + number;
    }

    private String form() {
        return JavaTypes.of(result).getName();
    }

    @Override
    public boolean isFixedSize() {
        return true;
    }

    @Override
    public String fields() {
        return "private " + form() + " " + sum + ";\nprivate " + form() + " " + squares + ";\nprivate long " + count + ";\n";
    }

    @Override
    public String reset() {
        return sum + " = 0;\n" + squares + " = 0;\n" + count + " = 0;\n";
    }

    @Override
    public String accumulate(String row, int... arguments) {
        return change(row, arguments, "+", "++");
    }

    @Override
    public String retract(String row, int... arguments) {
        return change(row, arguments, "-", "--");
    }

    private String change(String row, int[] arguments, String sign, String step) {
        String value = "x" + sum;
        return CountCode.ifNotNull(row, arguments, form() + " " + value + " = " + JavaTypes.get(row, arguments[0], argument) + ";\n" + sum + " " + sign
                + "= " + value + ";\n" + squares + " " + sign + "= (" + form() + ") (" + value + " * " + value + ");\n" + count + step + ";\n");
    }

    @Override
    public String merge(String other) {
        return sum + " += " + other + "." + sum + ";\n" + squares + " += " + other + "." + squares + ";\n" + count + " += " + other + "." + count
                + ";\n";
    }

    @Override
    public String emit(String row, String column) {
        String divisor = sample ? "(" + count + " - 1)" : count;
        String variance = "(" + squares + " - (" + form() + ") (" + sum + " * " + sum + ") / " + count + ") / " + divisor;
        String value = "(" + form() + ") " + (root ? "Math.pow(" + variance + ", 0.5)" : "(" + variance + ")");
        return "if (" + count + (sample ? " < 2" : " == 0") + ") {\n" + row + ".setNull(" + column + ");\n} else {\n"
                + JavaTypes.set(row, 0, result, value).replaceFirst("\\(0, ", "(" + column + ", ") + ";\n}\n";
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
