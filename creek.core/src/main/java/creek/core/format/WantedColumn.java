package creek.core.format;

import creek.core.data.DataType;
import java.util.List;

/**
 * A column that a decoder shall decode: a physical column of the table, or a field nested in one.
 *
 * @param column place of the physical column in the table's schema
 * @param path   names of the nested ROW fields that lead to the value, outermost first; empty for the whole column. A null on the way makes
 *               the value null.
 * @param type   the type of the value
 */
public record WantedColumn(int column, List<String> path, DataType type) {
    public WantedColumn {
        path = List.copyOf(path);
    }
}
