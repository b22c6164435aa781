package creek.sql.internal.type;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Limits, defaults and result types of SQL types, which are Flink's. Stateless. */
public final class StreamTypeSystem extends RelDataTypeSystemImpl {
    public static final StreamTypeSystem INSTANCE = new StreamTypeSystem();

    private static final int DEFAULT_TIMESTAMP_PRECISION = 6;
    private static final int MAX_TIMESTAMP_PRECISION = 9;

    private StreamTypeSystem() {
    }

    @Override
    public int getMaxNumericPrecision() {
        return DecimalTypes.MAX_PRECISION;
    }

    @Override
    public int getMaxNumericScale() {
        return DecimalTypes.MAX_PRECISION;
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
        return type == SqlTypeName.DECIMAL ? DecimalTypes.MAX_PRECISION : super.getMaxScale(type);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName type) {
        return switch (type) {
            case VARCHAR, VARBINARY -> Integer.MAX_VALUE;
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> DEFAULT_TIMESTAMP_PRECISION;
            default -> super.getDefaultPrecision(type);
        };
    }

    @Override
    public int getMaxPrecision(SqlTypeName type) {
        return switch (type) {
            case DECIMAL -> DecimalTypes.MAX_PRECISION;
            case CHAR, VARCHAR, BINARY, VARBINARY -> Integer.MAX_VALUE;
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> MAX_TIMESTAMP_PRECISION;
            default -> super.getMaxPrecision(type);
        };
    }

    /** CASE over literals of different lengths gives VARCHAR, not a padded CHAR. */
    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory types, RelDataType argument) {
        return argument.getSqlTypeName() == SqlTypeName.DECIMAL
                ? types.createTypeWithNullability(DecimalTypes.sum(types, argument), argument.isNullable()) : argument;
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
        return argument.getSqlTypeName() == SqlTypeName.DECIMAL
                ? types.createTypeWithNullability(DecimalTypes.average(types, argument), argument.isNullable()) : argument;
    }

    @Override
    public RelDataType deriveDecimalPlusType(RelDataTypeFactory types, RelDataType left, RelDataType right) {
        return areDecimal(left, right) ? DecimalTypes.plus(types, types.decimalOf(left), types.decimalOf(right)) : null;
    }

    @Override
    public RelDataType deriveDecimalMultiplyType(RelDataTypeFactory types, RelDataType left, RelDataType right) {
        return areDecimal(left, right) ? DecimalTypes.multiply(types, types.decimalOf(left), types.decimalOf(right)) : null;
    }

    @Override
    public RelDataType deriveDecimalDivideType(RelDataTypeFactory types, RelDataType left, RelDataType right) {
        return areDecimal(left, right) ? DecimalTypes.divide(types, types.decimalOf(left), types.decimalOf(right)) : null;
    }

    @Override
    public RelDataType deriveDecimalModType(RelDataTypeFactory types, RelDataType left, RelDataType right) {
        if (!areDecimal(left, right)) {
            return null;
        }
        RelDataType leftDecimal = types.decimalOf(left);
        RelDataType rightDecimal = types.decimalOf(right);
        return leftDecimal.getScale() == 0 && rightDecimal.getScale() == 0 ? right : DecimalTypes.modulo(types, leftDecimal, rightDecimal);
    }

    private static boolean areDecimal(RelDataType left, RelDataType right) {
        return SqlTypeUtil.isExactNumeric(left) && SqlTypeUtil.isExactNumeric(right)
                && (SqlTypeUtil.isDecimal(left) || SqlTypeUtil.isDecimal(right));
    }
}
