package creek.core.function;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import creek.core.internal.format.Boxing;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values between their internal forms and the Java classes that user-defined functions take and give. Null stays null. */
public final class FunctionValues {
    private static final int NANOS_OF_MILLI = 1_000_000;

    private FunctionValues() {
    }

    /**
     * A value as a function takes it.
     *
     * @param value  boxed
     * @param target the class of the parameter
     */
    public static Object toFunction(Object value, DataType type, Class<?> target) {
        if (value == null) {
            return null;
        }
        return switch (type.root()) {
            case CHAR, VARCHAR -> value.toString();
            case DATE -> LocalDate.ofEpochDay((Integer) value);
            case TIME_WITHOUT_TIME_ZONE -> LocalTime.ofNanoOfDay((Integer) value * (long) NANOS_OF_MILLI);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> LocalDateTime.ofInstant(instant(value), ZoneOffset.UTC);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant(value);
            case INTERVAL_YEAR_MONTH -> Period.ofMonths((Integer) value).normalized();
            case INTERVAL_DAY_TIME -> Duration.ofMillis((Long) value);
            case ARRAY -> array((List<?>) value, type.children().get(0), target);
            case MAP, MULTISET -> map((Map<?, ?>) value, type);
            case ROW, STRUCTURED_TYPE -> row((Row) value, type);
            default -> value;
        };
    }

    private static Instant instant(Object value) {
        Timestamp time = value instanceof Timestamp fine ? fine : Timestamp.ofMillis((Long) value);
        return Instant.ofEpochMilli(time.millis()).plusNanos(time.nanos());
    }

    private static Object array(List<?> values, DataType element, Class<?> target) {
        if (!target.isArray()) {
            List<Object> list = new ArrayList<>(values.size());
            values.forEach(each -> list.add(toFunction(each, element, Object.class)));
            return list;
        }
        Object array = Array.newInstance(target.getComponentType(), values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, toFunction(values.get(i), element, target.getComponentType()));
        }
        return array;
    }

    private static Object map(Map<?, ?> values, DataType type) {
        Map<Object, Object> map = new LinkedHashMap<>();
        boolean counts = type.children().size() == 1;
        values.forEach((key, value) -> map.put(toFunction(key, type.children().get(0), Object.class),
                counts ? value : toFunction(value, type.children().get(1), Object.class)));
        return map;
    }

    private static Object row(Row values, DataType type) {
        creek.udf.api.Row row = new creek.udf.api.Row(type.fields().size());
        for (int i = 0; i < row.getArity(); i++) {
            DataType field = type.fields().get(i).type();
            row.setField(i, toFunction(Boxing.box(field, values, i), field, Object.class));
        }
        return row;
    }

    /** What a function gave as a value of that type, boxed. */
    public static Object fromFunction(Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.root()) {
            case CHAR, VARCHAR -> Utf8.of((String) value);
            case DECIMAL -> decimal((BigDecimal) value, type);
            case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
            case TIME_WITHOUT_TIME_ZONE -> (int) (((LocalTime) value).toNanoOfDay() / NANOS_OF_MILLI);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp(((LocalDateTime) value).toInstant(ZoneOffset.UTC), type);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp((Instant) value, type);
            case INTERVAL_YEAR_MONTH -> Math.toIntExact(((Period) value).toTotalMonths());
            case INTERVAL_DAY_TIME -> ((Duration) value).toMillis();
            case ARRAY -> list(value, type.children().get(0));
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((key, each) -> map.put(fromFunction(key, type.children().get(0)),
                        fromFunction(each, type.children().get(1))));
                yield map;
            }
            case ROW, STRUCTURED_TYPE -> fields((creek.udf.api.Row) value, type);
            default -> value;
        };
    }

    private static Object decimal(BigDecimal value, DataType type) {
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        return scaled.precision() > type.precision() ? null : scaled;
    }

    private static Object timestamp(Instant instant, DataType type) {
        if (type.isMillis()) {
            return instant.toEpochMilli();
        }
        long millis = instant.toEpochMilli();
        return new Timestamp(millis, instant.getNano() % NANOS_OF_MILLI);
    }

    private static Object list(Object values, DataType element) {
        List<Object> list = new ArrayList<>();
        if (values instanceof Iterable<?> each) {
            each.forEach(value -> list.add(fromFunction(value, element)));
        } else {
            for (int i = 0; i < Array.getLength(values); i++) {
                list.add(fromFunction(Array.get(values, i), element));
            }
        }
        return list;
    }

    private static Object fields(creek.udf.api.Row values, DataType type) {
        if (values.getArity() != type.fields().size()) {
            throw new IllegalArgumentException("a row of " + type.fields().size() + " fields is wanted and not " + values);
        }
        Row row = new Row(values.getArity());
        for (int i = 0; i < values.getArity(); i++) {
            DataType field = type.fields().get(i).type();
            Boxing.unbox(field, fromFunction(values.getField(i), field), row, i);
        }
        return row;
    }
}
