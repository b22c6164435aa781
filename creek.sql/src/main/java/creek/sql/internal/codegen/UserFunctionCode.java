package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.function.FunctionAdapter;
import creek.core.function.FunctionException;
import creek.sql.internal.SqlError;
import creek.sql.internal.type.Types;
import creek.sql.internal.udf.EvalMethod;
import creek.sql.internal.udf.UserFunction;
import creek.udf.api.Collector;
import creek.udf.api.UserDefinedFunction;
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
 * public static final class DistanceAdapter extends FunctionAdapter&lt;Distance&gt; implements Distance {
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
        FunctionCallCode code = new FunctionCallCode(compiler);
        List<Expression> values = operands.stream().map(compiler::compileExpanded).toList();
        String value = adapter() + ".call(" + String.join(", ", code.arguments(method, values)) + ")";
        return function.isTable() ? code.converted(value, type) : code.result(value, method.method().getReturnType(), type);
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
        for (int i = 0; i < classes.length; i++) {
            parameters.add(imports.use(classes[i]) + " a" + i);
            arguments.add("a" + i);
        }
        boolean isTable = function.isTable();
        String returned = imports.use(isTable ? List.class : method.method().getReturnType());
        String type = function.type().getCanonicalName();
        String signature = returned + " call(" + parameters + ") throws Exception";
        String eval = "function.eval(" + arguments + ");\n";
        StringBuilder text = new StringBuilder("/** Calls ").append(function.name()).append(". */\npublic interface ").append(name)
                .append(" {\n").append(signature).append(";\n}\n/** Loaded where the function's class is seen. */\npublic static final class ")
                .append(name).append("Adapter extends ").append(imports.use(FunctionAdapter.class)).append('<').append(name).append("> implements ")
                .append(name).append(isTable ? ", " + imports.use(Collector.class) : "").append(" {\n")
                .append("private final ").append(type).append(" function;\n").append(isTable ? "private List rows;\n" : "")
                .append("public ").append(name).append("Adapter(").append(imports.use(UserDefinedFunction.class)).append(" given) {\nfunction = (")
                .append(type).append(") given;\n").append(isTable ? "function.setCollector(this);\n" : "").append("}\n");
        if (isTable) {
            text.append("public void collect(Object row) {\nrows.add(row);\n}\n");
        }
        text.append("public ").append(signature).append(" {\n").append(isTable ? "rows = new " + imports.use(ArrayList.class) + "();\n" : "")
                .append("try {\n").append(isTable ? eval : "return " + eval).append("} catch (Throwable e) {\n").append(name)
                .append(" instead = (").append(name).append(") instead(e);\nif (instead != null) {\nreturn instead.call(").append(arguments).append(");\n}\n")
                .append(FunctionCallCode.all(classes, 0)).append("throw ").append(imports.use(FunctionException.class)).append(".of(")
                .append(JavaNames.literal(function.name())).append(", e, all);\n}\n").append(isTable ? "return rows;\n" : "").append("}\n}\n");
        return text.toString();
    }
}
