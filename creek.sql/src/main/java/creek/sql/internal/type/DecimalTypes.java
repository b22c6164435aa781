package creek.sql.internal.type;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** Precision and scale of DECIMAL results, as Flink derives them. All of them are at most {@link #MAX_PRECISION} digits. */
final class DecimalTypes {
    static final int MAX_PRECISION = 38;

    /** So many fractional digits are kept where a result has more than {@link #MAX_PRECISION}. */
    private static final int MIN_SCALE = 6;

    private DecimalTypes() {
    }

    static RelDataType plus(RelDataTypeFactory types, RelDataType left, RelDataType right) {
        int scale = Math.max(left.getScale(), right.getScale());
        return fitting(types, Math.max(integerDigits(left), integerDigits(right)) + scale + 1, scale);
    }

    static RelDataType multiply(RelDataTypeFactory types, RelDataType left, RelDataType right) {
        return fitting(types, left.getPrecision() + right.getPrecision() + 1, left.getScale() + right.getScale());
    }

    static RelDataType divide(RelDataTypeFactory types, RelDataType left, RelDataType right) {
        int scale = Math.max(MIN_SCALE, left.getScale() + right.getPrecision() + 1);
        return fitting(types, integerDigits(left) + right.getScale() + scale, scale);
    }

    static RelDataType modulo(RelDataTypeFactory types, RelDataType left, RelDataType right) {
        int scale = Math.max(left.getScale(), right.getScale());
        return fitting(types, Math.min(integerDigits(left), integerDigits(right)) + scale, scale);
    }

    static RelDataType sum(RelDataTypeFactory types, RelDataType argument) {
        return types.createSqlType(SqlTypeName.DECIMAL, MAX_PRECISION, argument.getScale());
    }

    static RelDataType average(RelDataTypeFactory types, RelDataType argument) {
        return types.createSqlType(SqlTypeName.DECIMAL, MAX_PRECISION, Math.max(MIN_SCALE, argument.getScale()));
    }

    private static int integerDigits(RelDataType type) {
        return type.getPrecision() - type.getScale();
    }

    /** Gives up fractional digits, down to {@link #MIN_SCALE}, before integer digits. */
    private static RelDataType fitting(RelDataTypeFactory types, int precision, int scale) {
        if (precision <= MAX_PRECISION) {
            return types.createSqlType(SqlTypeName.DECIMAL, precision, scale);
        }
        int fitting = Math.max(MAX_PRECISION - (precision - scale), Math.min(scale, MIN_SCALE));
        return types.createSqlType(SqlTypeName.DECIMAL, MAX_PRECISION, fitting);
    }
}
