package creek.sql.internal.type;

import creek.sql.internal.SqlError;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeFieldImpl;
import org.apache.calcite.rel.type.RelRecordType;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.flink.table.calcite.ExtendedRelTypeFactory;

/** Makes SQL types with Flink's defaults, and time attributes. One a session; not thread-safe. */
public final class StreamTypeFactory extends SqlTypeFactoryImpl implements ExtendedRelTypeFactory {
    private static final int DEFAULT_DECIMAL_PRECISION = 10;
    private static final int BIGINT_DIGITS = 19;
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

    public StreamTypeFactory() {
        super(StreamTypeSystem.INSTANCE);
    }

    /** The time attribute that a WATERMARK makes of a column. */
    public RelDataType createRowtime(RelDataType column) {
        return canonize(new TimeAttributeType(column.getSqlTypeName(), column.isNullable(), TimeAttributeType.Kind.ROWTIME));
    }

    /** The type of PROCTIME(). */
    public RelDataType createProctime() {
        return canonize(new TimeAttributeType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, false, TimeAttributeType.Kind.PROCTIME));
    }

    /** A time attribute's plain timestamp type; other types as they are. */
    public RelDataType withoutTimeAttribute(RelDataType type) {
        return type instanceof TimeAttributeType
                ? createTypeWithNullability(createSqlType(type.getSqlTypeName(), TimeAttributeType.PRECISION), type.isNullable()) : type;
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name) {
        return switch (name) {
            case DECIMAL -> createSqlType(name, DEFAULT_DECIMAL_PRECISION, 0);
            case REAL -> throw SqlError.unsupported("type REAL is not supported; FLOAT has the same 32 bits");
            // so that functions may take DESCRIPTORs: the validator lets the unknown type pass
            case COLUMN_LIST -> createUnknownType();
            default -> super.createSqlType(name);
        };
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name, int precision) {
        if (name == SqlTypeName.DECIMAL) {
            return createSqlType(name, precision, 0);
        }
        // lengths of concatenated strings overflow
        return name == SqlTypeName.VARCHAR && precision < 0 ? createSqlType(name) : super.createSqlType(name, precision);
    }

    /** More digits than there can be are cut down, as Flink does; too few are refused. */
    @Override
    public RelDataType createSqlType(SqlTypeName name, int precision, int scale) {
        if (name == SqlTypeName.DECIMAL && (precision < 1 || scale < 0 || scale > Math.min(precision, DecimalTypes.MAX_PRECISION))) {
            throw SqlError.invalid("DECIMAL(" + precision + ", " + scale + ") has no values: the precision must be 1 to " + DecimalTypes.MAX_PRECISION
                    + " and the scale 0 to the precision");
        }
        return super.createSqlType(name, precision, scale);
    }

    /** Calcite gives BIGINT all the digits there are. */
    @Override
    public RelDataType decimalOf(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.BIGINT ? createSqlType(SqlTypeName.DECIMAL, BIGINT_DIGITS, 0) : super.decimalOf(type);
    }

    @Override
    public RelDataType createArrayType(RelDataType element, long maxCardinality) {
        return super.createArrayType(notBareNull(element), maxCardinality);
    }

    @Override
    public RelDataType createMultisetType(RelDataType element, long maxCardinality) {
        return super.createMultisetType(notBareNull(element), maxCardinality);
    }

    @Override
    public RelDataType createMapType(RelDataType key, RelDataType value) {
        return super.createMapType(notBareNull(key), notBareNull(value));
    }

    @Override
    public RelDataType createRawType(String className, String serializer) {
        throw SqlError.unsupported("RAW types are not supported: they carry Java objects of Flink's own serializers; use BYTES or STRING");
    }

    @Override
    public RelDataType createStructuredType(String className, List<RelDataType> types, List<String> names) {
        List<RelDataTypeField> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(new RelDataTypeFieldImpl(names.get(i), i, types.get(i)));
        }
        return createStructured(className, fields);
    }

    /** A ROW type with that name, not null. @throws SqlError if no class can have the name, or a field is there twice */
    public RelDataType createStructured(String className, List<RelDataTypeField> fields) {
        if (!CLASS_NAME.matcher(className).matches()) {
            throw SqlError.invalid("'" + className + "' is not the name of a class, such as com.example.User");
        }
        Set<String> names = new HashSet<>();
        for (RelDataTypeField field : fields) {
            if (!names.add(field.getName())) {
                throw SqlError.invalid("a STRUCTURED type can't have two fields " + field.getName());
            }
        }
        return canonize(new StructuredType(className, fields, false));
    }

    @Override
    public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
        if (type.isNullable() == nullable) {
            return canonize(type);
        }
        if (type instanceof TimeAttributeType attribute) {
            return canonize(new TimeAttributeType(attribute.getSqlTypeName(), nullable, attribute.kind()));
        }
        if (type instanceof StructuredType structured) {
            return canonize(new StructuredType(structured.className(), structured.getFieldList(), nullable));
        }
        if (type instanceof RelRecordType record && record.getStructKind() == StructKind.PEEK_FIELDS_NO_EXPAND) {
            // Calcite would make all fields nullable with the row
            return canonize(new RelRecordType(record.getStructKind(), record.getFieldList(), nullable));
        }
        return super.createTypeWithNullability(type, nullable);
    }

    @Override
    public RelDataType leastRestrictive(List<RelDataType> types) {
        RelDataType first = types.get(0);
        RelDataType common = types.stream().allMatch(first::equals) ? first
                : types.stream().anyMatch(StreamTypeFactory::isAlone) ? sameButNull(types)
                : types.stream().allMatch(StreamTypeFactory::isTimestamp) ? commonTimestamp(types)
                : ofKind(first.getStructKind(), super.leastRestrictive(types));
        return common == null || common.getSqlTypeName() == SqlTypeName.NULL ? null : common;
    }

    private static boolean isAlone(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.STRUCTURED || type.getSqlTypeName() == SqlTypeName.VARIANT;
    }

    /** What all of these types are, NULL and nullability aside; null if they differ. */
    private RelDataType sameButNull(List<RelDataType> types) {
        List<RelDataType> nullable = types.stream().filter(type -> type.getSqlTypeName() != SqlTypeName.NULL)
                .map(type -> createTypeWithNullability(type, true)).distinct().toList();
        return nullable.size() > 1 ? null : createTypeWithNullability(nullable.get(0), types.stream().anyMatch(RelDataType::isNullable));
    }

    /** What ROWs have in common is a ROW too, whose fields can be named. */
    private RelDataType ofKind(StructKind kind, RelDataType common) {
        return common instanceof RelRecordType record && record.getStructKind() != kind
                ? canonize(new RelRecordType(kind, record.getFieldList(), record.isNullable())) : common;
    }

    private static boolean isTimestamp(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.TIMESTAMP || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    /** The finest precision, of TIMESTAMP and TIMESTAMP_LTZ the first; or the other one, as in Flink, where the precisions differ. */
    private RelDataType commonTimestamp(List<RelDataType> types) {
        RelDataType common = withoutTimeAttribute(types.get(0));
        for (RelDataType type : types) {
            common = type.getPrecision() == common.getPrecision() ? common
                    : createSqlType(type.getSqlTypeName(), Math.max(type.getPrecision(), common.getPrecision()));
        }
        return createTypeWithNullability(common, types.stream().anyMatch(RelDataType::isNullable));
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_16LE;
    }

    private static RelDataType notBareNull(RelDataType type) {
        if (type.getSqlTypeName() == SqlTypeName.NULL) {
            throw SqlError.invalid("a bare NULL has no type to build an ARRAY, MAP or MULTISET of; cast it: CAST(NULL AS INT)");
        }
        if (RelDataTypeFactoryImpl.isJavaType(type)) {
            throw SqlError.unsupported("Java types can't be part of SQL types: " + type);
        }
        return type;
    }
}
