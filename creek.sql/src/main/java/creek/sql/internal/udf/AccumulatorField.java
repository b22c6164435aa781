package creek.sql.internal.udf;

import creek.core.data.DataType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * A field of an accumulator.
 *
 * @param javaType its class
 * @param type     of its values in state; nullable
 * @param getter   the method that reads it, or empty if the field is public
 * @param setter   the method that sets it, or empty
 */
public record AccumulatorField(String name, Class<?> javaType, DataType type, String getter, String setter) {
    /** @return null if nobody can read and set it */
    static AccumulatorField of(Field field, DataType type) {
        if (Modifier.isPublic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers())) {
            return new AccumulatorField(field.getName(), field.getType(), type, "", "");
        }
        String name = Character.toUpperCase(field.getName().charAt(0)) + field.getName().substring(1);
        for (String getter : new String[] {"get" + name, "is" + name, field.getName()}) {
            if (has(field, getter) && has(field, "set" + name, field.getType())) {
                return new AccumulatorField(field.getName(), field.getType(), type, getter, "set" + name);
            }
        }
        return null;
    }

    private static boolean has(Field field, String name, Class<?>... parameters) {
        try {
            Method method = field.getDeclaringClass().getMethod(name, parameters);
            return parameters.length > 0 || method.getReturnType() == field.getType();
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** The Java that reads it. */
    public String get(String accumulator) {
        return accumulator + "." + (getter.isEmpty() ? name : getter + "()");
    }

    /** The Java statement that sets it. */
    public String set(String accumulator, String value) {
        return accumulator + "." + (setter.isEmpty() ? name + " = " + value : setter + "(" + value + ")") + ";\n";
    }

    /** Whether what it holds may change in place. */
    public boolean isMutable() {
        return !javaType.isPrimitive() && switch (type.root()) {
            case ARRAY, MAP, MULTISET, ROW, STRUCTURED_TYPE, BINARY, VARBINARY -> true;
            default -> false;
        };
    }
}
