package creek.sql.internal.statement;

import creek.sql.internal.SqlError;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.ddl.SqlAlterTableAdd;
import org.apache.flink.sql.parser.ddl.SqlAlterTableSchema;
import org.apache.flink.sql.parser.ddl.SqlTableColumn;
import org.apache.flink.sql.parser.ddl.SqlWatermark;
import org.apache.flink.sql.parser.ddl.constraint.SqlTableConstraint;
import org.apache.flink.sql.parser.ddl.position.SqlTableColumnPosition;

/** {@code ALTER TABLE name ADD (…)} and {@code MODIFY (…)}: ADD is for what is not there, MODIFY for what is. */
final class AlterTableSchema {
    private AlterTableSchema() {
    }

    static void apply(SqlAlterTableSchema statement, TableBuilder builder) {
        boolean add = statement instanceof SqlAlterTableAdd;
        if (statement.getDistribution().isPresent()) {
            throw SqlError.unsupported("DISTRIBUTED BY is not supported; leave it out", statement.getDistribution().get().getParserPosition());
        }
        for (SqlNode node : statement.getColumnPositions()) {
            addColumn((SqlTableColumnPosition) node, add, builder);
        }
        if (statement.getWatermark().isPresent()) {
            SqlWatermark watermark = statement.getWatermark().get();
            check(add, builder.hasWatermark(), "a WATERMARK", watermark);
            builder.setWatermark(watermark);
        }
        if (statement.getFullConstraint().isPresent()) {
            SqlTableConstraint constraint = statement.getFullConstraint().get();
            check(add, builder.hasPrimaryKey(), "a PRIMARY KEY", constraint);
            builder.setPrimaryKey(constraint);
        }
    }

    private static void addColumn(SqlTableColumnPosition position, boolean add, TableBuilder builder) {
        SqlTableColumn column = position.getColumn();
        String name = column.getName().toString();
        check(add, builder.columnNames().contains(name), "a column " + name, column);
        builder.declare(column);
        if (position.isFirstColumn()) {
            builder.move(name, Optional.empty());
        } else if (position.isAfterReferencedColumn()) {
            SqlIdentifier after = position.getAfterReferencedColumn();
            if (builder.existing(after).equals(name)) {
                throw SqlError.invalid("a column can't stand AFTER itself", after.getParserPosition());
            }
            builder.move(name, Optional.of(after.getSimple()));
        }
    }

    private static void check(boolean add, boolean there, String what, SqlNode clause) {
        if (add == there) {
            throw SqlError.invalid(add ? "the table has " + what + " already; say MODIFY" : "the table has not " + what + "; say ADD",
                    clause.getParserPosition());
        }
    }
}
