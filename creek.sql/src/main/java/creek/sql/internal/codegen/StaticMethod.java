package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.Utf8;
import creek.core.function.Results;
import creek.sql.internal.SqlError;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * A function that is a static method of {@code creek.core.function}. Of the overloads the one is called whose parameters fit the arguments'
 * internal forms best.
 *
 * <p>Parameters of type {@link ZoneId} and {@link Clock} at the end are given the session's. A parameter of a class with a static
 * {@code compile(Utf8)} is given what that makes of a string, once where the string is a literal. Nulls do not come to the method, unless
 * it {@linkplain #takesNulls takes them} as objects. A result of a class may be null.
 */
public final class StaticMethod implements FunctionCode {
    private static final int UNFIT = 1_000_000;

    private final Class<?> owner;
    private final String name;
    private final boolean nulls;
    private final boolean checked;

    private StaticMethod(Class<?> owner, String name, boolean nulls, boolean checked) {
        this.owner = owner;
        this.name = name;
        this.nulls = nulls;
        this.checked = checked;
    }

    public static StaticMethod of(Class<?> owner, String name) {
        return new StaticMethod(owner, name, false, false);
    }

    /** The method is called for nulls too, which are Java nulls. */
    public StaticMethod takesNulls() {
        return new StaticMethod(owner, name, true, checked);
    }

    /** The method may give null where Flink's type of the result says NOT NULL: the job fails then, as it does in Flink. */
    public StaticMethod mayGiveNull() {
        return new StaticMethod(owner, name, nulls, true);
    }

    @Override
    public Expression generate(ExpressionCompiler compiler, RexCall call, DataType type) {
        List<Expression> arguments = new ArrayList<>();
        call.getOperands().forEach(operand -> arguments.add(compiler.compileExpanded(operand)));
        return generate(compiler, call.getOperands(), arguments, type);
    }

    Expression generate(ExpressionCompiler compiler, List<RexNode> operands, List<Expression> arguments, DataType type) {
        Method method = best(operands, arguments);
        Class<?>[] parameters = method.getParameterTypes();
        int own = ownParameters(method);
        boolean variable = own > 0 && isVariable(parameters[own - 1], arguments, own);
        List<Expression> converted = new ArrayList<>();
        List<String> constants = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Class<?> parameter = variable && i >= own - 1 ? parameters[own - 1].getComponentType() : parameters[i];
            Optional<String> constant = compiledConstant(compiler, parameter, operands.get(i), arguments.get(i));
            constants.add(constant.orElse(null));
            converted.add(constant.isPresent() ? Expression.notNull(constant.get(), arguments.get(i).type())
                    : compiledPattern(compiler, parameter, fitting(compiler, arguments.get(i), parameter)));
        }
        if (nulls) {
            List<String> objects = new ArrayList<>();
            for (int i = 0; i < converted.size(); i++) {
                objects.add(constants.get(i) != null ? constants.get(i) : compiler.boxed(compiler.bind(converted.get(i), "v")));
            }
            String term = invocation(compiler, method, objects, own, variable, type);
            return method.getReturnType().isPrimitive() || !type.isNullable() ? Expression.notNull(term, type)
                    : compiler.fromReference(type, term);
        }
        boolean mayBeNull = !method.getReturnType().isPrimitive() && type.isNullable();
        List<Expression> boxed = boxedWhereObjects(compiler, converted, parameters, own, variable);
        return mayBeNull ? compiler.maybeNull(type, boxed, terms -> invocation(compiler, method, terms, own, variable, type))
                : compiler.strict(type, boxed, terms -> invocation(compiler, method, terms, own, variable, type));
    }

    /** Primitive arguments for parameters of type Object, boxed. */
    private static List<Expression> boxedWhereObjects(ExpressionCompiler compiler, List<Expression> arguments, Class<?>[] parameters, int own,
            boolean variable) {
        List<Expression> result = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Class<?> parameter = variable && i >= own - 1 ? parameters[own - 1].getComponentType() : parameters[i];
            Expression argument = arguments.get(i);
            result.add(parameter == Object.class && argument.javaType().isPrimitive() && !argument.isAlwaysNull()
                    ? new Expression(compiler.boxed(Expression.notNull(argument.term(), argument.type())), argument.nullTerm(), argument.type())
                    : argument);
        }
        return result;
    }

    private String invocation(ExpressionCompiler compiler, Method method, List<String> terms, int own, boolean variable, DataType type) {
        List<String> all = new ArrayList<>(variable ? terms.subList(0, own - 1) : terms);
        Class<?>[] parameters = method.getParameterTypes();
        if (variable) {
            all.add("new " + compiler.body().imports().use(parameters[own - 1]) + " {" + String.join(", ", terms.subList(own - 1, terms.size()))
                    + "}");
        }
        for (int i = own; i < parameters.length; i++) {
            all.add(parameters[i] == ZoneId.class ? compiler.body().zone() : compiler.body().clock());
        }
        String term = compiler.body().imports().use(owner) + "." + name + "(" + String.join(", ", all) + ")";
        if (checked && !type.isNullable()) {
            term = compiler.body().imports().use(Results.class) + ".notNull(" + term + ", \"" + name + "\")";
        }
        Class<?> form = JavaTypes.of(type);
        Class<?> result = method.getReturnType();
        if (result.isPrimitive() && result != form) {
            return "(" + form.getName() + ") " + term;
        }
        return !result.isPrimitive() && !JavaTypes.boxed(form).isAssignableFrom(result)
                ? "(" + compiler.body().imports().use(JavaTypes.boxed(form)) + ") " + term : term;
    }

    private Method best(List<RexNode> operands, List<Expression> arguments) {
        Method best = null;
        int least = UNFIT;
        for (Method method : owner.getMethods()) {
            int cost = method.getName().equals(name) && Modifier.isStatic(method.getModifiers()) ? cost(method, operands, arguments) : UNFIT;
            if (cost < least) {
                least = cost;
                best = method;
            }
        }
        if (best == null) {
            throw SqlError.invalid("no form of " + name.toUpperCase(Locale.ROOT) + " takes " + arguments.stream().map(argument -> argument.type().toString()).toList());
        }
        return best;
    }

    private static int ownParameters(Method method) {
        int own = method.getParameterCount();
        while (own > 0 && (method.getParameterTypes()[own - 1] == ZoneId.class || method.getParameterTypes()[own - 1] == Clock.class)) {
            own--;
        }
        return own;
    }

    private static boolean isVariable(Class<?> last, List<Expression> arguments, int own) {
        return last.isArray() && last != byte[].class
                && !(arguments.size() == own && arguments.get(own - 1).javaType() == last);
    }

    private static int cost(Method method, List<RexNode> operands, List<Expression> arguments) {
        int own = ownParameters(method);
        Class<?>[] parameters = method.getParameterTypes();
        boolean variable = own > 0 && isVariable(parameters[own - 1], arguments, own);
        if (variable ? arguments.size() < own - 1 : arguments.size() != own) {
            return UNFIT;
        }
        int cost = variable ? 10 : 0;
        for (int i = 0; i < arguments.size(); i++) {
            Class<?> parameter = variable && i >= own - 1 ? parameters[own - 1].getComponentType() : parameters[i];
            cost += Math.min(UNFIT, cost(parameter, operands.get(i), arguments.get(i)));
        }
        return Math.min(cost, UNFIT);
    }

    private static int cost(Class<?> parameter, RexNode operand, Expression argument) {
        Class<?> form = argument.javaType();
        if (parameter == form || JavaTypes.boxed(form) == parameter) {
            return 1;
        }
        if (argument.type().root() == creek.core.data.TypeRoot.NULL) {
            return parameter.isPrimitive() ? 2 : 1;
        }
        if (form == Utf8.class && compileMethod(parameter) != null) {
            return operand instanceof RexLiteral ? 0 : 2;
        }
        if (parameter == Object.class) {
            return 50;
        }
        Class<?> primitive = MethodType.methodType(parameter).unwrap().returnType();
        if (primitive.isPrimitive() && form.isPrimitive() && primitive != boolean.class && form != boolean.class) {
            List<Class<?>> order = Arrays.asList(byte.class, short.class, int.class, long.class, float.class, double.class);
            if (primitive == int.class && form == long.class) {
                // lengths and places are INTs: Flink has no code for others
                return UNFIT;
            }
            int distance = order.indexOf(primitive) - order.indexOf(form);
            return distance > 0 ? 1 + distance : 100 - distance;
        }
        if (form == java.math.BigDecimal.class && primitive.isPrimitive() && primitive != boolean.class) {
            return primitive == double.class ? 20 : 200;
        }
        return UNFIT;
    }

    /** The argument in the parameter's form: only numbers differ. */
    private static Expression fitting(ExpressionCompiler compiler, Expression argument, Class<?> parameter) {
        Class<?> primitive = MethodType.methodType(parameter).unwrap().returnType();
        if (!primitive.isPrimitive() || primitive == argument.javaType() || argument.isAlwaysNull()) {
            return argument;
        }
        DataType wanted = primitive == byte.class ? DataType.tinyint() : primitive == short.class ? DataType.smallint()
                : primitive == int.class ? DataType.integer() : primitive == long.class ? DataType.bigint()
                : primitive == float.class ? DataType.real() : DataType.doublePrecision();
        return compiler.convert(argument, wanted.nullable(argument.isNullable()));
    }

    private static Class<?> compileMethod(Class<?> parameter) {
        try {
            return parameter.getPackage() == Results.class.getPackage() && parameter.getMethod("compile", Utf8.class) != null ? parameter : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** What a literal compiles to, as a field of its own for each instance, of which each is one thread's. */
    private static Optional<String> compiledConstant(ExpressionCompiler compiler, Class<?> parameter, RexNode operand, Expression argument) {
        Class<?> maker = argument.javaType() == Utf8.class ? compileMethod(parameter) : null;
        if (maker == null || argument.isNullable() || !(operand instanceof RexLiteral literal)) {
            return Optional.empty();
        }
        return Optional.of(compiler.body().opened(parameter, "pattern_" + literal.getValueAs(String.class),
                compiler.body().imports().use(maker) + ".compile(" + argument.term() + ")"));
    }

    private static Expression compiledPattern(ExpressionCompiler compiler, Class<?> parameter, Expression argument) {
        Class<?> maker = argument.javaType() == Utf8.class ? compileMethod(parameter) : null;
        return maker == null || argument.isAlwaysNull() ? argument
                : new Expression(compiler.body().lastCompiled(parameter, maker) + "(" + argument.term() + ")", argument.nullTerm(), argument.type());
    }
}
