package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.Catalog;
import creek.sql.internal.catalog.CatalogTable;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.sql.parser.ddl.SqlCreateTable;
import org.apache.flink.sql.parser.ddl.SqlCreateTableAs;
import org.apache.flink.sql.parser.ddl.SqlCreateTableLike;

/** {@code CREATE [TEMPORARY] TABLE [IF NOT EXISTS] name (…) WITH (…) [LIKE …]}. */
final class CreateTable implements Handler<SqlCreateTable> {
    @Override
    public StatementResult execute(SqlCreateTable statement, SessionContext session) {
        SqlIdentifier identifier = new SqlIdentifier(java.util.Arrays.asList(statement.fullTableName()),
                statement.getTableName().getParserPosition());
        String name = Catalog.resolve(identifier);
        if (session.catalog().tables().containsKey(name)) {
            if (statement.isIfNotExists()) {
                return new StatementResult.Done("Table " + name + " exists already.");
            }
            throw SqlError.invalid("table or view " + name + " exists already; DROP it first, or say CREATE TABLE IF NOT EXISTS",
                    identifier.getParserPosition());
        }
        if (statement instanceof SqlCreateTableAs) {
            throw SqlError.unsupported("CREATE TABLE AS is not supported yet; use CREATE TABLE and INSERT INTO",
                    statement.getParserPosition());
        }
        TableBuilder builder = new TableBuilder(name, session);
        if (statement instanceof SqlCreateTableLike like) {
            TableLike.apply(like, builder, session);
        }
        builder.add(statement);
        CatalogTable table = builder.build();
        session.catalog().tables().put(name, table);
        return new StatementResult.Done("Table " + name + " created.");
    }
}
