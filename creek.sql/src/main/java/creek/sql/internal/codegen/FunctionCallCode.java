package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import creek.core.function.FunctionValues;
import creek.sql.internal.udf.EvalMethod;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Turns values into the arguments of a function made from a class, and what it gives into a value. */
final class FunctionCallCode {
    private final ExpressionCompiler compiler;
    private final Imports imports;

    FunctionCallCode(ExpressionCompiler compiler) {
        this.compiler = compiler;
        imports = compiler.body().imports();
    }

    /** The Java of the arguments. */
    List<String> arguments(EvalMethod method, List<Expression> values) {
        List<String> arguments = new ArrayList<>();
        List<String> further = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Expression given = values.get(i);
            DataType wanted = method.parameter(i);
            Expression value = compiler.bind(compiler.convert(given, wanted.nullable(given.type().isNullable())), "v");
            (method.isVariable(i) ? further : arguments).add(argument(value, wanted, method.parameterClass(i)));
        }
        if (method.method().isVarArgs()) {
            Class<?>[] classes = method.method().getParameterTypes();
            arguments.add("new " + imports.use(classes[classes.length - 1].getComponentType()) + "[] {" + String.join(", ", further) + "}");
        }
        return arguments;
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

    /**
     * What a call gives.
     *
     * @param returned the class that the method returns
     */
    Expression result(String value, Class<?> returned, DataType type) {
        if (returned.isPrimitive()) {
            return Expression.notNull(compiler.declare(returned, "v", value), type);
        }
        if (returned == String.class) {
            String text = compiler.declare(String.class, "text", value);
            return compiler.fromReference(type, text + " == null ? null : " + imports.use(Utf8.class) + ".of(" + text + ")");
        }
        return JavaTypes.boxed(JavaTypes.of(type)) == returned && returned != BigDecimal.class ? compiler.fromReference(type, value)
                : converted(value, type);
    }

    /** A value in whatever form functions may have it. */
    Expression converted(String value, DataType type) {
        return compiler.fromReference(type, "(" + imports.use(JavaTypes.boxed(JavaTypes.of(type))) + ") "
                + imports.use(FunctionValues.class) + ".fromFunction(" + value + ", " + constant(type) + ")");
    }

    private String constant(DataType type) {
        return compiler.body().constant(DataType.class, "type", TypeCode.expression(type, imports));
    }

    /** The Java of an array of parameters {@code a0}, {@code a1}, ..., for messages. */
    static String all(Class<?>[] classes, int first) {
        StringBuilder objects = new StringBuilder("Object[] all = new Object[" + (classes.length - first) + "];\n");
        for (int i = first; i < classes.length; i++) {
            int place = i - first;
            objects.append("all[").append(place).append("] = ").append(classes[i].isPrimitive()
                    ? JavaTypes.boxed(classes[i]).getSimpleName() + ".valueOf(a" + place + ")" : "a" + place).append(";\n");
        }
        return objects.toString();
    }
}
