package creek.sql.internal.aggregate;

import creek.core.data.DataType;
import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaTypes;
import java.math.BigDecimal;

/** A field of an accumulator that holds a value of an SQL type in its internal form; the value's bytes are the field's own. */
record TypedField(ClassBody body, String name, DataType type) {
    /** Whether there are fields for values of that type: for all that have an order. */
    static boolean canHold(DataType type) {
        return switch (type.root()) {
            case ARRAY, MAP, MULTISET, ROW, STRUCTURED_TYPE, NULL, BINARY, VARBINARY -> false;
            default -> true;
        };
    }

    private Class<?> form() {
        return JavaTypes.of(type);
    }

    String declaration() {
        return "private " + javaType() + " " + name + ";\n";
    }

    String javaType() {
        return body.imports().use(form());
    }

    /** Sets the field to the value of a variable that may be reused. */
    String assign(String variable) {
        return name + " = " + variable + (form() == Utf8.class ? ".copy()" : "") + ";\n";
    }

    /** Whether a value comes before the field's in the type's order. */
    String isBefore(String value, String other) {
        return form() == boolean.class ? "!" + value + " && " + other
                : form().isPrimitive() ? value + " < " + other : value + ".compareTo(" + other + ") < 0";
    }

    String write(String output) {
        Class<?> form = form();
        return form == Utf8.class ? output + ".writeUtf8(" + name + ");\n"
                : form == BigDecimal.class ? output + ".writeString(" + name + ".toString());\n"
                : form == Timestamp.class ? output + ".writeLong(" + name + ".millis());\n" + output + ".writeInt(" + name + ".nanos());\n"
                : output + ".write" + primitive(form) + "(" + name + ");\n";
    }

    String read(String input) {
        Class<?> form = form();
        return name + " = " + (form == Utf8.class ? body.imports().use(Utf8.class) + ".of(" + input + ".readBytes())"
                : form == BigDecimal.class ? "new " + body.imports().use(BigDecimal.class) + "(" + input + ".readString())"
                : form == Timestamp.class
                        ? "new " + body.imports().use(Timestamp.class) + "(" + input + ".readLong(), " + input + ".readInt())"
                : form == byte.class || form == short.class ? "(" + form + ") " + input + ".readInt()"
                : input + ".read" + primitive(form) + "()") + ";\n";
    }

    private static String primitive(Class<?> form) {
        return form == byte.class || form == short.class ? "Int"
                : Character.toUpperCase(form.getName().charAt(0)) + form.getName().substring(1);
    }
}
