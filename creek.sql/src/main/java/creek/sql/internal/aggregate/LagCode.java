package creek.sql.internal.aggregate;

import creek.core.aggregate.ValueList;
import creek.core.data.DataType;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.TypeCode;

/** LAG: the value so many rows ago, of windows that rows never leave. */
final class LagCode implements AggregateCode {
    private final ClassBody body;
    private final String newValues;
    private final String values;
    private final String offset;
    /** The field of the value where there is no such row, or null. */
    private final String otherwise;

    /** @param arguments how many: the value, the offset (1 without it), and the value where there is no such row (else NULL) */
    LagCode(ClassBody body, int number, DataType type, int arguments) {
        this.body = body;
        newValues = "new " + body.imports().use(ValueList.class) + "(" + new TypeCode(body).constant(type) + ")";
        values = "values" + number;
        offset = arguments > 1 ? "offset" + number : null;
        otherwise = arguments > 2 ? "otherwise" + number : null;
    }

    private String field(String name) {
        return "private final " + body.imports().use(ValueList.class) + " " + name + " = " + newValues + ";\n";
    }

    @Override
    public String fields() {
        return field(values) + (offset == null ? "" : "private int " + offset + ";\n") + (otherwise == null ? "" : field(otherwise));
    }

    private String offset() {
        return offset == null ? "1" : offset;
    }

    @Override
    public String reset() {
        return values + ".clear();\n";
    }

    @Override
    public String accumulate(String row, int... arguments) {
        return values + ".add(" + row + ", " + arguments[0] + ");\n"
                + (offset == null ? "" : offset + " = " + body.imports().use(ValueList.class) + ".checkOffset(" + row + ".getInt("
                        + arguments[1] + "));\n")
                + values + ".keepLast(" + offset() + " + 1);\n"
                + (otherwise == null ? "" : otherwise + ".clear();\n" + otherwise + ".add(" + row + ", " + arguments[2] + ");\n");
    }

    @Override
    public String retract(String row, int... arguments) {
        throw new IllegalStateException("LAG can't take rows back");
    }

    @Override
    public String merge(String other) {
        return values + ".addAll(" + other + "." + values + ");\n" + values + ".keepLast(" + offset() + " + 1);\n";
    }

    @Override
    public String emit(String row, String column) {
        String target = row + ", " + column + ");\n";
        String emit = values + ".emit(" + values + ".size() - 1 - " + offset() + ", " + target;
        return otherwise == null ? emit
                : "if (" + values + ".size() > " + offset() + ") {\n" + emit + "} else {\n" + otherwise + ".emit(0, " + target + "}\n";
    }

    @Override
    public String write(String output) {
        return values + ".write(" + output + ");\n" + (offset == null ? "" : output + ".writeInt(" + offset + ");\n")
                + (otherwise == null ? "" : otherwise + ".write(" + output + ");\n");
    }

    @Override
    public String read(String input) {
        return values + ".read(" + input + ");\n" + (offset == null ? "" : offset + " = " + input + ".readInt();\n")
                + (otherwise == null ? "" : otherwise + ".read(" + input + ");\n");
    }
}
