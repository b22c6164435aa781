package creek.sql.internal.aggregate;

import creek.core.data.DataType;
import creek.sql.internal.codegen.UserAggregateCalls;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;

/** An aggregate function that is made from a class. What it keeps for a group is made when it is first needed. */
final class UserAggregateCode implements AggregateCode {
    /** The field of accumulators with the one that was opened. */
    static final String PROTOTYPE = "prototype";

    private final UserAggregateCalls calls;
    private final List<RelDataType> arguments;
    private final DataType result;
    private final String state;
    private final String function;

    UserAggregateCode(UserAggregateCalls calls, int number, List<RelDataType> arguments, DataType result) {
        this.calls = calls;
        this.arguments = arguments;
        this.result = result;
        state = "state" + number;
        function = calls.adapter(PROTOTYPE);
    }

    @Override
    public boolean isFixedSize() {
        return calls.accumulator().isFixedSize();
    }

    @Override
    public String functionState() {
        return calls.stateType() + ".FIELDS";
    }

    @Override
    public String fields() {
        return "private " + calls.stateType() + " " + state + ";\n";
    }

    @Override
    public String reset() {
        return state + " = null;\n";
    }

    private String create() {
        return "if (" + state + " == null) {\n" + state + " = " + function + ".create();\n}\n";
    }

    @Override
    public String accumulate(String row, int... columns) {
        return create() + calls.call(function + ".accumulate", state, row, columns, arguments);
    }

    @Override
    public String retract(String row, int... columns) {
        return create() + calls.call(function + ".retract", state, row, columns, arguments);
    }

    @Override
    public String merge(String other) {
        String theirs = other + "." + state;
        return !calls.accumulator().merges() ? "if (" + theirs + " != null) {\nthrow new UnsupportedOperationException(\"no merge\");\n}\n"
                : "if (" + theirs + " != null) {\n" + create() + function + ".merge(" + state + ", " + theirs + ");\n}\n";
    }

    @Override
    public String emit(String row, String column) {
        return create() + calls.emit(function + ".getValue(" + state + ")", row, column, result);
    }

    @Override
    public String write(String output) {
        return output + ".writeBoolean(" + state + " != null);\nif (" + state + " != null) {\n" + state + ".write(" + output + ");\n}\n";
    }

    @Override
    public String read(String input) {
        return state + " = null;\nif (" + input + ".readBoolean()) {\n" + state + " = new " + calls.stateType() + "();\n" + state + ".read(" + input
                + ");\n}\n";
    }
}
