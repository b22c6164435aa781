package creek.sql.internal.statement;

import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.catalog.TableOptionTexts;
import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.Types;
import creek.sql.internal.validate.Analyzer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.flink.sql.parser.ddl.SqlCreateTable;
import org.apache.flink.sql.parser.ddl.SqlTableColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlComputedColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlMetadataColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlRegularColumn;
import org.apache.flink.sql.parser.ddl.SqlTableOption;
import org.apache.flink.sql.parser.ddl.SqlWatermark;
import org.apache.flink.sql.parser.ddl.constraint.SqlTableConstraint;

/** Puts a table together, from another one that it is LIKE and from its own clauses. */
final class TableBuilder {
    private static final int MAX_ROWTIME_PRECISION = 3;

    private final String name;
    private final SessionContext session;
    private final Analyzer analyzer;
    private final Map<String, TableColumn> columns = new LinkedHashMap<>();
    private Optional<CatalogTable.Watermark> watermark = Optional.empty();
    private List<String> primaryKey = List.of();
    private List<String> partitionKeys = List.of();
    private TableOptionTexts options = new TableOptionTexts(Map.of(), Map.of(), new TableOptionTexts.Place(0, 0));

    TableBuilder(String name, SessionContext session) {
        this.name = name;
        this.session = session;
        this.analyzer = session.analyzer();
    }

    void addColumn(TableColumn column) {
        columns.put(column.name(), column);
    }

    void setWatermark(Optional<CatalogTable.Watermark> newWatermark) {
        this.watermark = newWatermark;
    }

    void setPrimaryKey(List<String> key) {
        this.primaryKey = key;
    }

    void setPartitionKeys(List<String> keys) {
        this.partitionKeys = keys;
    }

    void setOptions(TableOptionTexts texts) {
        this.options = texts;
    }

    /** Adds a statement's own clauses. */
    void add(SqlCreateTable statement) {
        if (statement.getDistribution() != null) {
            throw SqlError.unsupported("DISTRIBUTED BY is not supported; leave it out", statement.getDistribution().getParserPosition());
        }
        List<SqlComputedColumn> computed = new ArrayList<>();
        List<String> order = new ArrayList<>(columns.keySet());
        for (SqlNode node : statement.getColumnList()) {
            SqlTableColumn column = (SqlTableColumn) node;
            String columnName = column.getName().getSimple();
            if (columns.containsKey(columnName) || order.contains(columnName)) {
                throw SqlError.invalid("column " + columnName + " is there twice", column.getParserPosition());
            }
            order.add(columnName);
            if (column instanceof SqlComputedColumn expression) {
                computed.add(expression);
            } else {
                columns.put(columnName, stored(column));
            }
        }
        // an expression may be over columns that come after it
        RelDataType source = CatalogTable.sourceRowType(analyzer.types(), List.copyOf(columns.values()));
        for (SqlComputedColumn column : computed) {
            RexNode expression = analyzer.toRex(column.getExpr(), source);
            columns.put(column.getName().getSimple(),
                    new TableColumn.Computed(column.getName().getSimple(), expression, text(column.getExpr().getParserPosition())));
        }
        List<TableColumn> unordered = List.copyOf(columns.values());
        columns.clear();
        order.forEach(each -> unordered.stream().filter(column -> column.name().equals(each)).forEach(this::addColumn));
        statement.getWatermark().ifPresent(this::addWatermark);
        statement.getFullConstraints().forEach(this::addConstraint);
        if (!statement.getPartitionKeyList().isEmpty()) {
            partitionKeys = statement.getPartitionKeyList().stream().map(key -> existing((SqlIdentifier) key)).toList();
        }
        addOptions(statement);
    }

    private TableColumn stored(SqlTableColumn column) {
        String columnName = column.getName().getSimple();
        if (column instanceof SqlMetadataColumn metadata) {
            return new TableColumn.Metadata(columnName, type(analyzer.toType(metadata.getType()), column),
                    metadata.getMetadataAlias().orElse(columnName), metadata.isVirtual());
        }
        return new TableColumn.Physical(columnName, type(analyzer.toType(((SqlRegularColumn) column).getType()), column));
    }

    /** Refuses types that the engine can't carry where they are declared, rather than where they are first used. */
    private static RelDataType type(RelDataType type, SqlTableColumn column) {
        try {
            Types.toDataType(type);
            return type;
        } catch (SqlError e) {
            throw e.at(column.getParserPosition());
        }
    }

    private void addWatermark(SqlWatermark clause) {
        SqlIdentifier identifier = clause.getEventTimeColumnName();
        if (!identifier.isSimple()) {
            throw SqlError.unsupported("WATERMARK on a nested field is not supported; add a computed column for it",
                    identifier.getParserPosition());
        }
        TableColumn column = columns.get(existing(identifier));
        if (!isRowtimeType(column.type())) {
            throw SqlError.invalid("WATERMARK needs a column of type TIMESTAMP(3) or TIMESTAMP_LTZ(3), but " + column.name() + " is "
                    + Types.toDataType(column.type()) + "; add a computed column such as event_time AS "
                    + (column.type().getSqlTypeName() == SqlTypeName.BIGINT ? "TO_TIMESTAMP_LTZ(" + column.name() + ", 3)"
                            : "CAST(" + column.name() + " AS TIMESTAMP(3))"), identifier.getParserPosition());
        }
        RexNode overColumns = analyzer.toRex(clause.getWatermarkStrategy(), rowType());
        RexNode expression = overSource(overColumns);
        if (expression.getType().getSqlTypeName() != column.type().getSqlTypeName()
                || expression.getType().getPrecision() > MAX_ROWTIME_PRECISION) {
            throw SqlError.invalid("the watermark of " + column.name() + " must be " + Types.toDataType(column.type()).nullable(true) + ", but is "
                    + Types.toDataType(expression.getType()).nullable(true), clause.getWatermarkStrategy().getParserPosition());
        }
        watermark = Optional.of(new CatalogTable.Watermark(column.name(), expression,
                text(clause.getWatermarkStrategy().getParserPosition())));
    }

    private static boolean isRowtimeType(RelDataType type) {
        return (type.getSqlTypeName() == SqlTypeName.TIMESTAMP || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
                && type.getPrecision() <= MAX_ROWTIME_PRECISION;
    }

    private RelDataType rowType() {
        var row = analyzer.types().builder();
        columns.values().forEach(column -> row.add(column.name(), column.type()));
        return row.build();
    }

    /** An expression over all columns as one over the source row. */
    private RexNode overSource(RexNode overColumns) {
        RelDataType source = CatalogTable.sourceRowType(analyzer.types(), List.copyOf(columns.values()));
        List<RexNode> values = new ArrayList<>();
        for (TableColumn column : columns.values()) {
            values.add(column instanceof TableColumn.Computed computed ? computed.expression()
                    : analyzer.rexBuilder().makeInputRef(column.type(), source.getFieldNames().indexOf(column.name())));
        }
        return creek.sql.internal.plan.Rewrites.substitute(overColumns, values);
    }

    private void addConstraint(SqlTableConstraint constraint) {
        if (!constraint.isPrimaryKey()) {
            throw SqlError.unsupported("UNIQUE constraints are not supported; use PRIMARY KEY ... NOT ENFORCED", constraint.getParserPosition());
        }
        if (constraint.isEnforced()) {
            throw SqlError.invalid("a PRIMARY KEY can't be checked over a stream; say NOT ENFORCED", constraint.getParserPosition());
        }
        primaryKey = List.of(constraint.getColumnNames());
        for (String key : primaryKey) {
            TableColumn column = columns.get(key);
            if (!(column instanceof TableColumn.Physical)) {
                throw SqlError.invalid("the PRIMARY KEY names " + key + ", which is no physical column of the table",
                        constraint.getParserPosition());
            }
            columns.replace(key, new TableColumn.Physical(key, analyzer.types().createTypeWithNullability(column.type(), false)));
        }
    }

    private String existing(SqlIdentifier column) {
        if (!columns.containsKey(column.getSimple())) {
            throw SqlError.invalid("the table has no column " + column.getSimple() + "; it has " + String.join(", ", columns.keySet()),
                    column.getParserPosition());
        }
        return column.getSimple();
    }

    private void addOptions(SqlCreateTable statement) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, TableOptionTexts.Place> places = new LinkedHashMap<>();
        for (SqlNode node : statement.getPropertyList()) {
            SqlTableOption option = (SqlTableOption) node;
            texts.put(option.getKeyString(), option.getValueString());
            places.put(option.getKeyString(), session.place(option.getKey().getParserPosition()));
        }
        options = options.with(new TableOptionTexts(texts, places, session.place(statement.getTableName().getParserPosition())));
    }

    /** The text of a part of the statement, for plans. */
    private String text(SqlParserPos position) {
        return StatementTexts.part(session.statement().text(), position).replaceAll("\\s+", " ");
    }

    CatalogTable build() {
        if (columns.values().stream().noneMatch(TableColumn.Physical.class::isInstance) && columns.isEmpty()) {
            throw SqlError.invalid("a table needs columns");
        }
        return new CatalogTable(name, List.copyOf(columns.values()), watermark, primaryKey, partitionKeys, options);
    }

    StreamTypeFactory types() {
        return analyzer.types();
    }
}
