package creek.sql.internal.statement;

import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.TableOptionTexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.ddl.SqlCreateTable;
import org.apache.flink.sql.parser.ddl.SqlTableColumn;
import org.apache.flink.sql.parser.ddl.SqlTableOption;
import org.apache.flink.sql.parser.ddl.constraint.SqlTableConstraint;

/** The clauses of CREATE TABLE, put into a table. */
final class TableClauses {
    private TableClauses() {
    }

    static void apply(SqlCreateTable statement, TableBuilder builder, SessionContext session) {
        applyColumns(statement, builder);
        applyAllButColumns(statement, statement.getFullConstraints(), builder, session);
    }

    static void applyColumns(SqlCreateTable statement, TableBuilder builder) {
        for (SqlNode column : statement.getColumnList()) {
            builder.addColumn((SqlTableColumn) column);
        }
    }

    /** @param constraints those of the table, and of columns that are declared */
    static void applyAllButColumns(SqlCreateTable statement, List<SqlTableConstraint> constraints, TableBuilder builder, SessionContext session) {
        if (statement.getDistribution() != null) {
            throw SqlError.unsupported("DISTRIBUTED BY is not supported; leave it out", statement.getDistribution().getParserPosition());
        }
        statement.getComment().ifPresent(comment -> builder.setTableComment(comment.getValueAs(String.class)));
        statement.getWatermark().ifPresent(builder::setWatermark);
        constraints.forEach(builder::setPrimaryKey);
        if (!statement.getPartitionKeyList().isEmpty()) {
            builder.setPartitionKeys(statement.getPartitionKeyList());
        }
        builder.setOptions(builder.options().with(
                options(statement.getPropertyList(), statement.getTableName().getParserPosition(), session)));
    }

    /** Options with their places; options that are missing are missed at that of the table's name. */
    static TableOptionTexts options(SqlNodeList list, SqlParserPos name, SessionContext session) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, TableOptionTexts.Place> places = new LinkedHashMap<>();
        for (SqlNode node : list) {
            SqlTableOption option = (SqlTableOption) node;
            texts.put(option.getKeyString(), option.getValueString());
            places.put(option.getKeyString(), session.place(option.getKey().getParserPosition()));
        }
        return new TableOptionTexts(texts, places, session.place(name));
    }
}
