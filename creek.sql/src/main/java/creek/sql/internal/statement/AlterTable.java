package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.CatalogView;
import creek.sql.internal.catalog.ObjectName;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.ddl.SqlAlterTable;
import org.apache.flink.sql.parser.ddl.SqlAlterTableDropColumn;
import org.apache.flink.sql.parser.ddl.SqlAlterTableDropConstraint;
import org.apache.flink.sql.parser.ddl.SqlAlterTableDropPrimaryKey;
import org.apache.flink.sql.parser.ddl.SqlAlterTableDropWatermark;
import org.apache.flink.sql.parser.ddl.SqlAlterTableOptions;
import org.apache.flink.sql.parser.ddl.SqlAlterTableRename;
import org.apache.flink.sql.parser.ddl.SqlAlterTableRenameColumn;
import org.apache.flink.sql.parser.ddl.SqlAlterTableReset;
import org.apache.flink.sql.parser.ddl.SqlAlterTableSchema;

/** {@code ALTER TABLE [IF EXISTS] name …}: a new table takes the old one's place; jobs that were planned keep the old one. */
final class AlterTable implements Handler<SqlAlterTable> {
    @Override
    public StatementResult execute(SqlAlterTable statement, SessionContext session) {
        SqlParserPos place = statement.getTableName().getParserPosition();
        ObjectName name = session.catalog().resolve(statement.getTableName());
        CatalogTable table = session.catalog().table(name).orElse(null);
        if (table == null) {
            boolean isView = session.catalog().find(name).filter(CatalogView.class::isInstance).isPresent();
            if (statement.ifTableExists() && !isView) {
                return new StatementResult.Done("There was no table " + name.shown() + ".");
            }
            throw SqlError.invalid(isView ? name.shown() + " is a view; say ALTER VIEW" : "there is no table " + name.shown() + "; tables are "
                    + String.join(", ", session.catalog().tables(name).keySet()), place);
        }
        if (session.catalog().isTemporary(name)) {
            throw SqlError.invalid(name.shown() + " is a temporary table, which can't be altered; DROP it and create it anew", place);
        }
        TableBuilder builder = TableBuilder.of(table, session, place);
        if (statement instanceof SqlAlterTableRename rename) {
            return rename(table, new SqlIdentifier(Arrays.asList(rename.fullNewTableName()), place), session);
        } else if (statement instanceof SqlAlterTableOptions options) {
            builder.setOptions(builder.options().with(TableClauses.options(options.getPropertyList(), place, session)));
        } else if (statement instanceof SqlAlterTableReset reset) {
            reset(reset, builder);
        } else if (statement instanceof SqlAlterTableSchema schema) {
            AlterTableSchema.apply(schema, builder);
        } else if (statement instanceof SqlAlterTableDropColumn drop) {
            for (SqlNode column : drop.getColumnList()) {
                builder.dropColumn((SqlIdentifier) column);
            }
        } else if (statement instanceof SqlAlterTableRenameColumn rename) {
            builder.renameColumn(rename.getOldColumnIdentifier(), rename.getNewColumnIdentifier());
        } else if (statement instanceof SqlAlterTableDropWatermark) {
            require(builder.hasWatermark(), "WATERMARK", table, place);
            builder.dropWatermark();
        } else if (statement instanceof SqlAlterTableDropPrimaryKey || statement instanceof SqlAlterTableDropConstraint) {
            require(builder.hasPrimaryKey(), "PRIMARY KEY", table, place);
            builder.setPrimaryKey(List.of());
        } else {
            throw SqlError.unsupported("this ALTER TABLE is not supported; RENAME, SET, RESET, ADD, MODIFY and DROP of columns, of the "
                    + "WATERMARK and of the PRIMARY KEY are", statement.getParserPosition());
        }
        session.catalog().replace(name, builder.build());
        return new StatementResult.Done("Table " + name.shown() + " altered.");
    }

    private static StatementResult rename(CatalogTable table, SqlIdentifier to, SessionContext session) {
        ObjectName from = table.objectName();
        // as in Flink, the new name is in the table's own database unless it says another
        ObjectName renamed = to.isSimple() ? new ObjectName(from.database(), to.getSimple()) : session.catalog().resolve(to);
        if (!renamed.database().equals(from.database())) {
            throw SqlError.invalid("a table can't move to another database", to.getParserPosition());
        }
        if (session.catalog().find(renamed).isPresent()) {
            throw SqlError.invalid("table or view " + renamed.shown() + " exists already", to.getParserPosition());
        }
        session.catalog().remove(from);
        session.catalog().put(renamed, table.renamed(renamed), false);
        return new StatementResult.Done("Table " + from.shown() + " is now " + renamed.shown() + ".");
    }

    private static void reset(SqlAlterTableReset reset, TableBuilder builder) {
        if (reset.getResetKeys().isEmpty()) {
            throw SqlError.invalid("RESET needs the keys of options: RESET ('key')", reset.getParserPosition());
        }
        if (reset.getResetKeys().contains("connector")) {
            throw SqlError.invalid("a table can't do without 'connector'; SET it to another one", reset.getPropertyKeyList().getParserPosition());
        }
        builder.setOptions(builder.options().without(reset.getResetKeys()));
    }

    private static void require(boolean there, String what, CatalogTable table, SqlParserPos place) {
        if (!there) {
            throw SqlError.invalid("table " + table.name() + " has no " + what + " to drop", place);
        }
    }
}
