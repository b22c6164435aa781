package creek.sql.internal.type;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.sql.internal.SqlError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calcite's types to the engine's and back. */
public final class Types {
    private static final int MAX_INTERVAL_PRECISION = 3;

    private Types() {
    }

    /**
     * The engine's type, nullability included. A time attribute becomes the plain timestamp that it is.
     *
     * @throws SqlError for a type that the engine has no form for
     */
    public static DataType toDataType(RelDataType type) {
        return toNullableDataType(type).nullable(type.isNullable());
    }

    private static DataType toNullableDataType(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> DataType.bool();
            case TINYINT -> DataType.tinyint();
            case SMALLINT -> DataType.smallint();
            case INTEGER -> DataType.integer();
            case BIGINT -> DataType.bigint();
            case FLOAT, REAL -> DataType.real();
            case DOUBLE -> DataType.doublePrecision();
            case CHAR -> DataType.character(type.getPrecision());
            case VARCHAR -> DataType.varchar(type.getPrecision());
            case BINARY -> DataType.binary(type.getPrecision());
            case VARBINARY -> DataType.varbinary(type.getPrecision());
            case DECIMAL -> DataType.decimal(type.getPrecision(), type.getScale());
            case DATE -> DataType.date();
            // whatever is declared, as in Flink
            case TIME -> DataType.time(0);
            case TIMESTAMP -> DataType.timestamp(type.getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> DataType.timestampLtz(type.getPrecision());
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> DataType.intervalYearMonth();
            case INTERVAL_DAY, INTERVAL_DAY_HOUR, INTERVAL_DAY_MINUTE, INTERVAL_DAY_SECOND, INTERVAL_HOUR, INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND, INTERVAL_MINUTE, INTERVAL_MINUTE_SECOND, INTERVAL_SECOND -> intervalDayTime(type);
            case ARRAY -> DataType.array(toDataType(type.getComponentType()));
            case MULTISET -> DataType.multiset(toDataType(type.getComponentType()));
            case MAP -> DataType.map(toDataType(type.getKeyType()), toDataType(type.getValueType()));
            case ROW -> row(type);
            case STRUCTURED -> DataType.structured(((StructuredType) type).className(), toSchema(type));
            case VARIANT -> DataType.variant();
            case NULL -> DataType.nullType();
            default -> throw SqlError.unsupported("type " + type + " is not supported");
        };
    }

    private static DataType intervalDayTime(RelDataType type) {
        if (type.getPrecision() > MAX_INTERVAL_PRECISION) {
            throw SqlError.unsupported("intervals of days and times have at most " + MAX_INTERVAL_PRECISION + " digits in their first field, not "
                    + type.getPrecision());
        }
        return DataType.intervalDayTime();
    }

    private static DataType row(RelDataType type) {
        Set<String> names = new HashSet<>();
        for (String name : type.getFieldNames()) {
            if (!names.add(name)) {
                throw SqlError.invalid("a ROW can't have two fields " + name);
            }
        }
        return DataType.row(toSchema(type));
    }

    /** The columns of a struct type. */
    public static Schema toSchema(RelDataType rowType) {
        List<Column> columns = new ArrayList<>();
        for (RelDataTypeField field : rowType.getFieldList()) {
            columns.add(new Column(field.getName(), toDataType(field.getType())));
        }
        return Schema.of(columns);
    }

    /** Calcite's type, nullability included. */
    public static RelDataType toRelType(RelDataTypeFactory types, DataType type) {
        return types.createTypeWithNullability(toNotNullRelType(types, type), type.isNullable());
    }

    private static RelDataType toNotNullRelType(RelDataTypeFactory types, DataType type) {
        return switch (type.root()) {
            case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
            case TINYINT -> types.createSqlType(SqlTypeName.TINYINT);
            case SMALLINT -> types.createSqlType(SqlTypeName.SMALLINT);
            case INTEGER -> types.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
            case FLOAT -> types.createSqlType(SqlTypeName.FLOAT);
            case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
            case CHAR -> types.createSqlType(SqlTypeName.CHAR, type.precision());
            case VARCHAR -> types.createSqlType(SqlTypeName.VARCHAR, type.precision());
            case BINARY -> types.createSqlType(SqlTypeName.BINARY, type.precision());
            case VARBINARY -> types.createSqlType(SqlTypeName.VARBINARY, type.precision());
            case DECIMAL -> types.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case DATE -> types.createSqlType(SqlTypeName.DATE);
            case TIME_WITHOUT_TIME_ZONE -> types.createSqlType(SqlTypeName.TIME, type.precision());
            case TIMESTAMP_WITHOUT_TIME_ZONE -> types.createSqlType(SqlTypeName.TIMESTAMP, type.precision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> types.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, type.precision());
            case INTERVAL_YEAR_MONTH -> types.createSqlIntervalType(
                    new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO));
            case INTERVAL_DAY_TIME -> types.createSqlIntervalType(
                    new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
            case ARRAY -> types.createArrayType(toRelType(types, type.children().get(0)), -1);
            case MULTISET -> types.createMultisetType(toRelType(types, type.children().get(0)), -1);
            case MAP -> types.createMapType(toRelType(types, type.children().get(0)), toRelType(types, type.children().get(1)));
            // not expanded in SELECT *
            case ROW -> toRowType(types, type.fields(), StructKind.PEEK_FIELDS_NO_EXPAND);
            case STRUCTURED_TYPE -> ((StreamTypeFactory) types).createStructured(type.className(), toRowType(types, type.schema()).getFieldList());
            case VARIANT -> types.createSqlType(SqlTypeName.VARIANT);
            case NULL -> types.createSqlType(SqlTypeName.NULL);
        };
    }

    /** The row type of a table or an operator with these columns. */
    public static RelDataType toRowType(RelDataTypeFactory types, Schema schema) {
        return toRowType(types, schema.columns(), StructKind.FULLY_QUALIFIED);
    }

    private static RelDataType toRowType(RelDataTypeFactory types, List<Column> columns, StructKind kind) {
        RelDataTypeFactory.Builder builder = types.builder().kind(kind);
        columns.forEach(column -> builder.add(column.name(), toRelType(types, column.type())));
        return builder.build();
    }
}
