package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.Catalog;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.type.TimeAttributeType;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.sql.parser.dql.SqlRichDescribeTable;

/** {@code DESCRIBE name}: the columns of a table or view. */
final class Describe implements Handler<SqlRichDescribeTable> {
    private static final List<String> COLUMNS = List.of("name", "type", "null", "key", "extras", "watermark");

    @Override
    public StatementResult execute(SqlRichDescribeTable statement, SessionContext session) {
        String name = Catalog.resolve(new SqlIdentifier(Arrays.asList(statement.fullTableName()), statement.getParserPosition()));
        Table table = session.catalog().tables().get(name);
        if (table == null) {
            throw SqlError.invalid("there is no table or view " + name, statement.getParserPosition());
        }
        List<List<String>> rows = new ArrayList<>();
        for (RelDataTypeField field : table.getRowType(session.types()).getFieldList()) {
            rows.add(List.of(field.getName(), type(field.getType()), String.valueOf(field.getType().isNullable()).toUpperCase(),
                    table instanceof CatalogTable own && own.primaryKey().contains(field.getName())
                            ? "PRI(" + String.join(", ", own.primaryKey()) + ")" : "",
                    table instanceof CatalogTable own ? extras(own, field.getName()) : "",
                    table instanceof CatalogTable own ? own.watermark().filter(mark -> mark.column().equals(field.getName()))
                            .map(CatalogTable.Watermark::text).orElse("") : ""));
        }
        return new StatementResult.Texts(COLUMNS, rows);
    }

    private static String type(RelDataType type) {
        return Types.toDataType(type).nullable(true)
                + (type instanceof TimeAttributeType attribute ? " *" + attribute.kind() + "*" : "");
    }

    private static String extras(CatalogTable table, String name) {
        TableColumn column = table.columns().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        if (column instanceof TableColumn.Computed computed) {
            return "AS " + computed.text();
        }
        return column instanceof TableColumn.Metadata metadata
                ? "METADATA FROM '" + metadata.key() + "'" + (metadata.isVirtual() ? " VIRTUAL" : "") : "";
    }
}
