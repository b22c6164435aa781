package creek.sql.internal.statement;

import creek.core.data.DataType;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.Catalog;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.physical.PhysicalPlanner.Insert;
import creek.sql.internal.plan.Optimizer;
import creek.sql.internal.type.ImplicitCasts;
import creek.sql.internal.type.Types;
import creek.sql.internal.validate.Analyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.dml.RichSqlInsert;

/** Plans an INSERT: its query, brought to the columns and types of the table. */
final class InsertPlanner {
    private InsertPlanner() {
    }

    static Insert plan(RichSqlInsert statement, Analyzer analyzer, SessionContext session) {
        if (statement.isOverwrite()) {
            throw SqlError.unsupported("INSERT OVERWRITE is not supported for streams; use INSERT INTO", statement.getParserPosition());
        }
        if (statement.isUpsert()) {
            throw SqlError.invalid("UPSERT INTO is not supported; use INSERT INTO", statement.getParserPosition());
        }
        if (!statement.getStaticPartitions().isEmpty()) {
            throw SqlError.unsupported("INSERT INTO ... PARTITION is not supported yet; select the value as a column",
                    statement.getStaticPartitions().getParserPosition());
        }
        SqlIdentifier identifier = (SqlIdentifier) statement.getTargetTableID();
        CatalogTable table = target(identifier, session.catalog());
        RelNode query = analyzer.toRel(statement.getSource()).project();
        List<TableColumn> columns = targetColumns(statement, table);
        checkArity(query.getRowType(), columns, table, statement.getSource().getParserPosition());
        RelNode rows = coerced(query, columns, table, statement.getSource().getParserPosition());
        return new Insert(Optimizer.optimize(rows), table);
    }

    private static CatalogTable target(SqlIdentifier identifier, Catalog catalog) {
        String name = Catalog.resolve(identifier);
        if (catalog.view(name).isPresent()) {
            throw SqlError.invalid(name + " is a view, which can't be written to", identifier.getParserPosition());
        }
        CatalogTable table = catalog.table(name).orElseThrow(() -> SqlError.invalid("there is no table " + name + " to insert into",
                identifier.getParserPosition()));
        if (table.insertedColumns().stream().anyMatch(TableColumn.Metadata.class::isInstance)) {
            throw SqlError.unsupported("METADATA columns can't be written yet; declare them VIRTUAL", identifier.getParserPosition());
        }
        return table;
    }

    /** The columns that the query fills, in its order. */
    private static List<TableColumn> targetColumns(RichSqlInsert statement, CatalogTable table) {
        if (statement.getTargetColumnList() == null || statement.getTargetColumnList().isEmpty()) {
            return table.insertedColumns();
        }
        List<TableColumn> columns = new ArrayList<>();
        for (SqlNode node : statement.getTargetColumnList()) {
            String name = ((SqlIdentifier) node).getSimple();
            TableColumn column = table.insertedColumns().stream().filter(each -> each.name().equals(name)).findFirst()
                    .orElseThrow(() -> SqlError.invalid("table " + table.name() + " has no column " + name + " to insert into; it has "
                            + table.insertedColumns().stream().map(TableColumn::name).collect(Collectors.joining(", ")),
                            node.getParserPosition()));
            if (columns.contains(column)) {
                throw SqlError.invalid("column " + name + " is inserted into twice", node.getParserPosition());
            }
            columns.add(column);
        }
        for (TableColumn column : table.insertedColumns()) {
            if (!columns.contains(column) && !column.type().isNullable()) {
                throw SqlError.invalid("column " + column.name() + " of table " + table.name() + " is NOT NULL and must be inserted into",
                        statement.getTargetColumnList().getParserPosition());
            }
        }
        return columns;
    }

    private static void checkArity(RelDataType query, List<TableColumn> columns, CatalogTable table, SqlParserPos position) {
        if (query.getFieldCount() != columns.size()) {
            throw mismatch("the query has " + query.getFieldCount() + " columns, " + columns.size() + " are wanted", query, columns, table,
                    position);
        }
    }

    private static RelNode coerced(RelNode query, List<TableColumn> columns, CatalogTable table, SqlParserPos position) {
        RexBuilder rex = query.getCluster().getRexBuilder();
        List<RexNode> values = new ArrayList<>();
        for (TableColumn column : table.insertedColumns()) {
            int place = columns.indexOf(column);
            values.add(place < 0 ? rex.makeNullLiteral(column.type())
                    : cast(rex, rex.makeInputRef(query, place), query.getRowType(), columns, place, table, position));
        }
        return LogicalProject.create(query, List.of(), values, table.insertedColumns().stream().map(TableColumn::name).toList(), Set.of());
    }

    private static RexNode cast(RexBuilder rex, RexNode value, RelDataType query, List<TableColumn> columns, int place, CatalogTable table,
            SqlParserPos position) {
        TableColumn column = columns.get(place);
        DataType from = Types.toDataType(value.getType());
        DataType to = Types.toDataType(column.type());
        if (!ImplicitCasts.isAllowed(from, to)) {
            throw mismatch("column " + column.name() + " is " + to.nullable(true) + ", but the query gives " + from.nullable(true)
                    + "; CAST it", query, columns, table, position);
        }
        RelDataType nullable = rex.getTypeFactory().createTypeWithNullability(column.type(), value.getType().isNullable());
        return from.nullable(true).equals(to.nullable(true)) ? value : rex.makeAbstractCast(nullable, value, false);
    }

    private static SqlError mismatch(String cause, RelDataType query, List<TableColumn> columns, CatalogTable table, SqlParserPos position) {
        return SqlError.invalid("Column types of query result and sink for '" + Catalog.CATALOG + "." + Catalog.DATABASE + "." + table.name()
                + "' do not match: " + cause + ". Query: ["
                + query.getFieldList().stream().map(InsertPlanner::text).collect(Collectors.joining(", ")) + "]. Sink: ["
                + columns.stream().map(column -> column.name() + ": " + Types.toDataType(column.type())).collect(Collectors.joining(", ")) + "]",
                position);
    }

    private static String text(RelDataTypeField field) {
        return field.getName() + ": " + Types.toDataType(field.getType());
    }
}
