package creek.sql.internal.codegen;

import creek.core.data.Column;
import creek.core.data.DataType;
import java.util.List;

/** Java expressions that make SQL types again. */
public final class TypeCode {
    private final ClassBody body;

    public TypeCode(ClassBody body) {
        this.body = body;
    }

    /** A constant of the class that holds the type. */
    public String constant(DataType type) {
        return body.constant(DataType.class, "type_" + type, expression(type));
    }

    /** An expression for the type, nullability included. */
    public String expression(DataType type) {
        return body.imports().use(DataType.class) + "." + factory(type) + (type.isNullable() ? "" : ".notNull()");
    }

    private String factory(DataType type) {
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
            case ARRAY -> "array(" + expression(type.children().get(0)) + ")";
            case MULTISET -> "multiset(" + expression(type.children().get(0)) + ")";
            case MAP -> "map(" + expression(type.children().get(0)) + ", " + expression(type.children().get(1)) + ")";
            case ROW -> "row(" + columns(type.fields()) + ")";
            case NULL -> "nullType()";
        };
    }

    /** An expression for a list of columns, as schemas and ROW types take it. */
    public String columns(List<Column> columns) {
        StringBuilder text = new StringBuilder(body.imports().use(java.util.Arrays.class)).append(".asList(");
        text.append("new ").append(body.imports().use(Column.class)).append("[] {");
        for (int i = 0; i < columns.size(); i++) {
            text.append(i > 0 ? ", " : "").append("new ").append(body.imports().use(Column.class)).append('(')
                    .append(JavaNames.literal(columns.get(i).name())).append(", ").append(expression(columns.get(i).type())).append(')');
        }
        return text.append("})").toString();
    }
}
