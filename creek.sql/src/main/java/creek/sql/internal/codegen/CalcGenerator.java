package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.operator.Calc;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Generates the methods of a {@link Calc}, a filter and a projection in one:
 *
 * <pre>
 * public boolean project(Row in, Row out) throws Exception {
 *     boolean temperatureIsNull = in.isNullAt(2);
 *     double temperature = in.getDouble(2);
 *     if (!(!temperatureIsNull &amp;&amp; (temperature &gt; 34d))) {
 *         return false;
 *     }
 *     out.setUtf8From(0, in, 0);
 *     ...
 *     return true;
 * }
 * </pre>
 */
public final class CalcGenerator {
    /** Beyond so many characters a projection goes on in another method: the JIT leaves long methods interpreted. */
    private static final int METHOD_LENGTH = 6000;

    private CalcGenerator() {
    }

    /**
     * The method {@code project(Row in, Row out)} of a {@link Calc}, and further ones that it calls.
     *
     * @param body        of the class
     * @param projections the output columns
     * @param condition   the filter, or null
     */
    public static String methods(ClassBody body, RelDataType inputType, List<RexNode> projections, RexNode condition) {
        Imports imports = body.imports();
        StringBuilder main = new StringBuilder();
        StringBuilder further = new StringBuilder();
        ExpressionCompiler compiler = new ExpressionCompiler(body).addInput("in", inputType);
        List<RexNode> all = new ArrayList<>(projections);
        if (condition != null) {
            all.add(0, condition);
            compiler.share(all);
            String holds = compiler.condition(condition);
            main.append(compiler.takeStatements()).append("if (!(").append(holds).append(")) {\nreturn false;\n}\n");
        } else {
            compiler.share(all);
        }
        StringBuilder method = main;
        for (int i = 0; i < projections.size(); i++) {
            if (method.length() > METHOD_LENGTH) {
                String name = body.name("projectFrom" + i);
                main.append(name).append("(in, out);\n");
                endMethod(further, method, main);
                method = new StringBuilder("private void ").append(name).append("(").append(imports.use(Row.class)).append(" in, ")
                        .append(imports.use(Row.class)).append(" out) throws Exception {\n");
                compiler = new ExpressionCompiler(body).addInput("in", inputType);
                compiler.share(projections.subList(i, projections.size()));
            }
            method.append(project(compiler, projections.get(i), i));
        }
        endMethod(further, method, main);
        return "public boolean project(" + imports.use(Row.class) + " in, " + imports.use(Row.class) + " out) throws Exception {\n" + main
                + "return true;\n}\n" + further;
    }

    private static void endMethod(StringBuilder further, StringBuilder method, StringBuilder main) {
        if (method != main) {
            further.append(method).append("}\n");
        }
    }

    private static String project(ExpressionCompiler compiler, RexNode projection, int i) {
        if (projection instanceof RexInputRef ref) {
            Class<?> form = JavaTypes.of(Types.toDataType(ref.getType()));
            String set = form.isPrimitive() ? "setValueFrom" : form == Utf8.class ? "setUtf8From" : "setFrom";
            return compiler.takeStatements() + "out." + set + "(" + i + ", in, " + ref.getIndex() + ");\n";
        }
        DataType type = Types.toDataType(projection.getType());
        Expression value = compiler.compile(projection);
        if (value.isAlwaysNull()) {
            return compiler.takeStatements() + "out.setNull(" + i + ");\n";
        }
        String set = JavaTypes.set("out", i, type, compiler.whenNotNull(value)) + ";\n";
        return compiler.takeStatements() + (!value.isNullable() ? set
                : "if (" + value.nullTerm() + ") {\nout.setNull(" + i + ");\n} else {\n" + set + "}\n");
    }
}
