package creek.sql.internal.udf;

import creek.core.data.DataType;
import creek.sql.internal.SqlError;
import creek.udf.api.DataTypeHint;
import creek.udf.api.FunctionHint;
import creek.udf.api.Row;
import creek.udf.api.ScalarFunction;
import creek.udf.api.TableFunction;
import creek.udf.api.UserDefinedFunction;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the methods {@code eval} of a function's class: which SQL types they take and give, as Flink has it. */
final class JavaSignatures {
    private static final int FINEST = 9;
    private static final Map<Class<?>, DataType> PLAIN = Map.ofEntries(
            Map.entry(Boolean.class, DataType.bool()), Map.entry(Byte.class, DataType.tinyint()), Map.entry(Short.class, DataType.smallint()),
            Map.entry(Integer.class, DataType.integer()), Map.entry(Long.class, DataType.bigint()), Map.entry(Float.class, DataType.real()),
            Map.entry(Double.class, DataType.doublePrecision()), Map.entry(String.class, DataType.string()),
            Map.entry(byte[].class, DataType.bytes()), Map.entry(LocalDate.class, DataType.date()), Map.entry(LocalTime.class, DataType.time(0)),
            Map.entry(LocalDateTime.class, DataType.timestamp(FINEST)), Map.entry(Instant.class, DataType.timestampLtz(FINEST)),
            Map.entry(Duration.class, DataType.intervalDayTime()), Map.entry(Period.class, DataType.intervalYearMonth()));

    private final Class<? extends UserDefinedFunction> type;
    private final Function<String, DataType> hints;

    /** @param hints reads a type that is written as SQL writes it */
    JavaSignatures(Class<? extends UserDefinedFunction> type, Function<String, DataType> hints) {
        this.type = type;
        this.hints = hints;
    }

    /**
     * All methods {@code eval}, in the order in which Flink tries them.
     *
     * @throws SqlError if there is none, or one has a type that SQL has not
     */
    List<EvalMethod> methods() {
        boolean isTable = TableFunction.class.isAssignableFrom(type);
        if (!isTable && !ScalarFunction.class.isAssignableFrom(type)) {
            throw SqlError.unsupported("class " + type.getName() + " is neither a ScalarFunction nor a TableFunction");
        }
        List<EvalMethod> methods = Arrays.stream(type.getMethods()).filter(each -> each.getName().equals("eval") && !each.isBridge()
                && !Modifier.isStatic(each.getModifiers())).sorted(Comparator.comparing(Method::toString)).map(each -> read(each, isTable)).toList();
        if (methods.isEmpty()) {
            throw SqlError.invalid("class " + type.getName() + " has no public method named 'eval'");
        }
        return methods;
    }

    private EvalMethod read(Method method, boolean isTable) {
        List<DataType> parameters = new ArrayList<>();
        Parameter[] declared = method.getParameters();
        for (int i = 0; i < declared.length; i++) {
            Type each = declared[i].getParameterizedType();
            boolean variable = method.isVarArgs() && i == declared.length - 1;
            parameters.add(typeOf(variable ? declared[i].getType().getComponentType() : each, declared[i].getAnnotation(DataTypeHint.class), method));
        }
        if (isTable != (method.getReturnType() == void.class)) {
            throw SqlError.invalid(method + (isTable ? " must return nothing: a table function calls collect" : " must return a value"));
        }
        return new EvalMethod(method, parameters, typeOf(isTable ? rowType() : method.getGenericReturnType(), resultHint(method), method));
    }

    private DataTypeHint resultHint(Method method) {
        FunctionHint own = method.getAnnotation(FunctionHint.class);
        FunctionHint all = type.getAnnotation(FunctionHint.class);
        return own != null ? own.output() : method.getAnnotation(DataTypeHint.class) != null ? method.getAnnotation(DataTypeHint.class)
                : all != null ? all.output() : null;
    }

    /** The {@code T} of {@code TableFunction<T>}. */
    private Type rowType() {
        Class<?> each = type;
        while (each.getSuperclass() != TableFunction.class) {
            each = each.getSuperclass();
        }
        return each.getGenericSuperclass() instanceof ParameterizedType parameterized ? parameterized.getActualTypeArguments()[0] : Object.class;
    }

    private DataType typeOf(Type java, DataTypeHint hint, Method method) {
        if (hint != null) {
            DataType hinted = hints.apply(hint.value());
            return java instanceof Class<?> raw && raw.isPrimitive() ? hinted.notNull() : hinted;
        }
        if (java instanceof Class<?> raw) {
            if (raw.isPrimitive() && raw != void.class && raw != char.class) {
                return PLAIN.get(MethodType.methodType(raw).wrap().returnType()).notNull();
            }
            if (PLAIN.containsKey(raw)) {
                return PLAIN.get(raw);
            }
            if (raw.isArray()) {
                return DataType.array(typeOf(raw.getComponentType(), null, method));
            }
        } else if (java instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            if (parameterized.getRawType() == List.class) {
                return DataType.array(typeOf(arguments[0], null, method));
            }
            if (parameterized.getRawType() == Map.class) {
                return DataType.map(typeOf(arguments[0], null, method), typeOf(arguments[1], null, method));
            }
        }
        throw SqlError.invalid("the type " + java.getTypeName() + " in " + method + (java == BigDecimal.class
                ? " needs a precision and a scale: annotate it with @DataTypeHint(\"DECIMAL(10, 2)\")" : java == Row.class
                ? " needs its fields: annotate it with @DataTypeHint(\"ROW<a INT, b STRING>\")" : " is none of SQL's types"));
    }
}
