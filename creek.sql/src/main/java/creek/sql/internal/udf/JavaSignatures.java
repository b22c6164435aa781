package creek.sql.internal.udf;

import creek.core.data.DataType;
import creek.sql.internal.SqlError;
import creek.udf.api.AggregateFunction;
import creek.udf.api.DataTypeHint;
import creek.udf.api.FunctionHint;
import creek.udf.api.ImperativeAggregateFunction;
import creek.udf.api.ScalarFunction;
import creek.udf.api.TableAggregateFunction;
import creek.udf.api.TableFunction;
import creek.udf.api.UserDefinedFunction;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the methods {@code eval} or {@code accumulate} of a function's class: which SQL types they take and give, as Flink has it. */
final class JavaSignatures {
    private final Class<? extends UserDefinedFunction> type;
    private final JavaTypeReader types;
    private final Class<?> kind;

    /**
     * @param hints reads a type that is written as SQL writes it
     * @throws SqlError if the class is no function
     */
    JavaSignatures(Class<? extends UserDefinedFunction> type, Function<String, DataType> hints) {
        this.type = type;
        types = new JavaTypeReader(type, hints);
        kind = Stream.of(ScalarFunction.class, TableFunction.class, AggregateFunction.class, TableAggregateFunction.class)
                .filter(each -> each.isAssignableFrom(type)).findFirst().orElseThrow(() -> SqlError.unsupported("class " + type.getName()
                + " is neither a ScalarFunction nor a TableFunction, nor an AggregateFunction or a TableAggregateFunction"));
    }

    boolean isAggregate() {
        return ImperativeAggregateFunction.class.isAssignableFrom(kind);
    }

    /**
     * All methods {@code eval} or {@code accumulate}, in the order in which Flink tries them.
     *
     * @throws SqlError if there is none, or one has a type that SQL has not
     */
    List<EvalMethod> methods() {
        String name = isAggregate() ? "accumulate" : "eval";
        List<EvalMethod> methods = Arrays.stream(type.getMethods()).filter(each -> each.getName().equals(name) && !each.isBridge()
                && !Modifier.isStatic(each.getModifiers())).sorted(Comparator.comparing(Method::toString)).flatMap(this::read).toList();
        if (methods.isEmpty()) {
            throw SqlError.invalid("class " + type.getName() + " has no public method named '" + name + "'");
        }
        return methods;
    }

    /** A signature for each hint that says what the arguments are, or the one that the parameters tell. */
    private Stream<EvalMethod> read(Method method) {
        boolean isScalar = kind == ScalarFunction.class;
        if (isScalar == (method.getReturnType() == void.class)) {
            throw SqlError.invalid(method + (isScalar ? " must return a value" : isAggregate() ? " must return nothing"
                    : " must return nothing: a table function calls collect"));
        }
        int first = isAggregate() ? 1 : 0;
        if (isAggregate() && (method.getParameterCount() == 0 || method.getParameterTypes()[0] != types.raw(accumulatorVariable()))) {
            throw SqlError.invalid(method + " must take the accumulator as its first parameter, a "
                    + types.resolve(accumulatorVariable()).getTypeName());
        }
        List<FunctionHint> withInput = Stream.of(method.getAnnotationsByType(FunctionHint.class), type.getAnnotationsByType(FunctionHint.class))
                .map(each -> Arrays.stream(each).filter(hint -> hint.input().length > 0).toList()).filter(each -> !each.isEmpty()).findFirst()
                .orElse(List.of());
        if (withInput.isEmpty()) {
            List<DataType> parameters = new ArrayList<>();
            for (int i = first; i < method.getParameterCount(); i++) {
                Parameter declared = method.getParameters()[i];
                parameters.add(types.read(element(method, i), declared.getAnnotation(DataTypeHint.class), method));
            }
            return Stream.of(new EvalMethod(method, first, parameters, result(method, null)));
        }
        return withInput.stream().filter(hint -> hint.input().length == method.getParameterCount() - first).map(hint -> {
            List<DataType> parameters = new ArrayList<>();
            for (int i = 0; i < hint.input().length; i++) {
                parameters.add(types.hinted(hint.input()[i], element(method, first + i)));
            }
            return new EvalMethod(method, first, parameters, result(method, hint));
        });
    }

    /** The type of a parameter, of one of a variable number that of each. */
    private static Type element(Method method, int place) {
        boolean variable = method.isVarArgs() && place == method.getParameterCount() - 1;
        return variable ? method.getParameterTypes()[place].getComponentType() : method.getGenericParameterTypes()[place];
    }

    private DataType result(Method method, FunctionHint chosen) {
        DataTypeHint hint = Stream.concat(Stream.ofNullable(chosen), Stream.concat(Arrays.stream(method.getAnnotationsByType(FunctionHint.class)),
                Stream.empty())).map(FunctionHint::output).filter(JavaTypeReader::isGiven).findFirst()
                .or(() -> Optional.ofNullable(isAggregate() ? null : method.getAnnotation(DataTypeHint.class)))
                .or(() -> Arrays.stream(type.getAnnotationsByType(FunctionHint.class)).filter(each -> each.input().length == 0)
                        .map(FunctionHint::output).filter(JavaTypeReader::isGiven).findFirst())
                .or(() -> Optional.ofNullable(kind == AggregateFunction.class ? getValue().getAnnotation(DataTypeHint.class) : null)).orElse(null);
        Type java = kind == ScalarFunction.class ? method.getGenericReturnType() : kind.getTypeParameters()[0];
        if (kind == AggregateFunction.class && getValue().getReturnType().isPrimitive()) {
            java = getValue().getReturnType();
        }
        DataType read = types.read(java, hint, method);
        return kind == TableAggregateFunction.class ? DataType.array(read) : read;
    }

    private Method getValue() {
        return Arrays.stream(type.getMethods()).filter(each -> each.getName().equals("getValue") && !each.isBridge()
                && each.getParameterCount() == 1).findFirst().orElseThrow();
    }

    private Type accumulatorVariable() {
        return ImperativeAggregateFunction.class.getTypeParameters()[1];
    }

    /** The accumulator of an aggregate function. */
    AccumulatorType accumulator() {
        Type declared = types.resolve(accumulatorVariable());
        Class<?> raw = types.raw(declared);
        boolean merges = has("merge", raw, Iterable.class);
        if (kind == TableAggregateFunction.class && Arrays.stream(type.getMethods()).noneMatch(each -> each.getName().equals("emitValue"))) {
            throw SqlError.invalid("class " + type.getName() + " has no public method named 'emitValue'");
        }
        Class<?> result = kind == TableAggregateFunction.class ? List.class : types.raw(kind.getTypeParameters()[0]);
        Optional<DataTypeHint> hint = Stream.concat(Arrays.stream(type.getAnnotationsByType(FunctionHint.class)).map(FunctionHint::accumulator),
                Stream.ofNullable(createAccumulator().getAnnotation(DataTypeHint.class))).filter(JavaTypeReader::isGiven).findFirst();
        if (hint.isPresent()) {
            return AccumulatorType.plain(raw, types.hinted(hint.get(), declared), result, merges);
        }
        Optional<DataType> plain = types.find(declared, "the accumulator of " + type.getName());
        return plain.map(found -> AccumulatorType.plain(raw, found, result, merges))
                .orElseGet(() -> new AccumulatorType(raw, false, fields(raw), result, merges));
    }

    private Method createAccumulator() {
        return Arrays.stream(type.getMethods()).filter(each -> each.getName().equals("createAccumulator") && !each.isBridge()).findFirst().orElseThrow();
    }

    private boolean has(String name, Class<?>... parameters) {
        try {
            return !Modifier.isStatic(type.getMethod(name, parameters).getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private List<AccumulatorField> fields(Class<?> accumulator) {
        String what = "the accumulator " + accumulator.getName() + " of " + type.getName();
        if (!Modifier.isPublic(accumulator.getModifiers()) || accumulator.isInterface() || Modifier.isAbstract(accumulator.getModifiers())
                || accumulator == Object.class) {
            throw SqlError.invalid(what + " must be a public class with fields, or a Row with @FunctionHint(accumulator = @DataTypeHint(\"ROW<...>\"))");
        }
        List<AccumulatorField> fields = new ArrayList<>();
        for (Class<?> each = accumulator; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || Modifier.isTransient(field.getModifiers()) || field.isSynthetic()) {
                    continue;
                }
                DataType read = types.read(field.getGenericType(), field.getAnnotation(DataTypeHint.class), "the field " + field.getName() + " of " + what);
                AccumulatorField found = AccumulatorField.of(field, read.nullable(true));
                if (found == null) {
                    throw SqlError.invalid("the field " + field.getName() + " of " + what + " must be public, or have a public getter and setter");
                }
                fields.add(found);
            }
        }
        if (fields.isEmpty()) {
            throw SqlError.invalid(what + " has no fields, so nothing could be kept in it");
        }
        fields.sort(Comparator.comparing(AccumulatorField::name));
        return fields;
    }
}
