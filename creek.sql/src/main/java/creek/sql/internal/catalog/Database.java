package creek.sql.internal.catalog;

import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** A database: tables and views by name. Temporary objects and others share it, since both live as long as the session. */
public final class Database extends AbstractSchema {
    private final Map<String, Table> tables = new TreeMap<>();
    private final Map<String, String> properties = new TreeMap<>();

    @Override
    protected Map<String, Table> getTableMap() {
        return tables;
    }

    /** Tables and views, to be changed by statements. */
    public Map<String, Table> tables() {
        return tables;
    }

    /** What WITH and SET gave it. */
    public Map<String, String> properties() {
        return properties;
    }
}
