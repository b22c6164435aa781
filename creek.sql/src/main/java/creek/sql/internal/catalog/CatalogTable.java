package creek.sql.internal.catalog;

import creek.core.connector.Connector;
import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.sql.internal.plan.SourceScan;
import creek.sql.internal.plan.TimeAttributes;
import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.Types;
import creek.sql.internal.validate.Hints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.ViewExpanders;
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
 * A table as CREATE TABLE made it. Its <em>source row</em> is what a connector and a format give: the physical columns, the texts of the
 * columns that it is PARTITIONED BY, then the metadata; computed columns and the watermark are expressions over it. Immutable.
 */
public final class CatalogTable extends AbstractTable implements TranslatableTable, Versioned {
    /** A WATERMARK clause: for that column, whose value is {@code time} over the source row, by that expression over the same. */
    public record Watermark(String column, RexNode time, RexNode expression, String text) {
        /** The text of the expression in one line. */
        public String shown() {
            return TableColumn.inOneLine(text);
        }
    }

    private final ObjectName name;
    private final List<TableColumn> columns;
    private final Optional<Watermark> watermark;
    private final List<String> primaryKey;
    private final List<String> partitionKeys;
    private final TableOptionTexts options;
    private final Comments comments;
    /** So that a source that is read several times with the same hints stays one. */
    private final Map<TableOptionTexts, CatalogTable> hinted = new HashMap<>();

    public CatalogTable(ObjectName name, List<TableColumn> columns, Optional<Watermark> watermark, List<String> primaryKey,
            List<String> partitionKeys, TableOptionTexts options, Comments comments) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.watermark = watermark;
        this.primaryKey = List.copyOf(primaryKey);
        this.partitionKeys = List.copyOf(partitionKeys);
        this.options = options;
        this.comments = comments;
    }

    /** The name as plans and messages show it. */
    public String name() {
        return name.shown();
    }

    public ObjectName objectName() {
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

    /** Whether it is a format that makes rows of records, and not the connector. */
    public boolean hasFormat() {
        return options.texts().containsKey("format") || options.texts().containsKey("value.format");
    }

    public Comments comments() {
        return comments;
    }

    /** This table under another name. */
    public CatalogTable renamed(ObjectName newName) {
        return new CatalogTable(newName, columns, watermark, primaryKey, partitionKeys, options, comments);
    }

    /** This table with OPTIONS hints over its own options; for the same hints always the same one. */
    public CatalogTable withOptions(TableOptionTexts hints) {
        return hinted.computeIfAbsent(options.with(hints),
                all -> new CatalogTable(name, columns, watermark, primaryKey, partitionKeys, all, comments));
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

    /** The columns that records hold: the physical ones but those of PARTITIONED BY, which a source tells from where a record is. */
    public Schema recordSchema() {
        Schema schema = Schema.empty();
        for (TableColumn column : columns) {
            if (column instanceof TableColumn.Physical && !partitionKeys.contains(column.name())) {
                schema = schema.with(column.name(), Types.toDataType(column.type()));
            }
        }
        return schema;
    }

    /** The columns that a sink is given: those that an INSERT fills, metadata with the types that the connector gives it. */
    public Schema writtenSchema() {
        Schema schema = Schema.empty();
        for (TableColumn column : insertedColumns()) {
            schema = schema.with(column.name(), Types.toDataType(column instanceof TableColumn.Metadata metadata ? metadata.carried() : column.type()));
        }
        return schema;
    }

    /** The metadata columns, in order. */
    public List<TableColumn.Metadata> metadata() {
        return columns.stream().filter(TableColumn.Metadata.class::isInstance).map(TableColumn.Metadata.class::cast).toList();
    }

    /** What a connector is asked for to fill the source row's columns after those that records hold. */
    public List<String> metadataKeys() {
        List<String> keys = new ArrayList<>();
        columns.stream().filter(column -> isPartition(column, partitionKeys)).forEach(column -> keys.add(Connector.PARTITION + column.name()));
        metadata().forEach(column -> keys.add(column.key()));
        return keys;
    }

    /** The columns that an INSERT fills: physical ones and metadata that is not VIRTUAL. */
    public List<TableColumn> insertedColumns() {
        return columns.stream().filter(column -> column instanceof TableColumn.Physical
                || column instanceof TableColumn.Metadata metadata && !metadata.isVirtual()).toList();
    }

    /** The source row. */
    public RelDataType sourceRowType(RelDataTypeFactory types) {
        return sourceRowType(types, columns, partitionKeys);
    }

    /** The source row of a table with these columns: what records hold, the texts of the partition, metadata. */
    public static RelDataType sourceRowType(RelDataTypeFactory types, List<TableColumn> columns, List<String> partitionKeys) {
        RelDataTypeFactory.Builder builder = types.builder().kind(StructKind.FULLY_QUALIFIED);
        columns.stream().filter(column -> column instanceof TableColumn.Physical && !isPartition(column, partitionKeys))
                .forEach(column -> builder.add(column.name(), column.type()));
        columns.stream().filter(column -> isPartition(column, partitionKeys)).forEach(column -> builder.add(column.name(),
                Types.toRelType((StreamTypeFactory) types, DataType.string().nullable(column.type().isNullable()))));
        columns.stream().filter(TableColumn.Metadata.class::isInstance).map(TableColumn.Metadata.class::cast)
                .forEach(column -> builder.add(column.name(), column.carried()));
        return builder.build();
    }

    /** A column that is not computed, as an expression over the source row. */
    public static RexNode sourceValue(RexBuilder rex, RelDataType sourceRow, TableColumn column) {
        int place = sourceRow.getFieldNames().indexOf(column.name());
        RelDataType type = sourceRow.getFieldList().get(place).getType();
        RexNode value = rex.makeInputRef(type, place);
        return type.equals(column.type()) ? value : rex.makeAbstractCast(column.type(), value, false);
    }

    private static boolean isPartition(TableColumn column, List<String> partitionKeys) {
        return column instanceof TableColumn.Physical && partitionKeys.contains(column.name());
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
        if (!context.getTableHints().isEmpty()) {
            return withOptions(Hints.options(context.getTableHints())).toRel(ViewExpanders.simpleContext(context.getCluster()), table);
        }
        SourceScan scan = new SourceScan(context.getCluster(), this);
        RexBuilder rex = context.getCluster().getRexBuilder();
        List<RexNode> projects = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (TableColumn column : columns) {
            RexNode value = column instanceof TableColumn.Computed computed ? computed.expression()
                    : sourceValue(rex, scan.getRowType(), column);
            projects.add(isRowtime(column) ? TimeAttributes.rowtime(rex, value) : value);
            names.add(column.name());
        }
        return LogicalProject.create(scan, List.of(), projects, names, Set.of());
    }
}
