package creek.sql.internal.physical;

import creek.core.operator.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;

/** Texts of PARTITION BY and ORDER BY. */
final class Orders {
    private Orders() {
    }

    /** For people: {@code PARTITION BY k ORDER BY v DESC}, with a space in front. */
    static String describe(PhysicalNode input, int[] partition, RelCollation order) {
        List<String> names = input.rowType().getFieldNames();
        List<String> keys = new ArrayList<>();
        for (int column : partition) {
            keys.add(names.get(column));
        }
        List<String> orders = order.getFieldCollations().stream().map(each -> names.get(each.getFieldIndex())
                + (isAscending(each) ? "" : " DESC") + (isNullsFirst(each) == isAscending(each) ? "" : isNullsFirst(each) ? " NULLS FIRST"
                        : " NULLS LAST")).toList();
        return (keys.isEmpty() ? "" : " PARTITION BY " + String.join(", ", keys))
                + (orders.isEmpty() ? "" : " ORDER BY " + String.join(", ", orders));
    }

    /** The Java expression of a {@link SortKey}. */
    static String sortKey(JobWriter writer, String schema, List<RelFieldCollation> order) {
        StringBuilder text = new StringBuilder("new ").append(writer.use(SortKey.class)).append('(').append(schema).append(')');
        for (RelFieldCollation each : order) {
            text.append(".by(").append(each.getFieldIndex()).append(", ").append(isAscending(each)).append(", ").append(isNullsFirst(each)).append(')');
        }
        return text.toString();
    }

    static boolean isAscending(RelFieldCollation order) {
        return !order.direction.isDescending();
    }

    /** NULL is lower than all values unless the order says otherwise. */
    static boolean isNullsFirst(RelFieldCollation order) {
        return switch (order.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> isAscending(order);
        };
    }
}
