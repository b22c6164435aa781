package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.ObjectName;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.physical.PhysicalPlanner.Insert;
import creek.sql.internal.validate.Analyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.flink.sql.parser.ddl.SqlCreateTableAs;

/**
 * {@code CREATE TABLE name [(…)] WITH (…) AS query}: the columns of the query, and an INSERT of its rows. As in Flink, columns that the
 * statement declares come first, unless they only name those of the query, which then stand in that order.
 */
final class CreateTableAs {
    private CreateTableAs() {
    }

    static StatementResult execute(SqlCreateTableAs statement, TableBuilder builder, ObjectName name, SessionContext session) {
        Analyzer analyzer = session.analyzer();
        RelNode query = analyzer.toRel(statement.getAsQuery()).project();
        List<TableColumn> queried = new ArrayList<>();
        for (RelDataTypeField field : query.getRowType().getFieldList()) {
            RelDataType type = analyzer.types().withoutTimeAttribute(field.getType());
            queried.add(new TableColumn.Physical(field.getName(), type));
        }
        if (statement.isSchemaWithColumnsIdentifiersOnly()) {
            queried.forEach(column -> builder.addColumn(column, statement.getParserPosition()));
            builder.reorder(order(statement.getColumnList(), builder));
            TableClauses.applyAllButColumns(statement, statement.getTableConstraints(), builder, session);
        } else {
            TableClauses.applyColumns(statement, builder);
            queried.stream().filter(column -> !builder.columnNames().contains(column.name()))
                    .forEach(column -> builder.addColumn(column, statement.getParserPosition()));
            TableClauses.applyAllButColumns(statement, statement.getFullConstraints(), builder, session);
        }
        CatalogTable table = builder.build();
        Insert insert = InsertPlanner.insert(query, table, columns(query, table), Map.of(), statement.getAsQuery().getParserPosition(),
                new Insert.Origin(session.statement(), statement.getParserPosition()));
        session.catalog().put(name, table, statement.isTemporary());
        return InsertInto.finish(List.of(insert), session);
    }

    private static List<TableColumn> columns(RelNode query, CatalogTable table) {
        return query.getRowType().getFieldNames().stream()
                .map(name -> table.columns().stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow()).toList();
    }

    private static List<String> order(SqlNodeList names, TableBuilder builder) {
        List<String> order = new ArrayList<>();
        for (SqlNode each : names) {
            order.add(builder.existing((SqlIdentifier) each));
        }
        if (order.size() != builder.columnNames().size() || order.stream().distinct().count() != order.size()) {
            throw SqlError.invalid("the columns must be all those of the query, each once: " + String.join(", ", builder.columnNames()),
                    names.getParserPosition());
        }
        return order;
    }
}
