package creek.sql.internal.catalog;

import java.util.Map;

/**
 * What COMMENT said of a table and of its columns, by their names.
 *
 * @param table null if nothing
 */
public record Comments(String table, Map<String, String> columns) {
    public static final Comments NONE = new Comments(null, Map.of());

    public Comments {
        columns = Map.copyOf(columns);
    }
}
