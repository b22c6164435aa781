package creek.sql.internal.codegen;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Schema;

/** Java expressions that make SQL types again. */
public final class TypeCode {
    private final ClassBody body;

    public TypeCode(ClassBody body) {
        this.body = body;
    }

    /** A constant of the class that holds the type. */
    public String constant(DataType type) {
        return body.constant(DataType.class, "type_" + type, expression(type, body.imports()));
    }

    /** An expression for the type, nullability included. */
    public static String expression(DataType type, Imports imports) {
        return imports.use(DataType.class) + "." + factory(type, imports) + (type.isNullable() ? "" : ".notNull()");
    }

    private static String factory(DataType type, Imports imports) {
        return switch (type.root()) {
            case CHAR -> "character(" + type.precision() + ")";
            case VARCHAR -> type.precision() == DataType.MAX_LENGTH ? "string()" : "varchar(" + type.precision() + ")";
            case BOOLEAN -> "bool()";
            case BINARY -> "binary(" + type.precision() + ")";
            case VARBINARY -> type.precision() == DataType.MAX_LENGTH ? "bytes()" : "varbinary(" + type.precision() + ")";
            case DECIMAL -> "decimal(" + type.precision() + ", " + type.scale() + ")";
            case TINYINT -> "tinyint()";
            case SMALLINT -> "smallint()";
            case INTEGER -> "integer()";
            case BIGINT -> "bigint()";
            case FLOAT -> "real()";
            case DOUBLE -> "doublePrecision()";
            case DATE -> "date()";
            case TIME_WITHOUT_TIME_ZONE -> "time(" + type.precision() + ")";
            case TIMESTAMP_WITHOUT_TIME_ZONE -> "timestamp(" + type.precision() + ")";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "timestampLtz(" + type.precision() + ")";
            case INTERVAL_YEAR_MONTH -> "intervalYearMonth()";
            case INTERVAL_DAY_TIME -> "intervalDayTime()";
            case ARRAY -> "array(" + expression(type.children().get(0), imports) + ")";
            case MULTISET -> "multiset(" + expression(type.children().get(0), imports) + ")";
            case MAP -> "map(" + expression(type.children().get(0), imports) + ", " + expression(type.children().get(1), imports) + ")";
            case ROW -> "row(" + schema(type.schema(), imports) + ")";
            case STRUCTURED_TYPE -> "structured(" + JavaNames.literal(type.className()) + ", " + schema(type.schema(), imports) + ")";
            case VARIANT -> "variant()";
            case NULL -> "nullType()";
        };
    }

    /** An expression for a schema. */
    public static String schema(Schema schema, Imports imports) {
        StringBuilder text = new StringBuilder(imports.use(Schema.class)).append(".empty()");
        for (Column column : schema.columns()) {
            text.append("\n.with(").append(JavaNames.literal(column.name())).append(", ").append(expression(column.type(), imports)).append(')');
        }
        return text.toString();
    }
}
