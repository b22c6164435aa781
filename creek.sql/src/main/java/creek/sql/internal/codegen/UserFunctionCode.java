package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import creek.core.function.FunctionException;
import creek.core.function.FunctionValues;
import creek.sql.internal.SqlError;
import creek.sql.internal.type.Types;
import creek.sql.internal.udf.EvalMethod;
import creek.sql.internal.udf.UserFunction;
import creek.udf.api.Collector;
import creek.udf.api.UserDefinedFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/**
 * Calls of functions that are made from classes. A job's classes can't refer to a function's class, which may be replaced while the job runs.
 * So they call an interface, and an adapter beside it, which the engine loads with the function, calls {@code eval} with plain Java calls:
 *
 * <pre>
 * public interface Distance { double call(double a0, double a1) throws Exception; }
 *
 * public static final class DistanceAdapter implements Distance {
 *     private final com.acme.Distance function;
 *     ...
 *     public double call(double a0, double a1) throws Exception {
 *         try {
 *             return function.eval(a0, a1);
 *         } catch (Throwable e) { ... }
 *     }
 * }
 * </pre>
 */
final class UserFunctionCode {
    private final ExpressionCompiler compiler;
    private final UserFunction function;
    private final EvalMethod method;
    private final Imports imports;

    private UserFunctionCode(ExpressionCompiler compiler, UserFunction function, EvalMethod method) {
        this.compiler = compiler;
        this.function = function;
        this.method = method;
        imports = compiler.body().imports();
    }

    /** The value of a call; of a table function, the ARRAY of its rows. */
    static Expression generate(ExpressionCompiler compiler, UserFunction function, RexCall call, DataType type) {
        List<DataType> given = call.getOperands().stream().map(each -> Types.toDataType(each.getType())).toList();
        EvalMethod method = function.method(given).orElseThrow(() -> SqlError.unsupported("function " + function.name() + " can't be called so"));
        return new UserFunctionCode(compiler, function, method).call(call.getOperands(), type);
    }

    private Expression call(List<RexNode> operands, DataType type) {
        List<String> arguments = new ArrayList<>();
        List<String> further = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            DataType wanted = method.parameter(i);
            Expression value = compiler.bind(compiler.convert(compiler.compileExpanded(operands.get(i)),
                    wanted.nullable(Types.toDataType(operands.get(i).getType()).isNullable())), "v");
            (method.isVariable(i) ? further : arguments).add(argument(value, wanted, method.parameterClass(i)));
        }
        if (method.method().isVarArgs()) {
            Class<?> element = method.parameterClass(method.method().getParameterCount() - 1);
            arguments.add("new " + imports.use(element) + "[] {" + String.join(", ", further) + "}");
        }
        String value = adapter() + ".call(" + String.join(", ", arguments) + ")";
        Class<?> returned = method.method().getReturnType();
        if (function.isTable()) {
            return compiler.fromReference(type, converted(value, type));
        }
        if (returned.isPrimitive()) {
            return Expression.notNull(compiler.declare(returned, "v", value), type);
        }
        if (returned == String.class) {
            String text = compiler.declare(String.class, "text", value);
            return compiler.fromReference(type, text + " == null ? null : " + imports.use(Utf8.class) + ".of(" + text + ")");
        }
        return compiler.fromReference(type, JavaTypes.boxed(JavaTypes.of(type)) == returned && returned != BigDecimal.class ? value
                : converted(value, type));
    }

    private String converted(String value, DataType type) {
        return "(" + imports.use(JavaTypes.boxed(JavaTypes.of(type))) + ") " + imports.use(FunctionValues.class) + ".fromFunction(" + value + ", "
                + constant(type) + ")";
    }

    private String constant(DataType type) {
        return compiler.body().constant(DataType.class, "type", TypeCode.expression(type, imports));
    }

    private String argument(Expression value, DataType type, Class<?> wanted) {
        if (wanted.isPrimitive()) {
            return value.term();
        }
        if (value.isAlwaysNull()) {
            return "(" + imports.use(wanted) + ") null";
        }
        if (wanted == String.class) {
            return value.isNullable() ? "(" + value.nullTerm() + " ? null : " + value.term() + ".toString())" : value.term() + ".toString()";
        }
        boolean direct = JavaTypes.boxed(value.javaType()) == wanted && type.root() != TypeRoot.DATE;
        return direct ? compiler.boxed(value) : "(" + imports.use(wanted) + ") " + imports.use(FunctionValues.class) + ".toFunction("
                + compiler.boxed(value) + ", " + constant(type) + ", " + imports.use(wanted) + ".class)";
    }

    /** The field with the adapter. */
    private String adapter() {
        String key = function.name() + ' ' + method.method();
        return compiler.body().function(function, key, this::declarations);
    }

    /** The interface of that name and its adapter. */
    private String declarations(String name) {
        StringJoiner parameters = new StringJoiner(", ");
        StringJoiner arguments = new StringJoiner(", ");
        Class<?>[] classes = method.method().getParameterTypes();
        StringBuilder objects = new StringBuilder("Object[] all = new Object[" + classes.length + "];\n");
        for (int i = 0; i < classes.length; i++) {
            parameters.add(imports.use(classes[i]) + " a" + i);
            arguments.add("a" + i);
            objects.append("all[").append(i).append("] = ").append(classes[i].isPrimitive()
                    ? JavaTypes.boxed(classes[i]).getSimpleName() + ".valueOf(a" + i + ")" : "a" + i).append(";\n");
        }
        boolean isTable = function.isTable();
        String returned = imports.use(isTable ? List.class : method.method().getReturnType());
        String type = function.type().getCanonicalName();
        String signature = returned + " call(" + parameters + ") throws Exception";
        String eval = "function.eval(" + arguments + ");\n";
        StringBuilder text = new StringBuilder("/** Calls ").append(function.name()).append(". */\npublic interface ").append(name)
                .append(" {\n").append(signature).append(";\n}\n/** Loaded where the function's class is seen. */\npublic static final class ")
                .append(name).append("Adapter implements ").append(name).append(isTable ? ", " + imports.use(Collector.class) : "").append(" {\n")
                .append("private final ").append(type).append(" function;\n").append(isTable ? "private List rows;\n" : "")
                .append("public ").append(name).append("Adapter(").append(imports.use(UserDefinedFunction.class)).append(" given) {\nfunction = (")
                .append(type).append(") given;\n").append(isTable ? "function.setCollector(this);\n" : "").append("}\n");
        if (isTable) {
            text.append("public void collect(Object row) {\nrows.add(row);\n}\n");
        }
        text.append("public ").append(signature).append(" {\n").append(isTable ? "rows = new " + imports.use(ArrayList.class) + "();\n" : "")
                .append("try {\n").append(isTable ? eval : "return " + eval).append("} catch (Throwable e) {\n").append(objects)
                .append("throw ").append(imports.use(FunctionException.class)).append(".of(").append(JavaNames.literal(function.name()))
                .append(", e, all);\n}\n").append(isTable ? "return rows;\n" : "").append("}\n}\n");
        return text.toString();
    }
}
