package creek.sql.internal.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;

/**
 * Columns of the input of windows that must not be left out although the query does not use them, since rows that come too late are written
 * with them to a table. Part of the planner's context.
 *
 * @param names the columns of that table
 */
public record LateColumns(List<String> names) {
    public LateColumns {
        names = List.copyOf(names);
    }

    /** The wanted columns that a relation has, and their places in it. */
    public static Map<String, Integer> places(RelNode input) {
        Map<String, Integer> places = new LinkedHashMap<>();
        LateColumns wanted = input.getCluster().getPlanner().getContext().unwrap(LateColumns.class);
        for (String name : wanted == null ? List.<String>of() : wanted.names) {
            int place = input.getRowType().getFieldNames().indexOf(name);
            if (place >= 0) {
                places.put(name, place);
            }
        }
        return places;
    }
}
