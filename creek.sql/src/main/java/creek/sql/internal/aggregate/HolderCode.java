package creek.sql.internal.aggregate;

import creek.sql.internal.codegen.ClassBody;
import java.util.Arrays;
import java.util.stream.Collectors;

/** An aggregate that an object of {@link creek.core.aggregate} computes, whose methods have the names of the parts. */
final class HolderCode implements AggregateCode {
    private final String type;
    private final String holder;
    private final String constructorArguments;

    HolderCode(ClassBody body, int number, Class<?> type, String constructorArguments) {
        this.type = body.imports().use(type);
        this.holder = "values" + number;
        this.constructorArguments = constructorArguments;
    }

    @Override
    public String fields() {
        return "private final " + type + " " + holder + " = new " + type + "(" + constructorArguments + ");\n";
    }

    @Override
    public String reset() {
        return holder + ".clear();\n";
    }

    @Override
    public String accumulate(String row, int... arguments) {
        return call("add", row, arguments);
    }

    @Override
    public String retract(String row, int... arguments) {
        return call("remove", row, arguments);
    }

    private String call(String method, String row, int[] arguments) {
        return holder + "." + method + "(" + row + ", " + Arrays.stream(arguments).mapToObj(String::valueOf).collect(Collectors.joining(", "))
                + ");\n";
    }

    @Override
    public String merge(String other) {
        return holder + ".addAll(" + other + "." + holder + ");\n";
    }

    @Override
    public String emit(String row, String column) {
        return holder + ".emit(" + row + ", " + column + ");\n";
    }

    @Override
    public String write(String output) {
        return holder + ".write(" + output + ");\n";
    }

    @Override
    public String read(String input) {
        return holder + ".read(" + input + ");\n";
    }
}
