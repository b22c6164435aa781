package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.ddl.SqlAddJar;
import org.apache.flink.sql.parser.ddl.SqlAlterDatabase;
import org.apache.flink.sql.parser.ddl.SqlAlterFunction;
import org.apache.flink.sql.parser.ddl.SqlAlterTable;
import org.apache.flink.sql.parser.ddl.SqlAlterView;
import org.apache.flink.sql.parser.ddl.SqlCreateDatabase;
import org.apache.flink.sql.parser.ddl.SqlCreateFunction;
import org.apache.flink.sql.parser.ddl.SqlCreateTable;
import org.apache.flink.sql.parser.ddl.SqlCreateView;
import org.apache.flink.sql.parser.ddl.SqlDropDatabase;
import org.apache.flink.sql.parser.ddl.SqlDropFunction;
import org.apache.flink.sql.parser.ddl.SqlDropTable;
import org.apache.flink.sql.parser.ddl.SqlDropView;
import org.apache.flink.sql.parser.ddl.SqlRemoveJar;
import org.apache.flink.sql.parser.ddl.SqlReset;
import org.apache.flink.sql.parser.ddl.SqlSet;
import org.apache.flink.sql.parser.ddl.SqlUseCatalog;
import org.apache.flink.sql.parser.ddl.SqlUseDatabase;
import org.apache.flink.sql.parser.dml.RichSqlInsert;
import org.apache.flink.sql.parser.dml.SqlBeginStatementSet;
import org.apache.flink.sql.parser.dml.SqlEndStatementSet;
import org.apache.flink.sql.parser.dml.SqlExecute;
import org.apache.flink.sql.parser.dml.SqlStatementSet;
import org.apache.flink.sql.parser.dql.SqlDescribeDatabase;
import org.apache.flink.sql.parser.dql.SqlRichDescribeFunction;
import org.apache.flink.sql.parser.dql.SqlRichDescribeTable;
import org.apache.flink.sql.parser.dql.SqlRichExplain;
import org.apache.flink.sql.parser.dql.SqlShowCall;
import org.apache.flink.sql.parser.dql.SqlShowColumns;
import org.apache.flink.sql.parser.dql.SqlShowCreateTable;
import org.apache.flink.sql.parser.dql.SqlShowCreateView;
import org.apache.flink.sql.parser.dql.SqlShowCurrentCatalog;
import org.apache.flink.sql.parser.dql.SqlShowCurrentDatabase;
import org.apache.flink.sql.parser.dql.SqlShowJars;
import org.apache.flink.sql.parser.dql.SqlShowModules;
import org.apache.flink.sql.parser.dql.SqlShowPartitions;

/** Which handler executes which statement: the one place to add another. */
final class Statements {
    private static final Map<Class<? extends SqlNode>, Handler<? extends SqlNode>> HANDLERS = new LinkedHashMap<>();

    static {
        on(SqlCreateTable.class, new CreateTable());
        on(SqlAlterTable.class, new AlterTable());
        on(SqlCreateView.class, new CreateView());
        on(SqlAlterView.class, new AlterView());
        on(SqlCreateDatabase.class, Databases::create);
        on(SqlAlterDatabase.class, Databases::alter);
        on(SqlDropDatabase.class, Databases::drop);
        on(SqlUseDatabase.class, Databases::use);
        on(SqlUseCatalog.class, Databases::useCatalog);
        on(SqlDescribeDatabase.class, Databases::describe);
        on(SqlCreateFunction.class, Functions::create);
        on(SqlAlterFunction.class, Functions::alter);
        on(SqlDropFunction.class, Functions::drop);
        on(SqlAddJar.class, Functions::addJar);
        on(SqlRemoveJar.class, Functions::removeJar);
        on(SqlDropTable.class, (drop, session) -> Drop.execute(drop.getTableName(), false, drop.isTemporary(), drop.getIfExists(), session));
        on(SqlDropView.class, (drop, session) -> Drop.execute(drop.getViewName(), true, drop.isTemporary(), drop.getIfExists(), session));
        on(SqlSet.class, new SetSetting());
        on(SqlReset.class, new ResetSetting());
        on(RichSqlInsert.class, new InsertInto());
        on(SqlExecute.class, (execute, session) -> Statements.execute(execute.getStatement(), session));
        on(SqlStatementSet.class, StatementSet::execute);
        on(SqlBeginStatementSet.class, StatementSet::begin);
        on(SqlEndStatementSet.class, StatementSet::end);
        on(SqlRichExplain.class, new Explain());
        on(SqlRichDescribeTable.class, new Describe());
        on(SqlRichDescribeFunction.class, new DescribeFunction());
        on(SqlShowColumns.class, Describe::showColumns);
        on(SqlShowCreateTable.class, ShowCreate::table);
        on(SqlShowCreateView.class, ShowCreate::view);
        on(SqlShowPartitions.class, ShowPartitions::execute);
        on(SqlShowCall.class, new Show()::execute);
        on(SqlShowJars.class, new Show()::execute);
        on(SqlShowModules.class, new Show()::execute);
        on(SqlShowCurrentCatalog.class, new Show()::execute);
        on(SqlShowCurrentDatabase.class, new Show()::execute);
    }

    private Statements() {
    }

    private static <N extends SqlNode> void on(Class<N> statement, Handler<N> handler) {
        HANDLERS.put(statement, handler);
    }

    /** Executes a parsed statement. */
    static StatementResult execute(SqlNode statement, SessionContext session) {
        for (Map.Entry<Class<? extends SqlNode>, Handler<? extends SqlNode>> entry : HANDLERS.entrySet()) {
            if (entry.getKey().isInstance(statement)) {
                return execute(entry.getKey(), entry.getValue(), statement, session);
            }
        }
        if (statement.isA(SqlKind.QUERY) && !(statement instanceof SqlIdentifier)) {
            return new Query().execute(statement, session);
        }
        throw SqlError.unsupported("this statement is not supported; supported are CREATE, ALTER and DROP of TABLE, VIEW, FUNCTION and "
                + "DATABASE, USE, SET, RESET, INSERT INTO, statement sets, queries, EXPLAIN, DESCRIBE and SHOW", statement.getParserPosition());
    }

    @SuppressWarnings("unchecked")
    private static <N extends SqlNode> StatementResult execute(Class<N> type, Handler<? extends SqlNode> handler, SqlNode statement,
            SessionContext session) {
        // on() has seen to it that the types belong together
        return ((Handler<N>) handler).execute(type.cast(statement), session);
    }
}
