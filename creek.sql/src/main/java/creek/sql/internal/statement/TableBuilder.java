package creek.sql.internal.statement;

import creek.core.connector.TableOptions;
import creek.core.data.DataType;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.Comments;
import creek.sql.internal.catalog.ObjectName;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.catalog.TableOptionTexts;
import creek.sql.internal.parse.StatementParser;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.type.Types;
import creek.sql.internal.validate.Analyzer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlComputedColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlMetadataColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlRegularColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn;
import org.apache.flink.sql.parser.ddl.SqlWatermark;
import org.apache.flink.sql.parser.ddl.constraint.SqlTableConstraint;

/**
 * Puts a table together, from another one that it is LIKE or that is altered, and from a statement's clauses. Expressions are resolved only in
 * {@link #build}, when all columns are known.
 */
final class TableBuilder {
    /** An expression with its text; where it comes from another statement, places in it mean nothing and that one is named instead. */
    private record Clause(SqlNode expression, String text, SqlParserPos place) {
    }

    private record WatermarkClause(SqlIdentifier column, Clause strategy) {
    }

    private final ObjectName name;
    private final SessionContext session;
    private final Analyzer analyzer;
    /** In order; of computed columns there is a place only. */
    private final Map<String, Optional<TableColumn>> columns = new LinkedHashMap<>();
    private final Map<String, Clause> computed = new LinkedHashMap<>();
    private Optional<WatermarkClause> watermark = Optional.empty();
    private List<String> primaryKey = List.of();
    private List<String> partitionKeys = List.of();
    private final Set<String> anew = new HashSet<>();
    private final Map<String, String> comments = new LinkedHashMap<>();
    private String tableComment;
    private TableOptionTexts options = new TableOptionTexts(Map.of(), Map.of(), new TableOptionTexts.Place(0, 0));

    TableBuilder(ObjectName name, SessionContext session) {
        this.name = name;
        this.session = session;
        this.analyzer = session.analyzer();
    }

    /** Starts from a table as it is. */
    static TableBuilder of(CatalogTable table, SessionContext session, SqlParserPos place) {
        TableBuilder builder = new TableBuilder(table.objectName(), session);
        table.columns().forEach(column -> builder.addColumn(column, place));
        builder.setWatermark(table.watermark(), place);
        builder.primaryKey = table.primaryKey();
        builder.partitionKeys = table.partitionKeys();
        builder.options = table.options();
        builder.setComments(table.comments());
        return builder;
    }

    /** Another table's comments. */
    void setComments(Comments other) {
        tableComment = other.table();
        comments.putAll(other.columns());
    }

    void setTableComment(String comment) {
        tableComment = comment;
    }

    /** The names of the columns, in order. */
    List<String> columnNames() {
        return List.copyOf(columns.keySet());
    }

    /** A column of another table. */
    void addColumn(TableColumn column, SqlParserPos place) {
        if (column instanceof TableColumn.Computed old) {
            computed.put(column.name(), new Clause(StatementParser.parseExpression(old.text()), old.text(), place));
        }
        columns.put(column.name(), column instanceof TableColumn.Computed ? Optional.empty() : Optional.of(column));
    }

    /** Has the statement declare a column of the other table anew. */
    void allowAnew(String column) {
        anew.add(column);
    }

    /** A column that the statement declares. */
    void addColumn(SqlTableColumn column) {
        String columnName = simple(column.getName());
        if (columns.containsKey(columnName) && !anew.contains(columnName)) {
            throw SqlError.invalid("column " + columnName + " is there twice", column.getParserPosition());
        }
        declare(column);
    }

    /** Declares a column anew, in its place if it is there. */
    void declare(SqlTableColumn column) {
        String columnName = simple(column.getName());
        computed.remove(columnName);
        comments.remove(columnName);
        column.getComment().ifPresent(comment -> comments.put(columnName, ((SqlLiteral) comment).getValueAs(String.class)));
        if (column instanceof SqlComputedColumn expression) {
            computed.put(columnName, clause(expression.getExpr()));
            columns.put(columnName, Optional.empty());
        } else if (column instanceof SqlMetadataColumn metadata) {
            RelDataType type = type(analyzer.toType(metadata.getType()), column);
            columns.put(columnName, Optional.of(new TableColumn.Metadata(columnName, type, metadata.getMetadataAlias().orElse(columnName),
                    metadata.isVirtual(), type)));
        } else {
            columns.put(columnName, Optional.of(
                    new TableColumn.Physical(columnName, type(analyzer.toType(((SqlRegularColumn) column).getType()), column))));
        }
    }

    private static String simple(SqlIdentifier column) {
        if (!column.isSimple()) {
            throw SqlError.unsupported("columns within a ROW can't be changed; declare the whole column anew", column.getParserPosition());
        }
        return column.getSimple();
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

    /** Moves a column behind another one, or to the front. */
    void move(String column, Optional<String> after) {
        List<String> order = new ArrayList<>(columns.keySet());
        order.remove(column);
        order.add(after.map(each -> order.indexOf(each) + 1).orElse(0), column);
        reorder(order);
    }

    /** Puts all columns in that order. */
    void reorder(List<String> order) {
        Map<String, Optional<TableColumn>> unordered = new LinkedHashMap<>(columns);
        columns.clear();
        order.forEach(each -> columns.put(each, unordered.get(each)));
    }

    /** Takes a column out; expressions that use it no longer resolve. */
    void dropColumn(SqlIdentifier identifier) {
        String column = existing(identifier);
        refuseInKeys(column, "dropped", identifier);
        columns.remove(column);
        computed.remove(column);
        comments.remove(column);
    }

    void renameColumn(SqlIdentifier from, SqlIdentifier to) {
        String old = existing(from);
        refuseInKeys(old, "renamed", from);
        String renamed = simple(to);
        if (columns.containsKey(renamed)) {
            throw SqlError.invalid("column " + renamed + " is there already", to.getParserPosition());
        }
        List<String> order = new ArrayList<>(columns.keySet());
        order.set(order.indexOf(old), renamed);
        Optional<TableColumn> column = columns.remove(old);
        columns.put(renamed, column.map(each -> each instanceof TableColumn.Metadata metadata
                ? new TableColumn.Metadata(renamed, metadata.type(), metadata.key(), metadata.isVirtual(), metadata.carried())
                : new TableColumn.Physical(renamed, each.type())));
        String comment = comments.remove(old);
        if (comment != null) {
            comments.put(renamed, comment);
        }
        Clause expression = computed.remove(old);
        if (expression != null) {
            computed.put(renamed, expression);
        }
        reorder(order);
    }

    private void refuseInKeys(String column, String what, SqlIdentifier place) {
        String use = primaryKey.contains(column) ? "the PRIMARY KEY; drop that first" : partitionKeys.contains(column) ? "PARTITIONED BY"
                : watermark.isPresent() && watermark.get().column().getSimple().equals(column) ? "the WATERMARK; drop that first" : null;
        if (use != null) {
            throw SqlError.invalid("column " + column + " can't be " + what + ": it is used by " + use, place.getParserPosition());
        }
    }

    boolean hasWatermark() {
        return watermark.isPresent();
    }

    void dropWatermark() {
        watermark = Optional.empty();
    }

    /** Another table's watermark. */
    void setWatermark(Optional<CatalogTable.Watermark> other, SqlParserPos place) {
        watermark = other.map(mark -> new WatermarkClause(new SqlIdentifier(mark.column(), place),
                new Clause(StatementParser.parseExpression(mark.text()), mark.text(), place)));
    }

    void setWatermark(SqlWatermark clause) {
        if (!clause.getEventTimeColumnName().isSimple()) {
            throw SqlError.unsupported("WATERMARK on a nested field is not supported; add a computed column for it",
                    clause.getEventTimeColumnName().getParserPosition());
        }
        watermark = Optional.of(new WatermarkClause(clause.getEventTimeColumnName(), clause(clause.getWatermarkStrategy())));
    }

    boolean hasPrimaryKey() {
        return !primaryKey.isEmpty();
    }

    /** Another table's key. */
    void setPrimaryKey(List<String> key) {
        primaryKey = key;
    }

    void setPrimaryKey(SqlTableConstraint constraint) {
        if (!constraint.isPrimaryKey()) {
            throw SqlError.unsupported("UNIQUE constraints are not supported; use PRIMARY KEY ... NOT ENFORCED", constraint.getParserPosition());
        }
        if (constraint.isEnforced()) {
            throw SqlError.invalid("a PRIMARY KEY can't be checked over a stream; say NOT ENFORCED", constraint.getParserPosition());
        }
        primaryKey = List.of(constraint.getColumnNames());
        primaryKey.forEach(key -> requirePhysical(key, "the PRIMARY KEY", constraint.getParserPosition()));
    }

    private TableColumn requirePhysical(String column, String user, SqlParserPos place) {
        return columns.getOrDefault(column, Optional.empty()).filter(TableColumn.Physical.class::isInstance).orElseThrow(
                () -> SqlError.invalid(user + " names " + column + ", which is no physical column of the table", place));
    }

    void setPartitionKeys(List<String> keys) {
        this.partitionKeys = keys;
    }

    void setPartitionKeys(Iterable<SqlNode> keys) {
        List<String> names = new ArrayList<>();
        for (SqlNode key : keys) {
            names.add(existing((SqlIdentifier) key));
            requirePhysical(key.toString(), "PARTITIONED BY", key.getParserPosition());
        }
        partitionKeys = names;
    }

    TableOptionTexts options() {
        return options;
    }

    void setOptions(TableOptionTexts texts) {
        this.options = texts;
    }

    /** The column of that name. */
    String existing(SqlIdentifier column) {
        if (!columns.containsKey(simple(column))) {
            throw SqlError.invalid("the table has no column " + column.getSimple() + "; it has " + String.join(", ", columns.keySet()),
                    column.getParserPosition());
        }
        return column.getSimple();
    }

    private Clause clause(SqlNode expression) {
        return new Clause(expression, StatementTexts.part(session.statement().text(), expression.getParserPosition()), null);
    }

    CatalogTable build() {
        if (columns.isEmpty()) {
            throw SqlError.invalid("a table needs columns");
        }
        for (String key : primaryKey) {
            RelDataType type = requirePhysical(key, "the PRIMARY KEY", null).type();
            columns.put(key, Optional.of(new TableColumn.Physical(key, analyzer.types().createTypeWithNullability(type, false))));
        }
        partitionKeys.forEach(key -> requirePhysical(key, "PARTITIONED BY", null));
        columns.replaceAll((key, column) -> column.map(each -> each instanceof TableColumn.Metadata metadata ? carried(metadata) : each));
        List<TableColumn> stored = columns.values().stream().flatMap(Optional::stream).toList();
        RelDataType source = CatalogTable.sourceRowType(analyzer.types(), stored, partitionKeys);
        Map<String, RexNode> values = new LinkedHashMap<>();
        stored.forEach(column -> values.put(column.name(), CatalogTable.sourceValue(analyzer.rexBuilder(), source, column)));
        // an expression may be over stored columns that come after it, not over other computed ones
        Map<String, RexNode> expressions = new LinkedHashMap<>();
        computed.forEach((column, clause) -> expressions.put(column, resolve(clause, values, "column " + column)));
        values.putAll(expressions);
        List<TableColumn> all = new ArrayList<>();
        columns.forEach((column, declared) -> all.add(declared.orElseGet(
                () -> new TableColumn.Computed(column, expressions.get(column), computed.get(column).text()))));
        return new CatalogTable(name, all, watermark.map(clause -> resolve(clause, values)), primaryKey, partitionKeys, options,
                new Comments(tableComment, comments));
    }

    /** A metadata column with the type that the connector gives, if that is there to ask. */
    private TableColumn carried(TableColumn.Metadata column) {
        Optional<DataType> given = Optional.ofNullable(options.texts().get(TableOptions.CONNECTOR.key())).flatMap(session.registry()::connector)
                .map(connector -> connector.metadata().get(column.key()));
        return given.filter(type -> !type.nullable(true).equals(Types.toDataType(column.type()).nullable(true)))
                .map(type -> (TableColumn) new TableColumn.Metadata(column.name(), column.type(), column.key(), column.isVirtual(),
                        Types.toRelType(analyzer.types(), type.nullable(column.type().isNullable())))).orElse(column);
    }

    private RexNode resolve(Clause clause, Map<String, RexNode> values, String user) {
        try {
            RelDataTypeFactory.Builder row = analyzer.types().builder();
            values.forEach((column, value) -> row.add(column, value.getType()));
            return Rewrites.substitute(analyzer.toRex(clause.expression(), row.build()), List.copyOf(values.values()));
        } catch (SqlError e) {
            throw clause.place() == null ? e : SqlError.invalid(user + ", which is " + clause.text() + ", does not go with this: "
                    + e.getMessage(), clause.place(), e);
        }
    }

    private CatalogTable.Watermark resolve(WatermarkClause clause, Map<String, RexNode> values) {
        String column = existing(clause.column());
        RelDataType type = values.get(column).getType();
        RowtimeTypes.checkColumn(column, type, clause.column().getParserPosition());
        RexNode expression = resolve(clause.strategy(), values, "the watermark of " + column);
        RowtimeTypes.checkWatermark(column, type, expression.getType(), clause.strategy().expression().getParserPosition());
        return new CatalogTable.Watermark(column, values.get(column), expression, clause.strategy().text());
    }
}
