package creek.sql.internal.aggregate;

import creek.core.aggregate.DistinctValues;
import creek.core.data.DataType;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.TypeCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An aggregate over DISTINCT values of its arguments. */
final class DistinctCode implements AggregateCode {
    private final ClassBody body;
    private final AggregateCode aggregate;
    private final int arity;
    private final String newValues;
    private final String values;

    /** @param types of the arguments */
    DistinctCode(ClassBody body, int number, AggregateCode aggregate, List<DataType> types) {
        this.body = body;
        this.aggregate = aggregate;
        arity = types.size();
        newValues = "new " + body.imports().use(DistinctValues.class) + "("
                + types.stream().map(new TypeCode(body)::constant).collect(Collectors.joining(", ")) + ")";
        values = "distinct" + number;
    }

    private String columns(int... arguments) {
        return body.constant(int[].class, values + "Columns", "{" + Arrays.stream(arguments).mapToObj(String::valueOf).collect(Collectors.joining(", "))
                + "}");
    }

    @Override
    public String functionState() {
        return aggregate.functionState();
    }

    @Override
    public String fields() {
        return "private final " + body.imports().use(DistinctValues.class) + " " + values + " = " + newValues + ";\n" + aggregate.fields();
    }

    @Override
    public String reset() {
        return values + ".clear();\n" + aggregate.reset();
    }

    @Override
    public String accumulate(String row, int... arguments) {
        return "if (" + values + ".add(" + row + ", " + columns(arguments) + ")) {\n" + aggregate.accumulate(row, arguments) + "}\n";
    }

    @Override
    public String retract(String row, int... arguments) {
        return "if (" + values + ".remove(" + row + ", " + columns(arguments) + ")) {\n" + aggregate.retract(row, arguments) + "}\n";
    }

    /** Values that both have count once, so the other's values are added one by one. */
    @Override
    public String merge(String other) {
        String theirs = other + "." + values;
        return "for (int i = " + theirs + ".first(); i >= 0; i = " + theirs + ".next(i)) {\nif (" + values + ".addFrom(" + theirs + ", i)) {\n"
                + aggregate.accumulate(values + ".value()", IntStream.range(0, arity).toArray()) + "}\n}\n";
    }

    @Override
    public String emit(String row, String column) {
        return aggregate.emit(row, column);
    }

    @Override
    public String write(String output) {
        return values + ".write(" + output + ");\n" + aggregate.write(output);
    }

    @Override
    public String read(String input) {
        return values + ".read(" + input + ");\n" + aggregate.read(input);
    }
}
