package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.ObjectName;
import java.util.Arrays;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.sql.parser.ddl.SqlCreateTable;
import org.apache.flink.sql.parser.ddl.SqlCreateTableAs;
import org.apache.flink.sql.parser.ddl.SqlCreateTableLike;
import org.apache.flink.sql.parser.ddl.SqlReplaceTableAs;

/** {@code CREATE [TEMPORARY] TABLE [IF NOT EXISTS] name (…) WITH (…) [LIKE … | AS query]}. */
final class CreateTable implements Handler<SqlCreateTable> {
    @Override
    public StatementResult execute(SqlCreateTable statement, SessionContext session) {
        if (statement instanceof SqlReplaceTableAs) {
            throw SqlError.unsupported("REPLACE TABLE AS needs a catalog that can stage tables; DROP the table, then CREATE TABLE AS",
                    statement.getParserPosition());
        }
        SqlIdentifier identifier = new SqlIdentifier(Arrays.asList(statement.fullTableName()), statement.getTableName().getParserPosition());
        ObjectName name = session.catalog().resolve(identifier);
        if (session.catalog().find(name, statement.isTemporary()).isPresent()) {
            if (statement.isIfNotExists()) {
                return new StatementResult.Done("Table " + name.shown() + " exists already.");
            }
            throw SqlError.invalid("table or view " + name.shown() + " exists already; DROP it first, or say CREATE TABLE IF NOT EXISTS",
                    identifier.getParserPosition());
        }
        TableBuilder builder = new TableBuilder(name, session);
        if (statement instanceof SqlCreateTableAs as) {
            return CreateTableAs.execute(as, builder, name, session);
        }
        if (statement instanceof SqlCreateTableLike like) {
            TableLike.apply(like, builder, session);
        }
        TableClauses.apply(statement, builder, session);
        session.catalog().put(name, builder.build(), statement.isTemporary());
        return new StatementResult.Done("Table " + name.shown() + " created.");
    }
}
