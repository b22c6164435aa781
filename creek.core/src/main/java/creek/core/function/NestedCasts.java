package creek.core.function;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Timestamp;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Casts of ARRAY, MAP and ROW values, element by element, over boxed values. */
public final class NestedCasts {
    private NestedCasts() {
    }

    /** @throws CastException if an element can't be cast */
    public static Object cast(Object value, DataType from, DataType to, ZoneId zone) {
        if (value == null || from.nullable(true).equals(to.nullable(true))) {
            return value;
        }
        return switch (to.root()) {
            case ARRAY -> {
                List<Object> result = new ArrayList<>();
                for (Object element : (List<?>) value) {
                    result.add(cast(element, from.children().get(0), to.children().get(0), zone));
                }
                yield result;
            }
            case MAP, MULTISET -> {
                Map<Object, Object> result = new LinkedHashMap<>();
                DataType fromValue = from.root() == TypeRoot.MAP ? from.children().get(1) : DataType.integer();
                DataType toValue = to.root() == TypeRoot.MAP ? to.children().get(1) : DataType.integer();
                ((Map<?, ?>) value).forEach((k, v) -> result.put(cast(k, from.children().get(0), to.children().get(0), zone),
                        cast(v, fromValue, toValue, zone)));
                yield result;
            }
            case ROW, STRUCTURED_TYPE -> {
                Row row = (Row) value;
                Row result = new Row(to.children().size());
                for (int i = 0; i < result.arity(); i++) {
                    DataType field = from.children().get(i);
                    Boxes.set(result, i, cast(Boxes.get(row, i, field), field, to.children().get(i), zone));
                }
                yield result;
            }
            case CHAR -> TextCasts.pad(NestedTexts.toText(value, from, zone), to.precision());
            case VARCHAR -> TextCasts.cut(NestedTexts.toText(value, from, zone), to.precision());
            case BINARY -> TextCasts.pad(bytes(value), to.precision());
            case VARBINARY -> TextCasts.cut(bytes(value), to.precision());
            default -> from.isString() ? ofText((Utf8) value, to, zone) : value instanceof Number || value instanceof Boolean
                    ? ofNumber(value, from, to, zone) : ofTimestamp((Timestamp) value, from, to, zone);
        };
    }

    private static byte[] bytes(Object value) {
        return value instanceof Utf8 text ? text.toBytes() : (byte[]) value;
    }

    private static Object ofText(Utf8 text, DataType to, ZoneId zone) {
        return switch (to.root()) {
            case BOOLEAN -> NumberCasts.toBoolean(text);
            case TINYINT -> NumberCasts.toByte(text);
            case SMALLINT -> NumberCasts.toShort(text);
            case INTEGER -> NumberCasts.toInt(text);
            case BIGINT -> NumberCasts.toLong(text);
            case FLOAT -> NumberCasts.toFloat(text);
            case DOUBLE -> NumberCasts.toDouble(text);
            case DECIMAL -> NumberCasts.toDecimal(text, to.precision(), to.scale());
            case DATE -> TemporalCasts.toDate(text);
            case TIME_WITHOUT_TIME_ZONE -> (int) TemporalCasts.truncate(TemporalCasts.toTime(text), to.precision());
            case TIMESTAMP_WITHOUT_TIME_ZONE -> to.isMillis() ? (Object) TemporalCasts.toMillis(text, to.precision())
                    : TemporalCasts.toTimestamp(text, to.precision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> to.isMillis() ? (Object) TemporalCasts.toMillisLtz(text, to.precision(), zone)
                    : TemporalCasts.toTimestampLtz(text, to.precision(), zone);
            default -> throw new CastException(text, to.toString());
        };
    }

    private static Object ofNumber(Object value, DataType from, DataType to, ZoneId zone) {
        if (from.isTimestamp()) {
            return ofTimestamp(Timestamp.ofMillis((long) value), from, to, zone);
        }
        if (to.isTimestamp()) {
            long millis = from.root() == TypeRoot.DATE ? TemporalCasts.dateToMillis((int) value) : (int) value;
            return ofTimestamp(Timestamp.ofMillis(millis), DataType.timestamp(3), to, zone);
        }
        Number number = value instanceof Boolean truth ? (Number) (truth ? 1 : 0) : (Number) value;
        return switch (to.root()) {
            case BOOLEAN -> number.doubleValue() != 0;
            // floating point goes by way of int, as in Java's narrowing
            case TINYINT -> number instanceof BigDecimal ? (byte) number.longValue() : (byte) number.intValue();
            case SMALLINT -> number instanceof BigDecimal ? (short) number.longValue() : (short) number.intValue();
            case INTEGER -> number instanceof BigDecimal ? (int) number.longValue() : number.intValue();
            case BIGINT -> number.longValue();
            case FLOAT -> number.floatValue();
            case DOUBLE -> number.doubleValue();
            case DECIMAL -> NumberCasts.fit(number instanceof BigDecimal decimal ? decimal
                    : number instanceof Double || number instanceof Float ? BigDecimal.valueOf(number.doubleValue())
                    : BigDecimal.valueOf(number.longValue()), to.precision(), to.scale());
            case TIME_WITHOUT_TIME_ZONE -> number;
            default -> throw new CastException(value, to.toString());
        };
    }

    private static Object ofTimestamp(Timestamp value, DataType from, DataType to, ZoneId zone) {
        boolean fromLocal = from.root() == TypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE;
        boolean toLocal = to.root() != TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
        Timestamp moved = fromLocal == toLocal ? value : toLocal ? Zones.toLocal(value, zone) : Zones.toInstant(value, zone);
        return switch (to.root()) {
            case DATE -> fromLocal ? TemporalCasts.toDate(moved.millis()) : TemporalCasts.toLocalDate(moved.millis());
            case TIME_WITHOUT_TIME_ZONE -> (int) TemporalCasts.truncate(fromLocal ? TemporalCasts.toTime(moved.millis())
                    : TemporalCasts.toLocalTime(moved.millis()), to.precision());
            default -> to.isMillis() ? (Object) TemporalCasts.truncate(moved.millis(), to.precision())
                    : TemporalCasts.truncate(moved, to.precision());
        };
    }
}
