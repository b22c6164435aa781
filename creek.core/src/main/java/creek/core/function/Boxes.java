package creek.core.function;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;

/** Columns of nested rows as boxed internal forms. */
final class Boxes {
    private Boxes() {
    }

    /** Null where the column is. */
    static Object get(Row row, int i, DataType type) {
        if (row.isNullAt(i)) {
            return null;
        }
        return switch (type.root()) {
            case CHAR, VARCHAR, VARIANT -> row.getUtf8(i);
            case BOOLEAN -> row.getBoolean(i);
            case BINARY, VARBINARY -> row.getBytes(i);
            case DECIMAL -> row.getDecimal(i);
            case TINYINT -> row.getByte(i);
            case SMALLINT -> row.getShort(i);
            case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH -> row.getInt(i);
            case BIGINT, INTERVAL_DAY_TIME -> row.getLong(i);
            case FLOAT -> row.getFloat(i);
            case DOUBLE -> row.getDouble(i);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> type.isMillis() ? (Object) row.getLong(i) : row.getTimestamp(i);
            case ARRAY -> row.getList(i);
            case MAP, MULTISET -> row.getMap(i);
            case ROW, STRUCTURED_TYPE -> row.getRow(i);
            case NULL -> null;
        };
    }

    static void set(Row row, int i, Object value) {
        if (value == null) {
            row.setNull(i);
        } else if (value instanceof Utf8 text) {
            row.setUtf8(i, text);
        } else if (value instanceof Boolean truth) {
            row.setBoolean(i, truth);
        } else if (value instanceof Float number) {
            row.setFloat(i, number);
        } else if (value instanceof Double number) {
            row.setDouble(i, number);
        } else if (value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long) {
            row.setLong(i, ((Number) value).longValue());
        } else {
            row.setObject(i, value);
        }
    }
}
