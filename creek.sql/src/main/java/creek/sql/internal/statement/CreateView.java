package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogView;
import creek.sql.internal.catalog.ObjectName;
import creek.sql.internal.validate.Analyzer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.flink.sql.parser.ddl.SqlCreateView;

/** {@code CREATE [TEMPORARY] VIEW [IF NOT EXISTS] name [(columns)] AS query}. */
final class CreateView implements Handler<SqlCreateView> {
    @Override
    public StatementResult execute(SqlCreateView statement, SessionContext session) {
        ObjectName name = session.catalog().resolve(statement.getViewName());
        if (session.catalog().find(name, statement.isTemporary()).isPresent()) {
            if (statement.isIfNotExists()) {
                return new StatementResult.Done("View " + name.shown() + " exists already.");
            }
            if (!statement.getReplace()) {
                throw SqlError.invalid("table or view " + name.shown() + " exists already; DROP it first, or say CREATE VIEW IF NOT EXISTS",
                        statement.getViewName().getParserPosition());
            }
        }
        session.catalog().put(name, view(name, statement.getQuery(), statement.getFieldList(), session), statement.isTemporary());
        return new StatementResult.Done("View " + name.shown() + " created.");
    }

    /** @param fields the columns' names, or none if they are those of the query */
    static CatalogView view(ObjectName name, SqlNode query, SqlNodeList fields, SessionContext session) {
        Analyzer analyzer = session.analyzer();
        refuseDuplicates(fields.isEmpty() ? selectList(query) : fields);
        String text = StatementTexts.part(session.statement().text(), query.getParserPosition());
        RelDataType rowType = analyzer.toRel(query).project().getRowType();
        return new CatalogView(name, session.catalog().path(), text, named(rowType, fields, analyzer));
    }

    private static SqlNodeList selectList(SqlNode query) {
        return switch (query.getKind()) {
            case SELECT -> ((SqlSelect) query).getSelectList();
            case WITH -> selectList(((SqlWith) query).body);
            case ORDER_BY -> selectList(((SqlOrderBy) query).query);
            case UNION, INTERSECT, EXCEPT -> selectList(((SqlCall) query).operand(0));
            default -> SqlNodeList.EMPTY;
        };
    }

    /** Columns that are given the same name; those that a star stands for get other names by themselves. */
    private static void refuseDuplicates(SqlNodeList columns) {
        Set<String> names = new HashSet<>();
        for (SqlNode column : columns) {
            String name = SqlValidatorUtil.alias(column);
            if (name != null && !name.isEmpty() && !names.add(name)) {
                throw SqlError.invalid("the view has a column " + name + " already; give this one another name by AS", column.getParserPosition());
            }
        }
    }

    private static RelDataType named(RelDataType rowType, SqlNodeList fields, Analyzer analyzer) {
        List<String> names = new ArrayList<>(rowType.getFieldNames());
        if (!fields.isEmpty()) {
            if (fields.size() != names.size()) {
                throw SqlError.invalid("the view names " + fields.size() + " columns, but its query has " + names.size(),
                        fields.getParserPosition());
            }
            names.clear();
            for (SqlNode field : fields) {
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
