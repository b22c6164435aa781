package creek.core.operator;

import creek.core.data.DataType;
import creek.core.data.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * ORDER BY: compares rows column by column. Built a column at a time, the most important first.
 */
public final class RowOrder implements Comparator<Row> {
    private record Part(int column, DataType type, int sign, int nullSign) {
    }

    private final List<Part> parts = new ArrayList<>();

    /**
     * Adds a column to compare, if those before are equal.
     *
     * @param nullsFirst whether NULL comes before all values, whatever the direction
     */
    public RowOrder by(int column, DataType type, boolean ascending, boolean nullsFirst) {
        switch (type.root()) {
            case ARRAY, MAP, MULTISET, ROW, NULL -> throw new IllegalArgumentException("values of type " + type + " have no order");
            default -> parts.add(new Part(column, type, ascending ? 1 : -1, nullsFirst ? -1 : 1));
        }
        return this;
    }

    @Override
    public int compare(Row left, Row right) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            int compared = compare(part, left, right);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private static int compare(Part part, Row left, Row right) {
        int i = part.column;
        boolean leftNull = left.isNullAt(i);
        boolean rightNull = right.isNullAt(i);
        if (leftNull || rightNull) {
            return leftNull == rightNull ? 0 : leftNull ? part.nullSign : -part.nullSign;
        }
        return part.sign * switch (part.type.root()) {
            case CHAR, VARCHAR -> left.getUtf8(i).compareTo(right.getUtf8(i));
            case BINARY, VARBINARY -> Arrays.compareUnsigned(left.getBytes(i), right.getBytes(i));
            case DECIMAL -> left.getDecimal(i).compareTo(right.getDecimal(i));
            case FLOAT -> Float.compare(left.getFloat(i), right.getFloat(i));
            case DOUBLE -> Double.compare(left.getDouble(i), right.getDouble(i));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> part.type.isMillis()
                    ? Long.compare(left.getLong(i), right.getLong(i)) : left.getTimestamp(i).compareTo(right.getTimestamp(i));
            default -> Long.compare(left.getLong(i), right.getLong(i));
        };
    }
}
