package creek.sql.internal.statement;

import creek.core.connector.TableOptions;
import creek.core.option.OptionException;
import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.CatalogView;
import creek.sql.internal.catalog.ObjectName;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.dql.SqlShowCreateTable;
import org.apache.flink.sql.parser.dql.SqlShowCreateView;

/** {@code SHOW CREATE TABLE} and {@code VIEW}: the statement that would make it again, but for the values of secret options. */
final class ShowCreate {
    private ShowCreate() {
    }

    static StatementResult table(SqlShowCreateTable statement, SessionContext session) {
        ObjectName name = session.catalog().resolve(statement.getTableName());
        SqlParserPos place = statement.getTableName().getParserPosition();
        CatalogTable table = session.catalog().table(name).orElseThrow(() -> SqlError.invalid(session.catalog().view(name).isPresent()
                ? name.shown() + " is a view; say SHOW CREATE VIEW" : "there is no table " + name.shown(), place));
        List<String> clauses = new ArrayList<>();
        table.columns().forEach(column -> clauses.add(text(column) + comment(table.comments().columns().get(column.name()))));
        table.watermark().ifPresent(mark -> clauses.add("WATERMARK FOR " + ObjectName.quoted(mark.column()) + " AS " + mark.text()));
        if (!table.primaryKey().isEmpty()) {
            clauses.add("PRIMARY KEY (" + quoted(table.primaryKey()) + ") NOT ENFORCED");
        }
        Set<String> secrets = secrets(table, session);
        String options = table.options().texts().isEmpty() ? "" : table.options().texts().entrySet().stream()
                .map(option -> literal(option.getKey()) + " = " + literal(secrets.contains(option.getKey()) ? "******" : option.getValue()))
                .collect(Collectors.joining(",\n  ", "WITH (\n  ", "\n)"));
        return texts("CREATE TABLE " + name.quoted() + " (\n  " + String.join(",\n  ", clauses) + "\n)\n"
                + (table.comments().table() == null ? "" : comment(table.comments().table()).strip() + "\n")
                + (table.partitionKeys().isEmpty() ? "" : "PARTITIONED BY (" + quoted(table.partitionKeys()) + ")\n") + options);
    }

    static StatementResult view(SqlShowCreateView statement, SessionContext session) {
        ObjectName name = session.catalog().resolve(statement.getViewName());
        SqlParserPos place = statement.getViewName().getParserPosition();
        CatalogView view = session.catalog().view(name).orElseThrow(() -> SqlError.invalid(session.catalog().table(name).isPresent()
                ? name.shown() + " is a table; say SHOW CREATE TABLE" : "there is no view " + name.shown(), place));
        return texts("CREATE VIEW " + name.quoted() + " (" + quoted(view.getRowType(session.types()).getFieldNames()) + ")\nAS " + view.query());
    }

    private static StatementResult texts(String statement) {
        return new StatementResult.Texts(List.of("result"), statement.lines().map(List::of).toList());
    }

    private static String text(TableColumn column) {
        String name = ObjectName.quoted(column.name()) + " ";
        if (column instanceof TableColumn.Computed computed) {
            return name + "AS " + computed.text();
        }
        String typed = name + Types.toDataType(column.type());
        return column instanceof TableColumn.Metadata metadata
                ? typed + " METADATA FROM " + literal(metadata.key()) + (metadata.isVirtual() ? " VIRTUAL" : "") : typed;
    }

    private static String comment(String text) {
        return text == null ? "" : " COMMENT " + literal(text);
    }

    private static String quoted(List<String> names) {
        return names.stream().map(ObjectName::quoted).collect(Collectors.joining(", "));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The keys of options that are secret; where connector or format is not there to say so, all but those two names. */
    private static Set<String> secrets(CatalogTable table, SessionContext session) {
        try {
            return TableOptions.of(table.options().texts(), table.physicalSchema(), table.primaryKey(), session.registry()).secretKeys();
        } catch (OptionException e) {
            Set<String> keys = new HashSet<>(table.options().texts().keySet());
            keys.removeAll(Set.of(TableOptions.CONNECTOR.key(), TableOptions.FORMAT.key()));
            return keys;
        }
    }
}
