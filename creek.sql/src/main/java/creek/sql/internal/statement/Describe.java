package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.ObjectName;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.type.TimeAttributeType;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.sql.parser.dql.SqlRichDescribeTable;
import org.apache.flink.sql.parser.dql.SqlShowColumns;

/** {@code DESCRIBE name}: the columns of a table or view. */
final class Describe implements Handler<SqlRichDescribeTable> {
    private static final List<String> COLUMNS = List.of("name", "type", "null", "key", "extras", "watermark");
    private static final List<String> WITH_COMMENTS = List.of("name", "type", "null", "key", "extras", "watermark", "comment");

    @Override
    public StatementResult execute(SqlRichDescribeTable statement, SessionContext session) {
        SqlIdentifier identifier = new SqlIdentifier(Arrays.asList(statement.fullTableName()), statement.getParserPosition());
        return columns(identifier, session, name -> true);
    }

    /** {@code SHOW COLUMNS FROM name [[NOT] LIKE pattern]}. */
    static StatementResult showColumns(SqlShowColumns statement, SessionContext session) {
        SqlIdentifier identifier = new SqlIdentifier(statement.getSqlIdentifierNameList(), statement.getParserPosition());
        return columns(identifier, session, Show.like(statement));
    }

    private static StatementResult columns(SqlIdentifier identifier, SessionContext session, Predicate<String> wanted) {
        ObjectName name = session.catalog().resolve(identifier);
        Table table = session.catalog().find(name).orElseThrow(
                () -> SqlError.invalid("there is no table or view " + name.shown(), identifier.getParserPosition()));
        Map<String, String> comments = table instanceof CatalogTable own ? own.comments().columns() : Map.of();
        List<List<String>> rows = new ArrayList<>();
        for (RelDataTypeField field : table.getRowType(session.types()).getFieldList()) {
            if (wanted.test(field.getName())) {
                List<String> row = new ArrayList<>(row(field, table));
                if (!comments.isEmpty()) {
                    row.add(comments.getOrDefault(field.getName(), ""));
                }
                rows.add(row);
            }
        }
        return new StatementResult.Texts(comments.isEmpty() ? COLUMNS : WITH_COMMENTS, rows);
    }

    private static List<String> row(RelDataTypeField field, Table table) {
        String name = field.getName();
        return List.of(name, type(field.getType()), field.getType().isNullable() ? "TRUE" : "FALSE",
                table instanceof CatalogTable own && own.primaryKey().contains(name) ? "PRI(" + String.join(", ", own.primaryKey()) + ")" : "",
                table instanceof CatalogTable own ? extras(own, name) : "",
                table instanceof CatalogTable own ? own.watermark().filter(mark -> mark.column().equals(name))
                        .map(CatalogTable.Watermark::shown).orElse("") : "");
    }

    private static String type(RelDataType type) {
        return Types.toDataType(type).nullable(true)
                + (type instanceof TimeAttributeType attribute ? " *" + attribute.kind() + "*" : "");
    }

    private static String extras(CatalogTable table, String name) {
        TableColumn column = table.columns().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        if (column instanceof TableColumn.Computed computed) {
            return "AS " + computed.shown();
        }
        return column instanceof TableColumn.Metadata metadata
                ? "METADATA FROM '" + metadata.key() + "'" + (metadata.isVirtual() ? " VIRTUAL" : "") : "";
    }
}
