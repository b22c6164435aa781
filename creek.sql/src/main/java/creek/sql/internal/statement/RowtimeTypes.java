package creek.sql.internal.statement;

import creek.sql.internal.SqlError;
import creek.sql.internal.type.TimeAttributeType;
import creek.sql.internal.type.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Which types a WATERMARK goes with. */
final class RowtimeTypes {
    private static final int MAX_PRECISION = 3;

    private RowtimeTypes() {
    }

    static void checkColumn(String column, RelDataType type, SqlParserPos place) {
        if (TimeAttributeType.isProctime(type)) {
            throw SqlError.invalid("A watermark can not be defined for a processing-time attribute: " + column + " is PROCTIME()", place);
        }
        boolean fits = (type.getSqlTypeName() == SqlTypeName.TIMESTAMP || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
                && type.getPrecision() <= MAX_PRECISION;
        if (!fits) {
            throw SqlError.invalid("WATERMARK needs a column of type TIMESTAMP(3) or TIMESTAMP_LTZ(3), but " + column + " is "
                    + Types.toDataType(type) + "; add a computed column such as event_time AS " + (type.getSqlTypeName() == SqlTypeName.BIGINT
                            ? "TO_TIMESTAMP_LTZ(" + column + ", 3)" : "CAST(" + column + " AS TIMESTAMP(3))"), place);
        }
    }

    static void checkWatermark(String column, RelDataType type, RelDataType watermark, SqlParserPos place) {
        if (watermark.getSqlTypeName() != type.getSqlTypeName() || watermark.getPrecision() > MAX_PRECISION) {
            throw SqlError.invalid("the watermark of " + column + " must be " + Types.toDataType(type).nullable(true) + ", but is "
                    + Types.toDataType(watermark).nullable(true), place);
        }
    }
}
