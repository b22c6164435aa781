package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.function.FunctionAdapter;
import creek.core.function.FunctionException;
import creek.core.function.FunctionState;
import creek.sql.internal.SqlError;
import creek.sql.internal.udf.AccumulatorField;
import creek.sql.internal.udf.AccumulatorType;
import creek.sql.internal.udf.EvalMethod;
import creek.sql.internal.udf.UserFunction;
import creek.udf.api.Collector;
import creek.udf.api.UserDefinedFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;

/**
 * Calls of an aggregate function that is made from a class. What its accumulators hold is kept in objects of the job's own class, and an adapter, which
 * is loaded with the function, moves it to an accumulator of the function's class and back at each call:
 *
 * <pre>
 * public static final class CallSpreadState extends FunctionState {
 *     public double least;
 *     ...
 * }
 *
 * public static final class CallSpreadAdapter extends FunctionAdapter&lt;CallSpread&gt; implements CallSpread {
 *     private final com.acme.Spread function;
 *     private final com.acme.Spread.Bounds mine;
 *     ...
 *     public void accumulate(CallSpreadState state, double a0) throws Exception {
 *         try {
 *             load(state, mine);
 *             function.accumulate(mine, a0);
 *             store(mine, state);
 *         } catch (Throwable e) { ... }
 *     }
 * }
 * </pre>
 */
public final class UserAggregateCalls {
    private final ClassBody body;
    private final Imports imports;
    private final UserFunction function;
    private final AccumulatorType accumulator;
    private final EvalMethod method;
    private final boolean retracts;
    private final String field;
    private String name;

    /**
     * @param arguments types of the arguments
     * @param retracts  whether rows are taken back
     * @throws SqlError if the function can't do what is wanted
     */
    public UserAggregateCalls(ClassBody body, UserFunction function, List<DataType> arguments, boolean retracts) {
        this.body = body;
        this.function = function;
        this.retracts = retracts;
        imports = body.imports();
        accumulator = function.accumulator().orElseThrow();
        method = function.method(arguments).orElseThrow(() -> SqlError.unsupported("function " + function.name() + " can't be called so"));
        if (retracts) {
            checkRetract();
        }
        field = body.function(function, function.name() + ' ' + method.method() + retracts, each -> {
            name = each;
            return declarations();
        });
        name = body.functionType(field);
    }

    private void checkRetract() {
        try {
            function.type().getMethod("retract", method.method().getParameterTypes());
        } catch (NoSuchMethodException e) {
            throw SqlError.invalid("function " + function.name() + " is used where rows are taken back (its input has updates, or the rows of an OVER "
                    + "window leave it), but class " + function.type().getName() + " has no public method retract with the parameters of "
                    + method.method().getName() + Arrays.stream(method.method().getParameterTypes()).map(Class::getSimpleName).toList());
        }
    }

    /** The class of what is kept for a group. */
    public String stateType() {
        return name + "State";
    }

    public AccumulatorType accumulator() {
        return accumulator;
    }

    /** What calls the function: a field of the accumulators' prototype. */
    public String adapter(String prototype) {
        return prototype + "." + field;
    }

    /** The statements that call {@code accumulate} or {@code retract} with columns of a row. */
    public String call(String call, String state, String row, int[] columns, List<RelDataType> types) {
        ExpressionCompiler compiler = new ExpressionCompiler(body);
        List<Expression> values = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            compiler.addColumn(row, columns[i], "a", types.get(i));
            values.add(compiler.compile(new RexInputRef(i, types.get(i))));
        }
        List<String> arguments = new FunctionCallCode(compiler).arguments(method, values);
        arguments.add(0, state);
        return compiler.takeStatements() + call + "(" + String.join(", ", arguments) + ");\n";
    }

    /** The statements that set a row's column to the result. */
    public String emit(String value, String row, String column, DataType type) {
        ExpressionCompiler compiler = new ExpressionCompiler(body);
        FunctionCallCode code = new FunctionCallCode(compiler);
        Expression result = function.isTableAggregate() ? code.converted(value, type) : code.result(value, accumulator.result(), type);
        String set = JavaTypes.set(row, 0, type, result.term()).replaceFirst("\\(0, ", "(" + column + ", ") + ";\n";
        return compiler.takeStatements() + (result.isNullable()
                ? "if (" + result.nullTerm() + ") {\n" + row + ".setNull(" + column + ");\n} else {\n" + set + "}\n" : set);
    }

    private String declarations() {
        String state = stateType();
        StringJoiner parameters = new StringJoiner(", ");
        StringJoiner arguments = new StringJoiner(", ");
        parameters.add(state + " state");
        arguments.add("state");
        StringJoiner passed = new StringJoiner(", ").add("mine");
        Class<?>[] classes = method.method().getParameterTypes();
        for (int i = 1; i < classes.length; i++) {
            parameters.add(imports.use(classes[i]) + " a" + (i - 1));
            arguments.add("a" + (i - 1));
            passed.add("a" + (i - 1));
        }
        String result = imports.use(accumulator.result());
        List<String[]> methods = new ArrayList<>();
        methods.add(new String[] {"accumulate", "void", parameters.toString(), arguments.toString(), "function.accumulate(" + passed + ");\n"});
        if (retracts) {
            methods.add(new String[] {"retract", "void", parameters.toString(), arguments.toString(), "function.retract(" + passed + ");\n"});
        }
        if (accumulator.merges()) {
            String theirs = accumulator.isPlain() ? java() + " theirs = other.copy();\n" : "load(other.copyOfAll(), theirs);\n";
            methods.add(new String[] {"merge", "void", state + " state, " + state + " other", "state, other",
                    theirs + "function.merge(mine, " + imports.use(Collections.class) + ".singletonList(theirs));\n"});
        }
        methods.add(new String[] {"getValue", result, state + " state", "state", function.isTableAggregate()
                ? "rows = new " + imports.use(ArrayList.class) + "();\nfunction.emitValue(mine, this);\n" + result + " value = rows;\n"
                : result + " value = function.getValue(mine);\n"});
        StringBuilder text = new StringBuilder("/** Calls ").append(function.name()).append(". */\npublic interface ").append(name).append(" {\n")
                .append(state).append(" create() throws Exception;\n");
        methods.forEach(each -> text.append(each[1]).append(' ').append(each[0]).append('(').append(each[2]).append(") throws Exception;\n"));
        text.append("}\n").append(stateClass()).append(adapterStart());
        methods.forEach(each -> text.append(adapterMethod(each, classes)));
        return text.append("}\n").toString();
    }

    private String java() {
        return accumulator.isPlain() ? imports.use(accumulator.javaType()) : accumulator.javaType().getCanonicalName();
    }

    /** What is kept for a group. */
    private String stateClass() {
        Schema schema = accumulator.schema();
        String row = imports.use(Row.class);
        String schemaType = imports.use(Schema.class);
        StringBuilder fields = new StringBuilder();
        StringBuilder toRow = new StringBuilder();
        StringBuilder fromRow = new StringBuilder();
        StringBuilder copies = new StringBuilder();
        for (int i = 0; i < accumulator.fields().size(); i++) {
            AccumulatorField each = accumulator.fields().get(i);
            String type = imports.use(each.javaType());
            fields.append("public ").append(type).append(' ').append(each.name()).append(";\n");
            copies.append("copy.").append(each.name()).append(" = ").append(each.isMutable() ? "(" + type + ") copy(" + each.name() + ")" : each.name()).append(";\n");
            if (each.javaType().isPrimitive()) {
                toRow.append(JavaTypes.set("row", i, each.type(), each.name())).append(";\n");
                fromRow.append("if (!row.isNullAt(").append(i).append(")) {\n").append(each.name()).append(" = ")
                        .append(JavaTypes.get("row", i, each.type())).append(";\n}\n");
            } else {
                String constant = body.constant(DataType.class, "type", TypeCode.expression(each.type(), imports));
                toRow.append("set(row, ").append(i).append(", ").append(each.name()).append(", ").append(constant).append(");\n");
                fromRow.append(each.name()).append(" = (").append(type).append(") get(row, ").append(i).append(", ").append(constant).append(", ")
                        .append(type).append(".class);\n");
            }
        }
        return "/** What is kept for a group. */\npublic static final class " + stateType() + " extends " + imports.use(FunctionState.class) + " {\n"
                + "static final " + schemaType + " FIELDS = " + TypeCode.schema(schema, imports) + ";\n" + fields
                + "public " + schemaType + " schema() {\nreturn FIELDS;\n}\n"
                + "protected void toRow(" + row + " row) {\n" + toRow + "}\n"
                + "protected void fromRow(" + row + " row) {\n" + fromRow + "}\n"
                + (accumulator.isPlain() ? "public " + java() + " copy() {\nreturn (" + java() + ") copy(" + AccumulatorType.VALUE + ");\n}\n" : "")
                + "public " + stateType() + " copyOfAll() {\n" + stateType() + " copy = new " + stateType() + "();\n" + copies + "return copy;\n}\n}\n";
    }

    private String adapterStart() {
        String type = function.type().getCanonicalName();
        StringBuilder load = new StringBuilder();
        StringBuilder store = new StringBuilder();
        accumulator.fields().forEach(each -> {
            load.append(each.set("accumulator", "state." + each.name()));
            store.append("state.").append(each.name()).append(" = ").append(each.get("accumulator")).append(";\n");
        });
        boolean plain = accumulator.isPlain();
        boolean rows = function.isTableAggregate();
        String create = plain ? "state.value = function.createAccumulator();\n" : "store(function.createAccumulator(), state);\n";
        return "/** Loaded where the function's class is seen. */\npublic static final class " + name + "Adapter extends "
                + imports.use(FunctionAdapter.class) + "<" + name + "> implements " + name + (rows ? ", " + imports.use(Collector.class) : "") + " {\n"
                + "private final " + type + " function;\n" + (rows ? "private " + imports.use(List.class) + " rows;\n" : "")
                + (plain ? "" : "private final " + java() + " mine;\n" + (accumulator.merges() ? "private final " + java() + " theirs;\n" : ""))
                + "public " + name + "Adapter(" + imports.use(UserDefinedFunction.class) + " given) {\nfunction = (" + type + ") given;\n"
                + (plain ? "" : "mine = function.createAccumulator();\n" + (accumulator.merges() ? "theirs = function.createAccumulator();\n" : ""))
                + "}\n" + (rows ? "public void collect(Object row) {\nrows.add(row);\n}\n" : "")
                + (plain ? "" : "private static void load(" + stateType() + " state, " + java() + " accumulator) {\n" + load + "}\n"
                + "private static void store(" + java() + " accumulator, " + stateType() + " state) {\n" + store + "}\n")
                + "public " + stateType() + " create() throws Exception {\ntry {\n" + stateType() + " state = new " + stateType() + "();\n" + create
                + "return state;\n} catch (Throwable e) {\n" + name + " instead = (" + name + ") instead(e);\nif (instead != null) {\nreturn instead.create();\n}\n"
                + failure("createAccumulator", "new Object[0]") + "}\n}\n";
    }

    private String failure(String called, String arguments) {
        return "throw " + imports.use(FunctionException.class) + ".of("
                + JavaNames.literal(function.name() + (called.equals("accumulate") ? "" : "." + called)) + ", e, " + arguments + ");\n";
    }

    /** @param parts name, result, parameters, arguments, statements */
    private String adapterMethod(String[] parts, Class<?>[] classes) {
        boolean gives = !parts[1].equals("void");
        boolean plain = accumulator.isPlain();
        String load = plain ? java() + " mine = isOnProbation() ? state.copy() : state.value;\n"
                : "load(" + (accumulator.fields().stream().anyMatch(AccumulatorField::isMutable) ? "isOnProbation() ? state.copyOfAll() : state" : "state")
                + ", mine);\n";
        boolean ofRow = parts[0].equals("accumulate") || parts[0].equals("retract");
        return "public " + parts[1] + " " + parts[0] + "(" + parts[2] + ") throws Exception {\ntry {\n" + load + parts[4]
                + (plain ? "state.value = mine;\n" : "store(mine, state);\n") + (gives ? "return value;\n" : "") + "} catch (Throwable e) {\n"
                + name + " instead = (" + name + ") instead(e);\nif (instead != null) {\n" + (gives ? "return " : "") + "instead." + parts[0] + "(" + parts[3] + ");\n"
                + (gives ? "}\n" : "} else {\n") + (ofRow ? FunctionCallCode.all(classes, 1) : "")
                + failure(parts[0], ofRow ? "all" : "new Object[0]") + (gives ? "" : "}\n") + "}\n}\n";
    }
}
