package creek.sql.internal.udf;

import creek.core.data.DataType;
import creek.sql.internal.SqlError;
import creek.udf.api.DataTypeHint;
import creek.udf.api.ListView;
import creek.udf.api.MapView;
import creek.udf.api.Row;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which SQL type a Java type of a function's class stands for, as Flink has it. */
final class JavaTypeReader {
    private static final int FINEST = 9;
    private static final Map<Class<?>, DataType> PLAIN = Map.ofEntries(
            Map.entry(Boolean.class, DataType.bool()), Map.entry(Byte.class, DataType.tinyint()), Map.entry(Short.class, DataType.smallint()),
            Map.entry(Integer.class, DataType.integer()), Map.entry(Long.class, DataType.bigint()), Map.entry(Float.class, DataType.real()),
            Map.entry(Double.class, DataType.doublePrecision()), Map.entry(String.class, DataType.string()),
            Map.entry(byte[].class, DataType.bytes()), Map.entry(LocalDate.class, DataType.date()), Map.entry(LocalTime.class, DataType.time(0)),
            Map.entry(LocalDateTime.class, DataType.timestamp(FINEST)), Map.entry(Instant.class, DataType.timestampLtz(FINEST)),
            Map.entry(Duration.class, DataType.intervalDayTime()), Map.entry(Period.class, DataType.intervalYearMonth()));

    private final Function<String, DataType> hints;
    /** What the type parameters of superclasses stand for. */
    private final Map<TypeVariable<?>, Type> variables = new HashMap<>();

    /** @param hints reads a type that is written as SQL writes it */
    JavaTypeReader(Class<?> type, Function<String, DataType> hints) {
        this.hints = hints;
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            if (each.getGenericSuperclass() instanceof ParameterizedType parent) {
                TypeVariable<?>[] names = each.getSuperclass().getTypeParameters();
                for (int i = 0; i < names.length; i++) {
                    variables.put(names[i], parent.getActualTypeArguments()[i]);
                }
            }
        }
    }

    /** What a type is where the class fixes its parameters. */
    Type resolve(Type type) {
        Type resolved = type;
        while (resolved instanceof TypeVariable<?> variable && variables.containsKey(variable)) {
            resolved = variables.get(variable);
        }
        return resolved;
    }

    /** The class behind a type. */
    Class<?> raw(Type type) {
        Type resolved = resolve(type);
        return resolved instanceof Class<?> plain ? plain
                : resolved instanceof ParameterizedType parameterized ? (Class<?>) parameterized.getRawType() : Object.class;
    }

    /** Whether a hint says anything. */
    static boolean isGiven(DataTypeHint hint) {
        return hint != null && !hint.value().isEmpty();
    }

    /** What a hint says. */
    DataType hinted(DataTypeHint hint, Type java) {
        DataType hinted = hints.apply(hint.value());
        return raw(java).isPrimitive() ? hinted.notNull() : hinted;
    }

    /**
     * The SQL type.
     *
     * @param where for messages
     * @throws SqlError if there is none
     */
    DataType read(Type java, DataTypeHint hint, Object where) {
        return isGiven(hint) ? hinted(hint, java) : find(java, where).orElseThrow(() -> SqlError.invalid("the type " + resolve(java).getTypeName()
                + " in " + where + (resolve(java) == BigDecimal.class
                ? " needs a precision and a scale: annotate it with @DataTypeHint(\"DECIMAL(10, 2)\")" : resolve(java) == Row.class
                ? " needs its fields: annotate it with @DataTypeHint(\"ROW<a INT, b STRING>\")" : " is none of SQL's types")));
    }

    /** The SQL type, empty if the Java type tells none. */
    Optional<DataType> find(Type java, Object where) {
        Type type = resolve(java);
        if (type instanceof Class<?> raw) {
            if (raw.isPrimitive() && raw != void.class && raw != char.class) {
                return Optional.of(PLAIN.get(MethodType.methodType(raw).wrap().returnType()).notNull());
            }
            if (PLAIN.containsKey(raw)) {
                return Optional.of(PLAIN.get(raw));
            }
            return raw.isArray() ? Optional.of(DataType.array(read(raw.getComponentType(), null, where))) : Optional.empty();
        }
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            Type raw = parameterized.getRawType();
            if (raw == List.class || raw == ListView.class) {
                return Optional.of(DataType.array(read(arguments[0], null, where)));
            }
            if (raw == Map.class || raw == MapView.class) {
                return Optional.of(DataType.map(read(arguments[0], null, where), read(arguments[1], null, where)));
            }
        }
        return Optional.empty();
    }
}
