package creek.core.data;

import java.util.ArrayList;
import java.util.List;

/** The columns of a row, in order. Immutable. */
public final class Schema {
    private final List<Column> columns;

    private Schema(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    public static Schema of(List<Column> columns) {
        return new Schema(columns);
    }

    /** A schema without columns, to which {@link #with} adds them. */
    public static Schema empty() {
        return new Schema(List.of());
    }

    /** This schema with one more column at its end. */
    public Schema with(String name, DataType type) {
        List<Column> more = new ArrayList<>(columns);
        more.add(new Column(name, type));
        return new Schema(more);
    }

    public List<Column> columns() {
        return columns;
    }

    public int size() {
        return columns.size();
    }

    public String name(int index) {
        return columns.get(index).name();
    }

    public DataType type(int index) {
        return columns.get(index).type();
    }

    /** The place of the column of that name (case matters), or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schema schema && columns.equals(schema.columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (Column column : columns) {
            text.append(text.length() > 1 ? ", " : "").append('`').append(column.name()).append("` ").append(column.type());
        }
        return text.append(')').toString();
    }
}
