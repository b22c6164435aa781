package creek.connector.datagen;

import static creek.connector.datagen.FieldOptions.LENGTH;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collections and nested rows, whose parts have options of their own: {@code element}, {@code key}, {@code value} or a field's name. */
final class NestedGenerators {
    private static final long DEFAULT_SIZE = 3;
    private static final long LARGEST_SIZE = 1 << 16;

    private final FieldOptions options;
    private final GeneratorFactory factory;

    NestedGenerators(FieldOptions options, GeneratorFactory factory) {
        this.options = options;
        this.factory = factory;
    }

    private int size(String field) {
        Long size = options.get(field, LENGTH, 0L, LARGEST_SIZE);
        return (int) (size == null ? DEFAULT_SIZE : size);
    }

    ColumnGenerator arrays(String field, DataType type) {
        int size = size(field);
        Element element = new Element(factory.create(field + ".element", type), type);
        return (row, column, number) -> {
            List<Object> values = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                values.add(element.next(number));
            }
            row.setObject(column, values);
        };
    }

    ColumnGenerator maps(String field, DataType keyType, DataType valueType) {
        int size = size(field);
        Element key = new Element(factory.create(field + ".key", keyType), keyType);
        Element value = new Element(factory.create(field + ".value", valueType), valueType);
        return (row, column, number) -> {
            Map<Object, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                values.put(key.next(number), value.next(number));
            }
            row.setObject(column, values);
        };
    }

    ColumnGenerator multisets(String field, DataType type) {
        int size = size(field);
        Element element = new Element(factory.create(field + ".element", type), type);
        return (row, column, number) -> {
            Map<Object, Object> counts = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                counts.merge(element.next(number), 1, (a, b) -> (Integer) a + (Integer) b);
            }
            row.setObject(column, counts);
        };
    }

    ColumnGenerator rows(String field, List<Column> fields) {
        ColumnGenerator[] generators = new ColumnGenerator[fields.size()];
        for (int i = 0; i < generators.length; i++) {
            generators[i] = factory.create(field + "." + fields.get(i).name(), fields.get(i).type());
        }
        return (row, column, number) -> {
            Row nested = new Row(generators.length);
            for (int i = 0; i < generators.length; i++) {
                generators[i].generate(nested, i, number);
            }
            row.setObject(column, nested.copy());
        };
    }

    /** Makes single values, boxed. */
    private static final class Element {
        private final ColumnGenerator generator;
        private final DataType type;
        private final Row scratch = new Row(1);

        Element(ColumnGenerator generator, DataType type) {
            this.generator = generator;
            this.type = type;
        }

        Object next(long number) {
            generator.generate(scratch, 0, number);
            if (scratch.isNullAt(0)) {
                return null;
            }
            return switch (type.root()) {
                case BOOLEAN -> scratch.getBoolean(0);
                case TINYINT -> scratch.getByte(0);
                case SMALLINT -> scratch.getShort(0);
                case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH -> scratch.getInt(0);
                case BIGINT, INTERVAL_DAY_TIME -> scratch.getLong(0);
                case FLOAT -> scratch.getFloat(0);
                case DOUBLE -> scratch.getDouble(0);
                case CHAR, VARCHAR, VARIANT -> scratch.getUtf8(0).copy();
                case BINARY, VARBINARY -> scratch.getBytes(0);
                case DECIMAL -> scratch.getDecimal(0);
                case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    type.isMillis() ? (Object) scratch.getLong(0) : scratch.getTimestamp(0);
                case ARRAY -> scratch.getList(0);
                case MAP, MULTISET -> scratch.getMap(0);
                case ROW, STRUCTURED_TYPE -> scratch.getRow(0);
                case NULL -> null;
            };
        }
    }
}
