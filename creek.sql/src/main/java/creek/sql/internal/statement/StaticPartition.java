package creek.sql.internal.statement;

import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.type.ImplicitCasts;
import creek.sql.internal.type.Types;
import creek.sql.internal.validate.Analyzer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.flink.sql.parser.SqlProperty;

/** {@code INSERT INTO t PARTITION (day = '2024-01-01')}: the value of partition columns for all rows. */
final class StaticPartition {
    private StaticPartition() {
    }

    static Map<TableColumn, RexNode> values(SqlNodeList clause, CatalogTable table, Analyzer analyzer) {
        Map<TableColumn, RexNode> values = new LinkedHashMap<>();
        for (SqlNode node : clause) {
            SqlProperty property = (SqlProperty) node;
            String name = property.getKeyString();
            if (!table.partitionKeys().contains(name)) {
                throw SqlError.invalid("table " + table.name() + (table.partitionKeys().isEmpty() ? " is not PARTITIONED BY any column"
                        : " is PARTITIONED BY (" + String.join(", ", table.partitionKeys()) + "), not by " + name), node.getParserPosition());
            }
            TableColumn column = table.columns().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
            RexNode value = analyzer.toRex(property.getValue(), analyzer.types().builder().build());
            // as in Flink, a text stands for a value of any type here
            if (!Types.toDataType(value.getType()).isString()
                    && !ImplicitCasts.isAllowed(Types.toDataType(value.getType()), Types.toDataType(column.type()))) {
                throw SqlError.invalid("partition column " + name + " is " + Types.toDataType(column.type()) + ", but its value is "
                        + Types.toDataType(value.getType()), node.getParserPosition());
            }
            if (values.put(column, analyzer.rexBuilder().makeAbstractCast(column.type(), value, false)) != null) {
                throw SqlError.invalid("column " + name + " is there twice", node.getParserPosition());
            }
        }
        return values;
    }
}
