package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Timestamp;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The Java classes of SQL types' internal forms, and how rows give and take them. */
public final class JavaTypes {
    private JavaTypes() {
    }

    /** The class of a type's values; primitive where the internal form is. */
    public static Class<?> of(DataType type) {
        return switch (type.root()) {
            case BOOLEAN -> boolean.class;
            case TINYINT -> byte.class;
            case SMALLINT -> short.class;
            case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH -> int.class;
            case BIGINT, INTERVAL_DAY_TIME -> long.class;
            case FLOAT -> float.class;
            case DOUBLE -> double.class;
            case CHAR, VARCHAR, VARIANT -> Utf8.class;
            case BINARY, VARBINARY -> byte[].class;
            case DECIMAL -> BigDecimal.class;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> type.isMillis() ? long.class : Timestamp.class;
            case ARRAY -> List.class;
            case MAP, MULTISET -> Map.class;
            case ROW, STRUCTURED_TYPE -> Row.class;
            case NULL -> Object.class;
        };
    }

    public static Class<?> boxed(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }

    /** What variables of that class hold while their value is null. */
    public static String zero(Class<?> type) {
        return !type.isPrimitive() ? "null" : type == boolean.class ? "false" : type == long.class ? "0L" : type == float.class ? "0f"
                : type == double.class ? "0d" : type == byte.class ? "(byte) 0" : type == short.class ? "(short) 0" : "0";
    }

    /** The text of reading column {@code index} of a row. */
    public static String get(String row, int index, DataType type) {
        Class<?> form = of(type);
        String getter = switch (type.root()) {
            case CHAR, VARCHAR, VARIANT -> "getUtf8";
            case BINARY, VARBINARY -> "getBytes";
            case DECIMAL -> "getDecimal";
            case ARRAY -> "getList";
            case MAP, MULTISET -> "getMap";
            case ROW, STRUCTURED_TYPE -> "getRow";
            case NULL -> throw new IllegalArgumentException("a column of type NULL");
            default -> form == Timestamp.class ? "getTimestamp"
                    : "get" + Character.toUpperCase(form.getName().charAt(0)) + form.getName().substring(1);
        };
        return row + "." + getter + "(" + index + ")";
    }

    /** The text of setting column {@code index} of a row to a value that is not null. */
    public static String set(String row, int index, DataType type, String value) {
        Class<?> form = of(type);
        String setter = form == Utf8.class ? "setUtf8" : form == boolean.class ? "setBoolean" : form == float.class ? "setFloat"
                : form == double.class ? "setDouble" : form.isPrimitive() ? "setLong" : "setObject";
        return row + "." + setter + "(" + index + ", " + value + ")";
    }

    /** TINYINT to BIGINT, FLOAT, DOUBLE and DECIMAL. */
    public static boolean isNumeric(DataType type) {
        return isInteger(type) || isApproximate(type) || type.root() == TypeRoot.DECIMAL;
    }

    public static boolean isInteger(DataType type) {
        return switch (type.root()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
            default -> false;
        };
    }

    public static boolean isApproximate(DataType type) {
        return type.root() == TypeRoot.FLOAT || type.root() == TypeRoot.DOUBLE;
    }

    public static boolean isBytes(DataType type) {
        return type.root() == TypeRoot.BINARY || type.root() == TypeRoot.VARBINARY;
    }
}
