package creek.sql.internal.statement;

import creek.sql.StatementResult;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.ddl.SqlCreateTableAs;
import org.apache.flink.sql.parser.dml.RichSqlInsert;
import org.apache.flink.sql.parser.dml.SqlBeginStatementSet;
import org.apache.flink.sql.parser.dml.SqlEndStatementSet;
import org.apache.flink.sql.parser.dml.SqlExecute;
import org.apache.flink.sql.parser.dml.SqlStatementSet;

/** Statements of a script that is compiled as a whole: all its INSERTs become one job, in statement sets or not. */
final class ScriptStatements {
    private ScriptStatements() {
    }

    static StatementResult execute(SqlNode statement, SessionContext session) {
        if (statement instanceof SqlBeginStatementSet || statement instanceof SqlEndStatementSet) {
            return new StatementResult.Done("");
        }
        if (statement instanceof RichSqlInsert || statement instanceof SqlStatementSet || statement instanceof SqlExecute
                || statement instanceof SqlCreateTableAs) {
            session.pendingInserts().begin();
        }
        return Statements.execute(statement, session);
    }
}
