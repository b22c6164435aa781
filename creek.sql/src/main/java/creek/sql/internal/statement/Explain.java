package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.physical.PhysicalPlanner.Insert;
import creek.sql.internal.validate.Analyzer;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.dml.RichSqlInsert;
import org.apache.flink.sql.parser.dml.SqlStatementSet;
import org.apache.flink.sql.parser.dql.SqlRichExplain;

/** {@code EXPLAIN query}, an INSERT or a STATEMENT SET: the plan, a line a step. */
final class Explain implements Handler<SqlRichExplain> {
    @Override
    public StatementResult execute(SqlRichExplain statement, SessionContext session) {
        SqlNode explained = statement.getStatement();
        JobCompiler compiler = new JobCompiler(session);
        List<Insert> inserts = new ArrayList<>();
        if (explained instanceof RichSqlInsert || explained instanceof SqlStatementSet) {
            Analyzer analyzer = session.analyzer();
            List<RichSqlInsert> all = explained instanceof SqlStatementSet set ? set.getInserts() : List.of((RichSqlInsert) explained);
            all.forEach(insert -> inserts.add(InsertPlanner.plan(insert, analyzer, session)));
        } else if (explained.isA(SqlKind.QUERY)) {
            Query.Planned planned = Query.plan(explained, session, "result");
            compiler.withResult(planned.schema(), "result");
            inserts.add(planned.insert());
        } else {
            throw SqlError.invalid("only queries, INSERTs and statement sets can be explained", explained.getParserPosition());
        }
        return new StatementResult.Texts(List.of("plan"), compiler.plan(inserts).explain().lines().map(List::of).toList());
    }
}
