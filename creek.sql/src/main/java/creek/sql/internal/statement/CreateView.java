package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.Catalog;
import creek.sql.internal.catalog.CatalogView;
import creek.sql.internal.validate.Analyzer;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.ddl.SqlCreateView;

/** {@code CREATE [TEMPORARY] VIEW [IF NOT EXISTS] name [(columns)] AS query}. */
final class CreateView implements Handler<SqlCreateView> {
    @Override
    public StatementResult execute(SqlCreateView statement, SessionContext session) {
        String name = Catalog.resolve(statement.getViewName());
        if (session.catalog().tables().containsKey(name)) {
            if (statement.isIfNotExists()) {
                return new StatementResult.Done("View " + name + " exists already.");
            }
            if (!statement.getReplace()) {
                throw SqlError.invalid("table or view " + name + " exists already; DROP it first, or say CREATE VIEW IF NOT EXISTS",
                        statement.getViewName().getParserPosition());
            }
        }
        String query = StatementTexts.part(session.statement().text(), statement.getQuery().getParserPosition());
        Analyzer analyzer = session.analyzer();
        RelNode rows = analyzer.toRel(statement.getQuery()).project();
        session.catalog().tables().put(name, new CatalogView(name, query, named(rows.getRowType(), statement, analyzer)));
        return new StatementResult.Done("View " + name + " created.");
    }

    private static RelDataType named(RelDataType rowType, SqlCreateView statement, Analyzer analyzer) {
        List<String> names = new ArrayList<>(rowType.getFieldNames());
        if (!statement.getFieldList().isEmpty()) {
            if (statement.getFieldList().size() != names.size()) {
                throw SqlError.invalid("the view names " + statement.getFieldList().size() + " columns, but its query has " + names.size(),
                        statement.getFieldList().getParserPosition());
            }
            names.clear();
            for (SqlNode field : statement.getFieldList()) {
                names.add(((SqlIdentifier) field).getSimple());
            }
        }
        var view = analyzer.types().builder().kind(StructKind.FULLY_QUALIFIED);
        for (int i = 0; i < names.size(); i++) {
            view.add(names.get(i), rowType.getFieldList().get(i).getType());
        }
        return view.build();
    }
}
