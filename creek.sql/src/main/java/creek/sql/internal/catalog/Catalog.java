package creek.sql.internal.catalog;

import creek.sql.internal.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.SqlIdentifier;

/** The tables and views of a session, in databases: those of {@code default_catalog}, Flink's name for the only catalog that there is. */
public final class Catalog {
    public static final String CATALOG = "default_catalog";
    /** The database that is there from the start. */
    public static final String DATABASE = "default_database";

    private final Map<String, Database> databases = new TreeMap<>(Map.of(DATABASE, new Database()));
    private String current = DATABASE;

    /** A schema for Calcite with this catalog in its place. */
    public CalciteSchema rootSchema() {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        CalciteSchema catalog = root.add(CATALOG, new AbstractSchema());
        databases.forEach(catalog::add);
        return root;
    }

    /** Where unqualified names are looked up at the moment. */
    public List<String> path() {
        return List.of(CATALOG, current);
    }

    /** All databases, to be changed by statements. */
    public Map<String, Database> databases() {
        return databases;
    }

    /** The database in use. */
    public String currentDatabase() {
        return current;
    }

    /** Makes a database the one in use. */
    public void use(String database) {
        current = database;
    }

    /** The tables and views of that name's database. */
    public Map<String, Table> tables(ObjectName name) {
        return databases.get(name.database()).tables();
    }

    /** Adds a table or view, or replaces the one that is as temporary as this. */
    public void put(ObjectName name, Table table, boolean isTemporary) {
        databases.get(name.database()).tables(isTemporary).put(name.name(), table);
    }

    /** Puts a table or view in the place of the one that the name means. */
    public void replace(ObjectName name, Table table) {
        put(name, table, isTemporary(name));
    }

    /** Takes away what the name means. */
    public void remove(ObjectName name) {
        databases.get(name.database()).tables(isTemporary(name)).remove(name.name());
    }

    /** Whether the name means something temporary. */
    public boolean isTemporary(ObjectName name) {
        return find(name, true).isPresent();
    }

    /** The table or view of that name among the temporary ones, or among the others. */
    public Optional<Table> find(ObjectName name, boolean isTemporary) {
        return Optional.ofNullable(databases.get(name.database()).tables(isTemporary).get(name.name()));
    }

    public Optional<Table> find(ObjectName name) {
        return Optional.ofNullable(tables(name).get(name.name()));
    }

    public Optional<CatalogTable> table(ObjectName name) {
        return find(name).filter(CatalogTable.class::isInstance).map(CatalogTable.class::cast);
    }

    public Optional<CatalogView> view(ObjectName name) {
        return find(name).filter(CatalogView.class::isInstance).map(CatalogView.class::cast);
    }

    /**
     * The full name of a table or view, which need not be there.
     *
     * @throws SqlError for a catalog or database that is not there
     */
    public ObjectName resolve(SqlIdentifier identifier) {
        List<String> names = new ArrayList<>(identifier.names);
        String name = names.remove(names.size() - 1);
        return new ObjectName(names.isEmpty() ? current : database(names, identifier), name);
    }

    /**
     * The name of a database.
     *
     * @throws SqlError for another catalog, or a database that is not there
     */
    public String resolveDatabase(SqlIdentifier identifier) {
        return database(identifier.names, identifier);
    }

    private String database(List<String> names, SqlIdentifier identifier) {
        String database = databaseName(names, identifier);
        if (!databases.containsKey(database)) {
            throw SqlError.invalid("there is no database " + database + "; databases are " + String.join(", ", databases.keySet()),
                    identifier.getParserPosition());
        }
        return database;
    }

    /**
     * The name of a database, which need not be there.
     *
     * @throws SqlError for another catalog
     */
    public static String databaseName(List<String> names, SqlIdentifier identifier) {
        if (names.size() > 2 || names.size() == 2 && !names.get(0).equals(CATALOG)) {
            throw SqlError.unsupported("there is only one catalog, " + CATALOG + ", and no " + String.join(".", names),
                    identifier.getParserPosition());
        }
        return names.get(names.size() - 1);
    }
}
