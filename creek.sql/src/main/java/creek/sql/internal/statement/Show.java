package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.Catalog;
import creek.sql.internal.catalog.CatalogView;
import creek.sql.internal.catalog.Database;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.dql.SqlShowCall;
import org.apache.flink.sql.parser.dql.SqlShowCatalogs;
import org.apache.flink.sql.parser.dql.SqlShowCurrentCatalog;
import org.apache.flink.sql.parser.dql.SqlShowCurrentDatabase;
import org.apache.flink.sql.parser.dql.SqlShowDatabases;
import org.apache.flink.sql.parser.dql.SqlShowFunctions;
import org.apache.flink.sql.parser.dql.SqlShowJars;
import org.apache.flink.sql.parser.dql.SqlShowModules;
import org.apache.flink.sql.parser.dql.SqlShowTables.SqlTableKind;
import org.apache.flink.sql.parser.dql.SqlShowTables;

/** {@code SHOW TABLES}, {@code VIEWS}, {@code FUNCTIONS}, {@code DATABASES} and the like, with {@code [NOT] LIKE}. */
final class Show implements Handler<SqlNode> {
    @Override
    public StatementResult execute(SqlNode statement, SessionContext session) {
        if (statement instanceof SqlShowTables tables) {
            boolean views = tables.getTableKind() == SqlTableKind.VIEW;
            // as in Flink, TABLES are tables and views
            return list(views ? "view name" : "table name", names(database(tables, session), views ? CatalogView.class : Table.class), tables);
        }
        if (statement instanceof SqlShowFunctions functions) {
            return list("function name", functions.requireUser() ? session.functions().names() : session.functionNames(), functions);
        }
        if (statement instanceof SqlShowDatabases databases) {
            return list("database name", session.catalog().databases().keySet(), databases);
        }
        if (statement instanceof SqlShowCatalogs catalogs) {
            return list("catalog name", List.of(Catalog.CATALOG), catalogs);
        }
        if (statement instanceof SqlShowModules modules) {
            return modules.requireFull() ? new StatementResult.Texts(List.of("module name", "used"), List.of(List.of("core", "TRUE")))
                    : list("module name", List.of("core"), null);
        }
        if (statement instanceof SqlShowJars) {
            return list("jars", session.functions().jars().keySet(), null);
        }
        if (statement instanceof SqlShowCurrentCatalog) {
            return list("current catalog name", List.of(Catalog.CATALOG), null);
        }
        if (statement instanceof SqlShowCurrentDatabase) {
            return list("current database name", List.of(session.catalog().currentDatabase()), null);
        }
        throw SqlError.unsupported("this SHOW is not supported; SHOW TABLES, VIEWS, COLUMNS, FUNCTIONS, DATABASES, CATALOGS and CREATE are",
                statement.getParserPosition());
    }

    /** The database that FROM or IN names, or the one in use. */
    private static Database database(SqlShowCall statement, SessionContext session) {
        List<String> names = statement.getSqlIdentifierNameList();
        String name = names.isEmpty() ? session.catalog().currentDatabase()
                : session.catalog().resolveDatabase(new SqlIdentifier(names, statement.getParserPosition()));
        return session.catalog().databases().get(name);
    }

    private static List<String> names(Database database, Class<? extends Table> kind) {
        return database.tables().entrySet().stream().filter(entry -> kind.isInstance(entry.getValue())).map(Map.Entry::getKey).toList();
    }

    private static StatementResult list(String column, Collection<String> names, SqlShowCall like) {
        List<List<String>> rows = names.stream().filter(like == null ? name -> true : like(like)).map(List::of).toList();
        return new StatementResult.Texts(List.of(column), rows);
    }

    /** What a statement's LIKE lets through. */
    static Predicate<String> like(SqlShowCall statement) {
        return name -> !statement.isWithLike() || pattern(statement).matcher(name).matches() != statement.isNotLike();
    }

    private static Pattern pattern(SqlShowCall like) {
        StringBuilder regex = new StringBuilder();
        for (char c : like.getLikeSqlPattern().toCharArray()) {
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), "ILIKE".equals(like.getLikeType()) ? Pattern.CASE_INSENSITIVE : 0);
    }
}
