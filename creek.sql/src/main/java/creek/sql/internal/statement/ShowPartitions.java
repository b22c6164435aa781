package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.ObjectName;
import java.util.Arrays;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.sql.parser.dql.SqlShowPartitions;

/** {@code SHOW PARTITIONS table}: refused, as by Flink for tables of a session, with the reason. */
final class ShowPartitions {
    private ShowPartitions() {
    }

    static StatementResult execute(SqlShowPartitions statement, SessionContext session) {
        SqlIdentifier identifier = new SqlIdentifier(Arrays.asList(statement.fullTableName()), statement.getParserPosition());
        ObjectName name = session.catalog().resolve(identifier);
        CatalogTable table = session.catalog().table(name).orElseThrow(
                () -> SqlError.invalid("there is no table " + name.shown(), identifier.getParserPosition()));
        throw table.partitionKeys().isEmpty()
                ? SqlError.invalid("table " + name.shown() + " is not partitioned", identifier.getParserPosition())
                : SqlError.unsupported("the catalog keeps no list of partitions; those of table " + name.shown() + " are in SELECT DISTINCT "
                        + String.join(", ", table.partitionKeys()) + " FROM " + name.shown(), identifier.getParserPosition());
    }
}
