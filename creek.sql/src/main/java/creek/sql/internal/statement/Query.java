package creek.sql.internal.statement;

import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.sql.StatementResult;
import creek.sql.internal.catalog.Catalog;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.Comments;
import creek.sql.internal.catalog.ObjectName;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.catalog.TableOptionTexts;
import creek.sql.internal.physical.PhysicalPlanner.Insert;
import creek.sql.internal.plan.Optimizer;
import creek.sql.internal.type.Types;
import creek.sql.internal.validate.Analyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;

/** A query: SELECT, VALUES, WITH. Its rows go out as texts. */
final class Query implements Handler<SqlNode> {
    @Override
    public StatementResult execute(SqlNode statement, SessionContext session) {
        String name = session.jobName("query");
        Planned planned = plan(statement, session, name);
        JobCompiler compiler = new JobCompiler(session).withResult(planned.schema(), name);
        return new StatementResult.Query(compiler.compile(List.of(planned.insert()), name, session.statement().text()));
    }

    /** A query as an INSERT of texts, and its columns before they became texts. */
    record Planned(Insert insert, Schema schema) {
    }

    /** @param connector where the rows go */
    static Planned plan(SqlNode query, SessionContext session, String connector) {
        Analyzer analyzer = session.analyzer();
        RelNode rows = analyzer.toRel(query).project();
        RexBuilder rex = rows.getCluster().getRexBuilder();
        List<RexNode> texts = new ArrayList<>();
        List<TableColumn> columns = new ArrayList<>();
        for (RelDataTypeField field : rows.getRowType().getFieldList()) {
            RelDataType text = Types.toRelType(analyzer.types(), DataType.string().nullable(field.getType().isNullable()));
            RexNode value = rex.makeInputRef(rows, field.getIndex());
            texts.add(Types.toDataType(field.getType()).nullable(true).equals(DataType.string()) ? value : rex.makeCast(text, value));
            columns.add(new TableColumn.Physical(field.getName(), text));
        }
        RelNode asTexts = LogicalProject.create(rows, List.of(), texts, rows.getRowType().getFieldNames(), Set.of());
        TableOptionTexts options = new TableOptionTexts(Map.of("connector", connector), Map.of(), new TableOptionTexts.Place(0, 0));
        CatalogTable result = new CatalogTable(new ObjectName(Catalog.DATABASE, "result"), columns, Optional.empty(), List.of(), List.of(), options,
                Comments.NONE);
        return new Planned(new Insert(Optimizer.optimize(asTexts), result, new Insert.Origin(session.statement(), null)),
                Types.toSchema(rows.getRowType()));
    }
}
