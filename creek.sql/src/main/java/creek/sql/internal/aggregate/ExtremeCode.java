package creek.sql.internal.aggregate;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.function.Comparisons;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaTypes;

/** MIN and MAX, FIRST_VALUE and LAST_VALUE, where rows are never taken back. They skip nulls. */
final class ExtremeCode implements AggregateCode {
    /** Which value it keeps. */
    enum Which {
        MIN, MAX, FIRST, LAST
    }

    private final Which which;
    private final DataType type;
    private final TypedField value;
    private final String present;
    /** What has a method that tells the less or the greater of two; null where a comparison does. */
    private final String comparisons;

    ExtremeCode(ClassBody body, int number, Which which, DataType type) {
        this.which = which;
        this.type = type;
        value = new TypedField(body, "value" + number, type);
        present = "present" + number;
        boolean compared = which == Which.MIN || which == Which.MAX;
        comparisons = compared && type.root() == TypeRoot.DOUBLE ? body.imports().use(Comparisons.class) : null;
    }

    @Override
    public boolean isFixedSize() {
        return true;
    }

    @Override
    public String fields() {
        return value.declaration() + "private boolean " + present + ";\n";
    }

    @Override
    public String reset() {
        return present + " = false;\n";
    }

    @Override
    public String accumulate(String row, int... arguments) {
        String next = "next" + value.name();
        String take = value.assign(next) + present + " = true;\n";
        return CountCode.ifNotNull(row, arguments, value.javaType() + " " + next + " = " + JavaTypes.get(row, arguments[0], type) + ";\n"
                + ifWanted(next, take));
    }

    private String ifWanted(String next, String take) {
        return switch (which) {
            case LAST -> take;
            case FIRST -> "if (!" + present + ") {\n" + take + "}\n";
            case MIN -> comparisons != null ? choice("lesser", next, take)
                    : "if (!" + present + " || " + value.isBefore(next, value.name()) + ") {\n" + take + "}\n";
            case MAX -> comparisons != null ? choice("greater", next, take)
                    : "if (!" + present + " || " + value.isBefore(value.name(), next) + ") {\n" + take + "}\n";
        };
    }

    /** No branch goes by the values: nobody can foresee which of two is taken. */
    private String choice(String method, String next, String take) {
        String call = comparisons + "." + method + "(" + value.name() + ", " + next + ")";
        return "if (" + present + ") {\n" + value.name() + " = " + call + ";\n} else {\n" + take + "}\n";
    }

    @Override
    public String retract(String row, int... arguments) {
        throw new IllegalStateException(which + " can't take rows back");
    }

    @Override
    public String merge(String other) {
        String theirs = other + "." + value.name();
        String take = value.name() + " = " + theirs + ";\n" + present + " = true;\n";
        return "if (" + other + "." + present + ") {\n" + ifWanted(theirs, take) + "}\n";
    }

    @Override
    public String emit(String row, String column) {
        return "if (" + present + ") {\n"
                + JavaTypes.set(row, 0, type, value.name()).replaceFirst("\\(0, ", "(" + column + ", ") + ";\n} else {\n" + row + ".setNull("
                + column + ");\n}\n";
    }

    @Override
    public String write(String output) {
        return output + ".writeBoolean(" + present + ");\nif (" + present + ") {\n" + value.write(output) + "}\n";
    }

    @Override
    public String read(String input) {
        return present + " = " + input + ".readBoolean();\nif (" + present + ") {\n" + value.read(input) + "}\n";
    }
}
