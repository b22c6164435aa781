package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.physical.PhysicalPlanner.Insert;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.dml.SqlBeginStatementSet;
import org.apache.flink.sql.parser.dml.SqlEndStatementSet;
import org.apache.flink.sql.parser.dml.SqlStatementSet;

/** Statement sets: several INSERTs as one job, in one statement or between {@code BEGIN STATEMENT SET;} and {@code END;}. */
final class StatementSet {
    private StatementSet() {
    }

    static StatementResult execute(SqlStatementSet statement, SessionContext session) {
        List<Insert> inserts = statement.getInserts().stream()
                .map(insert -> InsertPlanner.plan(insert, session.analyzer(), session)).toList();
        return InsertInto.finish(inserts, session);
    }

    static StatementResult begin(SqlBeginStatementSet statement, SessionContext session) {
        if (session.pendingInserts().isCollecting()) {
            throw SqlError.invalid("a statement set is open already; END it first", statement.getParserPosition());
        }
        session.pendingInserts().begin();
        return new StatementResult.Done("A statement set begins; INSERTs are collected until END.");
    }

    static StatementResult end(SqlEndStatementSet statement, SessionContext session) {
        requireOpen(session, statement);
        List<Insert> inserts = session.pendingInserts().take();
        if (inserts.isEmpty()) {
            throw SqlError.invalid("the statement set has no INSERT", statement.getParserPosition());
        }
        return InsertInto.finish(inserts, session);
    }

    private static void requireOpen(SessionContext session, SqlNode statement) {
        if (!session.pendingInserts().isCollecting()) {
            throw SqlError.invalid("END closes nothing: no BEGIN STATEMENT SET stands before it", statement.getParserPosition());
        }
    }
}
