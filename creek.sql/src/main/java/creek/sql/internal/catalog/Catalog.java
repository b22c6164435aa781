package creek.sql.internal.catalog;

import creek.sql.internal.SqlError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * The tables and views of a session: those of {@code default_catalog.default_database}, Flink's names for the only ones there are. Temporary
 * objects and others share it, since both live as long as the session.
 */
public final class Catalog extends AbstractSchema {
    public static final String CATALOG = "default_catalog";
    public static final String DATABASE = "default_database";

    private final Map<String, Table> tables = new TreeMap<>();

    /** A schema for Calcite with this catalog in its place. */
    public CalciteSchema rootSchema() {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        root.add(CATALOG, new AbstractSchema()).add(DATABASE, this);
        return root;
    }

    /** Where unqualified names are looked up. */
    public static List<String> path() {
        return List.of(CATALOG, DATABASE);
    }

    @Override
    protected Map<String, Table> getTableMap() {
        return tables;
    }

    /** Tables and views by name. */
    public Map<String, Table> tables() {
        return tables;
    }

    public Optional<CatalogTable> table(String name) {
        return tables.get(name) instanceof CatalogTable table ? Optional.of(table) : Optional.empty();
    }

    public Optional<CatalogView> view(String name) {
        return tables.get(name) instanceof CatalogView view ? Optional.of(view) : Optional.empty();
    }

    /**
     * The simple name of an object of this catalog.
     *
     * @throws SqlError for another catalog or database
     */
    public static String resolve(SqlIdentifier identifier) {
        List<String> names = identifier.names;
        List<String> path = path().subList(Math.max(0, path().size() - names.size() + 1), path().size());
        if (names.size() > path().size() + 1 || !names.subList(0, names.size() - 1).equals(path)) {
            throw SqlError.unsupported("there is only one database, " + String.join(".", path()) + ", and no " + String.join(".", names),
                    identifier.getParserPosition());
        }
        return names.get(names.size() - 1);
    }
}
