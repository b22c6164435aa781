package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.Catalog;
import creek.sql.internal.catalog.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.flink.sql.parser.ddl.SqlAlterDatabase;
import org.apache.flink.sql.parser.ddl.SqlCreateDatabase;
import org.apache.flink.sql.parser.ddl.SqlDropDatabase;
import org.apache.flink.sql.parser.ddl.SqlTableOption;
import org.apache.flink.sql.parser.ddl.SqlUseCatalog;
import org.apache.flink.sql.parser.ddl.SqlUseDatabase;
import org.apache.flink.sql.parser.dql.SqlDescribeDatabase;

/** CREATE, ALTER, DROP, DESCRIBE and USE of databases, and USE CATALOG. */
final class Databases {
    private Databases() {
    }

    static StatementResult create(SqlCreateDatabase statement, SessionContext session) {
        SqlIdentifier identifier = statement.getDatabaseName();
        String name = Catalog.databaseName(identifier.names, identifier);
        if (session.catalog().databases().containsKey(name)) {
            if (statement.isIfNotExists()) {
                return new StatementResult.Done("Database " + name + " exists already.");
            }
            throw SqlError.invalid("database " + name + " exists already; say CREATE DATABASE IF NOT EXISTS", identifier.getParserPosition());
        }
        Database database = new Database();
        putAll(database.properties(), statement.getPropertyList());
        session.catalog().databases().put(name, database);
        return new StatementResult.Done("Database " + name + " created.");
    }

    static StatementResult alter(SqlAlterDatabase statement, SessionContext session) {
        String name = session.catalog().resolveDatabase(statement.getDatabaseName());
        putAll(session.catalog().databases().get(name).properties(), statement.getPropertyList());
        return new StatementResult.Done("Database " + name + " altered.");
    }

    static StatementResult drop(SqlDropDatabase statement, SessionContext session) {
        SqlIdentifier identifier = statement.getDatabaseName();
        String name = Catalog.databaseName(identifier.names, identifier);
        if (!session.catalog().databases().containsKey(name) && statement.getIfExists()) {
            return new StatementResult.Done("There was no database " + name + ".");
        }
        session.catalog().resolveDatabase(identifier);
        if (name.equals(session.catalog().currentDatabase())) {
            throw SqlError.invalid("database " + name + " is in use; USE another one first", identifier.getParserPosition());
        }
        if (name.equals(Catalog.DATABASE)) {
            throw SqlError.invalid("database " + name + " is always there and can't be dropped", identifier.getParserPosition());
        }
        if (!statement.isCascade() && !session.catalog().databases().get(name).tables().isEmpty()) {
            throw SqlError.invalid("database " + name + " is not empty; say DROP DATABASE " + name + " CASCADE", identifier.getParserPosition());
        }
        session.catalog().databases().remove(name);
        return new StatementResult.Done("Database " + name + " dropped.");
    }

    static StatementResult use(SqlUseDatabase statement, SessionContext session) {
        session.catalog().use(session.catalog().resolveDatabase(statement.getDatabaseName()));
        return new StatementResult.Done("Database " + session.catalog().currentDatabase() + " is in use.");
    }

    static StatementResult useCatalog(SqlUseCatalog statement, SessionContext session) {
        if (!statement.catalogName().equals(Catalog.CATALOG)) {
            throw SqlError.invalid("there is no catalog " + statement.catalogName() + ", only " + Catalog.CATALOG,
                    statement.getCatalogName().getParserPosition());
        }
        // as in Flink, a catalog is entered at its default database
        session.catalog().use(Catalog.DATABASE);
        return new StatementResult.Done("Catalog " + Catalog.CATALOG + " is in use.");
    }

    static StatementResult describe(SqlDescribeDatabase statement, SessionContext session) {
        SqlIdentifier identifier = new SqlIdentifier(List.of(statement.fullDatabaseName()), statement.getParserPosition());
        String name = session.catalog().resolveDatabase(identifier);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Name", name));
        rows.add(List.of("Comment", ""));
        if (statement.isExtended()) {
            rows.add(List.of("Properties", session.catalog().databases().get(name).properties().toString()));
        }
        return new StatementResult.Texts(List.of("info name", "info value"), rows);
    }

    private static void putAll(Map<String, String> properties, SqlNodeList clause) {
        for (SqlNode node : clause) {
            properties.put(((SqlTableOption) node).getKeyString(), ((SqlTableOption) node).getValueString());
        }
    }
}
