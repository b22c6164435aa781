package creek.core.internal.format;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;

/** Columns of rows as objects and back, as ARRAY, MAP and MULTISET hold them. */
public final class Boxing {
    private Boxing() {
    }

    /** The column's value in boxed internal form, with bytes of its own, or null. */
    public static Object box(DataType type, Row row, int column) {
        if (row.isNullAt(column)) {
            return null;
        }
        return switch (type.root()) {
            case CHAR, VARCHAR, VARIANT -> row.getUtf8(column).copy();
            case BOOLEAN -> row.getBoolean(column);
            case TINYINT -> row.getByte(column);
            case SMALLINT -> row.getShort(column);
            case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH -> row.getInt(column);
            case BIGINT, INTERVAL_DAY_TIME -> row.getLong(column);
            case FLOAT -> row.getFloat(column);
            case DOUBLE -> row.getDouble(column);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    type.isMillis() ? (Object) row.getLong(column) : row.getTimestamp(column);
            case BINARY, VARBINARY -> row.getBytes(column);
            case DECIMAL -> row.getDecimal(column);
            case ARRAY -> row.getList(column);
            case MAP, MULTISET -> row.getMap(column);
            case ROW, STRUCTURED_TYPE -> row.getRow(column);
            case NULL -> null;
        };
    }

    /** Sets the column to a value in boxed internal form, or null. */
    public static void unbox(DataType type, Object value, Row row, int column) {
        if (value == null) {
            row.setNull(column);
            return;
        }
        switch (type.root()) {
            case CHAR, VARCHAR, VARIANT -> row.setUtf8(column, (Utf8) value);
            case BOOLEAN -> row.setBoolean(column, (Boolean) value);
            case FLOAT -> row.setFloat(column, (Float) value);
            case DOUBLE -> row.setDouble(column, (Double) value);
            case TINYINT, SMALLINT, INTEGER, BIGINT, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
                    row.setLong(column, ((Number) value).longValue());
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                if (type.isMillis()) {
                    row.setLong(column, (Long) value);
                } else {
                    row.setObject(column, value);
                }
            }
            case NULL -> row.setNull(column);
            default -> row.setObject(column, value);
        }
    }
}
