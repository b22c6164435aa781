package creek.sql.internal.catalog;

import creek.core.data.Schema;
import creek.sql.internal.plan.SourceScan;
import creek.sql.internal.plan.TimeAttributes;
import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * A table as CREATE TABLE made it. Its <em>source row</em> is what a connector and a format give: the physical columns, then the metadata;
 * computed columns and the watermark are expressions over it. Immutable.
 */
public final class CatalogTable extends AbstractTable implements TranslatableTable, Versioned {
    /** A WATERMARK clause: for that column, by that expression over the source row. */
    public record Watermark(String column, RexNode expression, String text) {
    }

    private final String name;
    private final List<TableColumn> columns;
    private final Optional<Watermark> watermark;
    private final List<String> primaryKey;
    private final List<String> partitionKeys;
    private final TableOptionTexts options;

    public CatalogTable(String name, List<TableColumn> columns, Optional<Watermark> watermark, List<String> primaryKey,
            List<String> partitionKeys, TableOptionTexts options) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.watermark = watermark;
        this.primaryKey = List.copyOf(primaryKey);
        this.partitionKeys = List.copyOf(partitionKeys);
        this.options = options;
    }

    public String name() {
        return name;
    }

    public List<TableColumn> columns() {
        return columns;
    }

    public Optional<Watermark> watermark() {
        return watermark;
    }

    public List<String> primaryKey() {
        return primaryKey;
    }

    public List<String> partitionKeys() {
        return partitionKeys;
    }

    public TableOptionTexts options() {
        return options;
    }

    /** The physical columns, for connectors and formats. */
    public Schema physicalSchema() {
        Schema schema = Schema.empty();
        for (TableColumn column : columns) {
            if (column instanceof TableColumn.Physical) {
                schema = schema.with(column.name(), Types.toDataType(column.type()));
            }
        }
        return schema;
    }

    /** The metadata columns, in order. */
    public List<TableColumn.Metadata> metadata() {
        return columns.stream().filter(TableColumn.Metadata.class::isInstance).map(TableColumn.Metadata.class::cast).toList();
    }

    /** The columns that an INSERT fills: physical ones and metadata that is not VIRTUAL. */
    public List<TableColumn> insertedColumns() {
        return columns.stream().filter(column -> column instanceof TableColumn.Physical
                || column instanceof TableColumn.Metadata metadata && !metadata.isVirtual()).toList();
    }

    /** The source row: physical columns, then metadata. */
    public RelDataType sourceRowType(RelDataTypeFactory types) {
        return sourceRowType(types, columns);
    }

    /** The source row of a table with these columns. */
    public static RelDataType sourceRowType(RelDataTypeFactory types, List<TableColumn> columns) {
        RelDataTypeFactory.Builder builder = types.builder().kind(StructKind.FULLY_QUALIFIED);
        columns.stream().filter(TableColumn.Physical.class::isInstance).forEach(column -> builder.add(column.name(), column.type()));
        columns.stream().filter(TableColumn.Metadata.class::isInstance).forEach(column -> builder.add(column.name(), column.type()));
        return builder.build();
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
        RelDataTypeFactory.Builder builder = types.builder().kind(StructKind.FULLY_QUALIFIED);
        for (TableColumn column : columns) {
            builder.add(column.name(), isRowtime(column) ? ((StreamTypeFactory) types).createRowtime(column.type()) : column.type());
        }
        return builder.build();
    }

    private boolean isRowtime(TableColumn column) {
        return watermark.isPresent() && watermark.get().column().equals(column.name());
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
        SourceScan scan = new SourceScan(context.getCluster(), this);
        RexBuilder rex = context.getCluster().getRexBuilder();
        List<RexNode> projects = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (TableColumn column : columns) {
            RexNode value = column instanceof TableColumn.Computed computed ? computed.expression()
                    : rex.makeInputRef(scan, scan.getRowType().getFieldNames().indexOf(column.name()));
            projects.add(isRowtime(column) ? TimeAttributes.rowtime(rex, value) : value);
            names.add(column.name());
        }
        return LogicalProject.create(scan, List.of(), projects, names, Set.of());
    }
}
