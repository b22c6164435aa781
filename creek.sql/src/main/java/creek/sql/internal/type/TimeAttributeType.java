package creek.sql.internal.type;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.BasicSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A TIMESTAMP(3) or TIMESTAMP_LTZ(3) that is a time attribute: a column that watermarks are about, or that stands for processing time.
 * Expressions over it give plain types; a column that is only passed on stays a time attribute.
 */
public final class TimeAttributeType extends BasicSqlType {
    /** Digits after the second. */
    public static final int PRECISION = 3;

    /** What a time attribute is about. */
    public enum Kind { ROWTIME, PROCTIME }

    private final Kind kind;

    TimeAttributeType(SqlTypeName typeName, boolean nullable, Kind kind) {
        super(StreamTypeSystem.INSTANCE, typeName, PRECISION);
        this.isNullable = nullable;
        this.kind = kind;
        // once more, now that kind and nullability are there
        computeDigest();
    }

    public Kind kind() {
        return kind;
    }

    public static boolean isRowtime(RelDataType type) {
        return type instanceof TimeAttributeType attribute && attribute.kind == Kind.ROWTIME;
    }

    public static boolean isProctime(RelDataType type) {
        return type instanceof TimeAttributeType attribute && attribute.kind == Kind.PROCTIME;
    }

    @Override
    protected void generateTypeString(StringBuilder text, boolean withDetail) {
        super.generateTypeString(text, withDetail);
        text.append(" *").append(kind).append('*');
    }
}
