package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.physical.PhysicalPlan;
import creek.sql.internal.physical.PhysicalPlanner.Insert;
import creek.sql.internal.validate.Analyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.dml.RichSqlInsert;
import org.apache.flink.sql.parser.dml.SqlStatementSet;
import org.apache.flink.sql.parser.dql.SqlRichExplain;

/** {@code EXPLAIN [details] query}, an INSERT or a STATEMENT SET: the plan, a line a step. */
final class Explain implements Handler<SqlRichExplain> {
    private static final String CHANGELOG_MODE = "CHANGELOG_MODE";
    private static final String JSON = "JSON_EXECUTION_PLAN";

    @Override
    public StatementResult execute(SqlRichExplain statement, SessionContext session) {
        SqlNode explained = statement.getStatement();
        Set<String> details = statement.getExplainDetails();
        for (String detail : details) {
            if (!detail.equals(CHANGELOG_MODE) && !detail.equals(JSON)) {
                throw SqlError.unsupported(detail + " has nothing to tell: plans are made by rules, not by costs; EXPLAIN " + CHANGELOG_MODE + ", "
                        + JSON + " works", statement.getParserPosition());
            }
        }
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
        PhysicalPlan plan = compiler.plan(inserts);
        String text = details.contains(CHANGELOG_MODE) ? plan.explainWithChangelogMode() : plan.explain();
        return new StatementResult.Texts(List.of("plan"), (details.contains(JSON) ? text + "\n" + plan.json() : text).lines().map(List::of).toList());
    }
}
