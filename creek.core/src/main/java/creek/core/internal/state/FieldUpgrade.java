package creek.core.internal.state;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Timestamp;
import creek.core.data.TypeRoot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Takes a column of a row over into one of a type that can hold all its values. */
final class FieldUpgrade {
    private static final List<TypeRoot> INTEGERS = List.of(TypeRoot.TINYINT, TypeRoot.SMALLINT, TypeRoot.INTEGER, TypeRoot.BIGINT);

    /** How the value is changed that {@link Row} has for a type. */
    private enum Change { NONE, TO_DOUBLE, TO_TIMESTAMP, OBJECT }

    private final int source;
    private final TypeRoot root;
    private final Change change;
    /** Changes values in their internal form; null where they stay. */
    private final UnaryOperator<Object> objects;

    private FieldUpgrade(int source, TypeRoot root, Change change, UnaryOperator<Object> objects) {
        this.source = source;
        this.root = root;
        this.change = change;
        this.objects = objects;
    }

    /** A column that was not there. */
    static FieldUpgrade added() {
        return new FieldUpgrade(-1, TypeRoot.NULL, Change.NONE, null);
    }

    /**
     * @param name   of the column, for messages
     * @param source the column's place in the old rows
     */
    static FieldUpgrade of(String name, int source, DataType from, DataType to) throws StateFormException {
        if (from.isNullable() && !to.isNullable()) {
            throw new StateFormException("the column `" + name + "` of its rows may be NULL and that of the job is " + to);
        }
        UnaryOperator<Object> objects = objects(name, from, to);
        Change change = objects == null || isInteger(from) ? Change.NONE : from.root() == TypeRoot.FLOAT ? Change.TO_DOUBLE
                : from.isMillis() ? Change.TO_TIMESTAMP : Change.OBJECT;
        return new FieldUpgrade(source, from.root(), change, objects);
    }

    /** Sets a column of a new row to what the old one has. */
    void set(Row row, int column, Row old) {
        if (source < 0 || old.isNullAt(source)) {
            row.setNull(column);
            return;
        }
        switch (change) {
            case NONE -> row.setFrom(column, old, source);
            case TO_DOUBLE -> row.setDouble(column, old.getFloat(source));
            case TO_TIMESTAMP -> row.setObject(column, new Timestamp(old.getLong(source), 0));
            case OBJECT -> row.setObject(column, objects.apply(object(old)));
        }
    }

    private Object object(Row old) {
        return switch (root) {
            case DECIMAL -> old.getDecimal(source);
            case ARRAY -> old.getList(source);
            case MAP, MULTISET -> old.getMap(source);
            default -> old.getRow(source);
        };
    }

    private static boolean isInteger(DataType type) {
        return INTEGERS.contains(type.root());
    }

    /** What makes boxed values of one type such of another; null if they are the same. */
    private static UnaryOperator<Object> objects(String name, DataType from, DataType to) throws StateFormException {
        if (from.equals(to) || from.root() == TypeRoot.NULL) {
            return null;
        }
        if (isInteger(from) && isInteger(to) && INTEGERS.indexOf(from.root()) <= INTEGERS.indexOf(to.root())) {
            return from.root() == to.root() ? null : value -> integer((Number) value, to.root());
        }
        if (from.root() == TypeRoot.FLOAT && to.root() == TypeRoot.DOUBLE) {
            return value -> (double) (Float) value;
        }
        if (from.root() == to.root()) {
            return ofSameRoot(name, from, to);
        }
        if (from.root() == TypeRoot.CHAR && to.root() == TypeRoot.VARCHAR || from.root() == TypeRoot.BINARY && to.root() == TypeRoot.VARBINARY) {
            requireWider(name, from, to, from.precision() <= to.precision());
            return null;
        }
        throw refusal(name, from, to);
    }

    private static UnaryOperator<Object> ofSameRoot(String name, DataType from, DataType to) throws StateFormException {
        switch (from.root()) {
            case VARCHAR, VARBINARY, TIME_WITHOUT_TIME_ZONE -> requireWider(name, from, to, from.precision() <= to.precision());
            // shorter ones are padded
            case CHAR, BINARY -> requireWider(name, from, to, from.precision() == to.precision());
            case DECIMAL -> {
                requireWider(name, from, to, from.scale() <= to.scale() && from.precision() - from.scale() <= to.precision() - to.scale());
                return from.scale() == to.scale() ? null : value -> ((BigDecimal) value).setScale(to.scale());
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                requireWider(name, from, to, from.precision() <= to.precision());
                return from.isMillis() == to.isMillis() ? null : value -> new Timestamp((Long) value, 0);
            }
            case ARRAY -> {
                UnaryOperator<Object> element = child(name + "[]", from, to, 0);
                return element == null ? null : value -> list((List<?>) value, element);
            }
            case MAP, MULTISET -> {
                UnaryOperator<Object> key = child(name + " key", from, to, 0);
                UnaryOperator<Object> each = from.root() == TypeRoot.MAP ? child(name + " value", from, to, 1) : null;
                return key == null && each == null ? null : value -> map((Map<?, ?>) value, key, each);
            }
            case ROW, STRUCTURED_TYPE -> {
                requireWider(name, from, to, from.className().equals(to.className()));
                FieldUpgrade[] fields = RowUpgrade.fields(name + ".", from.schema(), to.schema());
                return value -> {
                    Row row = new Row(fields.length);
                    RowUpgrade.set(fields, (Row) value, row);
                    return row.copy();
                };
            }
            default -> {
                // of such a type there is only one
            }
        }
        return null;
    }

    private static UnaryOperator<Object> child(String name, DataType from, DataType to, int number) throws StateFormException {
        DataType old = from.children().get(number);
        DataType wanted = to.children().get(number);
        requireWider(name, old, wanted, wanted.isNullable() || !old.isNullable());
        return objects(name, old, wanted);
    }

    private static void requireWider(String name, DataType from, DataType to, boolean isWider) throws StateFormException {
        if (!isWider) {
            throw refusal(name, from, to);
        }
    }

    private static StateFormException refusal(String name, DataType from, DataType to) {
        return new StateFormException("the column `" + name + "` of its rows is " + from + " and that of the job is " + to
                + ", which does not hold all its values");
    }

    private static Object integer(Number value, TypeRoot root) {
        return switch (root) {
            case SMALLINT -> value.shortValue();
            case INTEGER -> value.intValue();
            default -> value.longValue();
        };
    }

    private static Object orNull(Object value, UnaryOperator<Object> change) {
        return value == null || change == null ? value : change.apply(value);
    }

    private static List<Object> list(List<?> values, UnaryOperator<Object> change) {
        List<Object> changed = new ArrayList<>();
        values.forEach(value -> changed.add(orNull(value, change)));
        return Collections.unmodifiableList(changed);
    }

    private static Map<Object, Object> map(Map<?, ?> values, UnaryOperator<Object> keys, UnaryOperator<Object> changes) {
        Map<Object, Object> changed = new LinkedHashMap<>();
        values.forEach((key, value) -> changed.put(orNull(key, keys), orNull(value, changes)));
        return Collections.unmodifiableMap(changed);
    }
}
