package creek.sql.internal.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** A database: tables and views by name. A temporary one hides another one of its name. All live as long as the session. */
public final class Database extends AbstractSchema {
    private final Map<String, Table> permanent = new TreeMap<>();
    private final Map<String, Table> temporary = new TreeMap<>();
    private final Map<String, String> properties = new TreeMap<>();

    @Override
    protected Map<String, Table> getTableMap() {
        return tables();
    }

    /** The tables and views that names mean. */
    public Map<String, Table> tables() {
        Map<String, Table> all = new TreeMap<>(permanent);
        all.putAll(temporary);
        return Collections.unmodifiableMap(all);
    }

    /** Those that are TEMPORARY, or the others, to be changed by statements. */
    public Map<String, Table> tables(boolean areTemporary) {
        return areTemporary ? temporary : permanent;
    }

    /** What WITH and SET gave it. */
    public Map<String, String> properties() {
        return properties;
    }
}
