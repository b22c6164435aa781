package creek.sql.internal.statement;

import creek.core.connector.Connector;
import creek.core.connector.TableOptions;
import creek.core.data.DataType;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.Catalog;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.ObjectName;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.physical.PhysicalPlanner.Insert;
import creek.sql.internal.plan.Optimizer;
import creek.sql.internal.type.ImplicitCasts;
import creek.sql.internal.type.Types;
import creek.sql.internal.validate.Analyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            throw SqlError.unsupported("Streaming mode does not support INSERT OVERWRITE: what is written can't be taken back; use INSERT INTO", statement.getParserPosition());
        }
        if (statement.isUpsert()) {
            throw SqlError.invalid("UPSERT INTO is not supported; use INSERT INTO", statement.getParserPosition());
        }
        SqlIdentifier identifier = (SqlIdentifier) statement.getTargetTableID();
        CatalogTable table = HintedTable.of(target(identifier, session), statement.getTableHints(), session);
        RelNode query = analyzer.toRel(statement.getSource()).project();
        Map<TableColumn, RexNode> partition = StaticPartition.values(statement.getStaticPartitions(), table, analyzer);
        List<TableColumn> columns = targetColumns(statement, table, partition.keySet());
        return insert(query, table, columns, partition, statement.getSource().getParserPosition(),
                new Insert.Origin(session.statement(), identifier.getParserPosition()));
    }

    /**
     * The INSERT of a query's rows.
     *
     * @param columns  those that the query fills, in its order
     * @param constant columns that have the same value in all rows
     * @param position where the query stands
     */
    static Insert insert(RelNode query, CatalogTable table, List<TableColumn> columns, Map<TableColumn, RexNode> constant, SqlParserPos position,
            Insert.Origin origin) {
        checkArity(query.getRowType(), columns, table, position);
        return new Insert(Optimizer.optimize(coerced(query, columns, constant, table, position)), table, origin);
    }

    private static CatalogTable target(SqlIdentifier identifier, SessionContext session) {
        Catalog catalog = session.catalog();
        ObjectName name = catalog.resolve(identifier);
        if (catalog.view(name).isPresent()) {
            throw SqlError.invalid(name.shown() + " is a view, which can't be written to", identifier.getParserPosition());
        }
        CatalogTable table = catalog.table(name).orElseThrow(() -> SqlError.invalid("there is no table " + name.shown() + " to insert into",
                identifier.getParserPosition()));
        Set<String> writable = Optional.ofNullable(table.options().texts().get(TableOptions.CONNECTOR.key())).flatMap(session.registry()::connector)
                .map(Connector::writableMetadata).orElse(Set.of());
        table.metadata().stream().filter(column -> !column.isVirtual() && !writable.contains(column.key())).findFirst().ifPresent(column -> {
            throw SqlError.invalid("the table's connector can't write the metadata '" + column.key() + "' of column " + column.name()
                    + "; declare the column METADATA VIRTUAL", identifier.getParserPosition());
        });
        return table;
    }

    /** The columns that the query fills, in its order. */
    private static List<TableColumn> targetColumns(RichSqlInsert statement, CatalogTable table, Set<TableColumn> constant) {
        if (statement.getTargetColumnList() == null || statement.getTargetColumnList().isEmpty()) {
            return table.insertedColumns().stream().filter(column -> !constant.contains(column)).toList();
        }
        List<TableColumn> columns = new ArrayList<>();
        for (SqlNode node : statement.getTargetColumnList()) {
            String name = ((SqlIdentifier) node).getSimple();
            TableColumn column = table.insertedColumns().stream().filter(each -> each.name().equals(name)).findFirst()
                    .orElseThrow(() -> SqlError.invalid("table " + table.name() + " has no column " + name + " to insert into; it has "
                            + table.insertedColumns().stream().map(TableColumn::name).collect(Collectors.joining(", ")),
                            node.getParserPosition()));
            if (constant.contains(column)) {
                throw SqlError.invalid("column " + name + " has its value from the PARTITION clause already", node.getParserPosition());
            }
            if (columns.contains(column)) {
                throw SqlError.invalid("column " + name + " is inserted into twice", node.getParserPosition());
            }
            columns.add(column);
        }
        for (TableColumn column : table.insertedColumns()) {
            if (!columns.contains(column) && !constant.contains(column) && !column.type().isNullable()) {
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

    private static RelNode coerced(RelNode query, List<TableColumn> columns, Map<TableColumn, RexNode> constant, CatalogTable table,
            SqlParserPos position) {
        RexBuilder rex = query.getCluster().getRexBuilder();
        List<RexNode> values = new ArrayList<>();
        for (TableColumn column : table.insertedColumns()) {
            int place = columns.indexOf(column);
            values.add(constant.containsKey(column) ? constant.get(column) : place < 0 ? rex.makeNullLiteral(column.type())
                    : carried(rex, cast(rex, rex.makeInputRef(query, place), query.getRowType(), columns, place, table, position), column));
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

    /** Metadata in the type that the connector gives it. */
    private static RexNode carried(RexBuilder rex, RexNode value, TableColumn column) {
        return column instanceof TableColumn.Metadata metadata && !metadata.carried().equals(metadata.type()) ? rex.makeAbstractCast(
                rex.getTypeFactory().createTypeWithNullability(metadata.carried(), value.getType().isNullable()), value, false) : value;
    }

    private static SqlError mismatch(String cause, RelDataType query, List<TableColumn> columns, CatalogTable table, SqlParserPos position) {
        return SqlError.invalid("Column types of query result and sink for '" + table.objectName().qualified() + "' do not match: " + cause + ". Query: ["
                + query.getFieldList().stream().map(InsertPlanner::text).collect(Collectors.joining(", ")) + "]. Sink: ["
                + columns.stream().map(column -> column.name() + ": " + Types.toDataType(column.type())).collect(Collectors.joining(", ")) + "]",
                position);
    }

    private static String text(RelDataTypeField field) {
        return field.getName() + ": " + Types.toDataType(field.getType());
    }
}
