package creek.core.function;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.format.Boxing;
import creek.core.internal.state.FormerFields;
import creek.udf.api.ListView;
import creek.udf.api.MapView;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an aggregate function's accumulator holds between two calls: values of the JDK's classes and of {@code creek.udf.api} alone, so that the
 * function's classes can be replaced. Generated subclasses have a public field for each field of the accumulator.
 *
 * <p>It is written with its fields' names and types, so that one with more or wider fields reads it.
 */
public abstract class FunctionState {
    /** The fields; all may be null. */
    public abstract Schema schema();

    /** Sets a row's columns to the fields. */
    protected abstract void toRow(Row row);

    /** Sets the fields to a row's columns, but leaves those that are null in it as they are where they are primitive. */
    protected abstract void fromRow(Row row);

    /** Writes all fields. */
    public final void write(BinaryWriter output) {
        Schema schema = schema();
        FormerFields.write(schema, output);
        Row row = new Row(schema.size());
        toRow(row);
        new RowSerializer(schema).write(row, output);
    }

    /** Sets the fields to what {@link #write} wrote, maybe that of an accumulator with fewer or narrower fields; the others stay as they are. */
    public final void read(BinaryReader input) {
        Schema schema = schema();
        fromRow(FormerFields.read(schema, input));
    }

    /** Sets a column to what a function's class holds. */
    protected static void set(Row row, int column, Object value, DataType type) {
        Object plain = value instanceof ListView<?> view ? view.getList() : value instanceof MapView<?, ?> view ? view.getMap() : value;
        Boxing.unbox(type, FunctionValues.fromFunction(plain, type), row, column);
    }

    /** A column as a function's class holds it. */
    protected static Object get(Row row, int column, DataType type, Class<?> target) {
        Object value = Boxing.box(type, row, column);
        if (target == ListView.class) {
            ListView<Object> view = new ListView<>();
            view.setList(new ArrayList<>((List<?>) orEmpty(value, type)));
            return view;
        }
        if (target == MapView.class) {
            MapView<Object, Object> view = new MapView<>();
            view.setMap(new LinkedHashMap<>((Map<?, ?>) orEmpty(value, type)));
            return view;
        }
        return FunctionValues.toFunction(value, type, target);
    }

    private static Object orEmpty(Object value, DataType type) {
        return value == null ? type.children().size() == 1 ? List.of() : Map.of() : FunctionValues.toFunction(value, type, Object.class);
    }

    /** A copy of a field that may be changed in place. */
    protected static <T> T copy(T value) {
        Object copy = value;
        if (value instanceof ListView<?> view) {
            ListView<Object> list = new ListView<>();
            list.setList(new ArrayList<>(view.getList()));
            copy = list;
        } else if (value instanceof MapView<?, ?> view) {
            MapView<Object, Object> map = new MapView<>();
            map.setMap(new LinkedHashMap<>(view.getMap()));
            copy = map;
        } else if (value instanceof List<?> list) {
            copy = new ArrayList<>(list);
        } else if (value instanceof Map<?, ?> map) {
            copy = new LinkedHashMap<>(map);
        } else if (value instanceof creek.udf.api.Row row) {
            Object[] fields = new Object[row.getArity()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = copy(row.getField(i));
            }
            copy = creek.udf.api.Row.of(fields);
        } else if (value != null && value.getClass().isArray()) {
            int length = Array.getLength(value);
            copy = Array.newInstance(value.getClass().getComponentType(), length);
            System.arraycopy(value, 0, copy, 0, length);
        }
        @SuppressWarnings("unchecked")
        T same = (T) copy;
        return same;
    }
}
