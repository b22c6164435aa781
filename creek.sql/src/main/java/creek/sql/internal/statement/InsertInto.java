package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.physical.PhysicalPlanner.Insert;
import creek.sql.internal.validate.Analyzer;
import java.util.List;
import org.apache.flink.sql.parser.dml.RichSqlInsert;

/** {@code INSERT INTO table [(columns)] query}. */
final class InsertInto implements Handler<RichSqlInsert> {
    @Override
    public StatementResult execute(RichSqlInsert statement, SessionContext session) {
        Analyzer analyzer = session.analyzer();
        return finish(List.of(InsertPlanner.plan(statement, analyzer, session)), session);
    }

    /** The job of these INSERTs, or their place among those that wait. */
    static StatementResult finish(List<Insert> inserts, SessionContext session) {
        if (session.pendingInserts().isCollecting()) {
            if (session.statement().text().contains("/*+")) {
                // what is wrong with a hint is told here, where its statement is known
                new JobCompiler(session).plan(inserts);
            }
            session.pendingInserts().add(inserts);
            return new StatementResult.Done(inserts.size() == 1 ? "INSERT INTO " + inserts.get(0).target().name() + " added to the statement set."
                    : inserts.size() + " INSERTs added.");
        }
        return new StatementResult.Insert(new JobCompiler(session).compile(inserts, session.jobName("insert"), session.statement().text()));
    }
}
