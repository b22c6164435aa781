package creek.sql.internal.aggregate;

import java.util.ArrayList;
import java.util.List;

/** COUNT of all rows, or of those whose arguments are not null; ROW_NUMBER. */
final class CountCode implements AggregateCode {
    private final String count;

    CountCode(int number) {
        count = "count" + number;
    }

    @Override
    public boolean isFixedSize() {
        return true;
    }

    @Override
    public String fields() {
        return "private long " + count + ";\n";
    }

    @Override
    public String reset() {
        return count + " = 0;\n";
    }

    @Override
    public String accumulate(String row, int... arguments) {
        return ifNotNull(row, arguments, count + "++;\n");
    }

    @Override
    public String retract(String row, int... arguments) {
        return ifNotNull(row, arguments, count + "--;\n");
    }

    /** Statements that run only if all the arguments are not null. */
    static String ifNotNull(String row, int[] arguments, String statements) {
        List<String> conditions = new ArrayList<>();
        for (int argument : arguments) {
            conditions.add("!" + row + ".isNullAt(" + argument + ")");
        }
        return conditions.isEmpty() ? statements : "if (" + String.join(" && ", conditions) + ") {\n" + statements + "}\n";
    }

    @Override
    public String merge(String other) {
        return count + " += " + other + "." + count + ";\n";
    }

    @Override
    public String emit(String row, String column) {
        return row + ".setLong(" + column + ", " + count + ");\n";
    }

    @Override
    public String write(String output) {
        return output + ".writeLong(" + count + ");\n";
    }

    @Override
    public String read(String input) {
        return count + " = " + input + ".readLong();\n";
    }
}
