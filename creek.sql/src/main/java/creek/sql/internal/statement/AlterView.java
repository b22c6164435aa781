package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogView;
import creek.sql.internal.catalog.ObjectName;
import java.util.Arrays;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.ddl.SqlAlterView;
import org.apache.flink.sql.parser.ddl.SqlAlterViewAs;
import org.apache.flink.sql.parser.ddl.SqlAlterViewRename;

/** {@code ALTER VIEW name RENAME TO other} and {@code ALTER VIEW name AS query}. */
final class AlterView implements Handler<SqlAlterView> {
    @Override
    public StatementResult execute(SqlAlterView statement, SessionContext session) {
        SqlParserPos place = statement.getViewIdentifier().getParserPosition();
        ObjectName name = session.catalog().resolve(statement.getViewIdentifier());
        CatalogView view = session.catalog().view(name).orElseThrow(() -> SqlError.invalid(session.catalog().find(name).isPresent()
                ? name.shown() + " is a table; say ALTER TABLE" : "there is no view " + name.shown(), place));
        if (statement instanceof SqlAlterViewAs as) {
            CatalogView altered = CreateView.view(name, as.getNewQuery(), SqlNodeList.EMPTY, session);
            session.catalog().replace(name, altered);
            return new StatementResult.Done("View " + name.shown() + " altered.");
        }
        if (statement instanceof SqlAlterViewRename rename) {
            SqlIdentifier to = new SqlIdentifier(Arrays.asList(rename.fullNewViewName()), place);
            ObjectName renamed = to.isSimple() ? new ObjectName(name.database(), to.getSimple()) : session.catalog().resolve(to);
            if (!renamed.database().equals(name.database())) {
                throw SqlError.invalid("a view can't move to another database", place);
            }
            if (session.catalog().find(renamed).isPresent()) {
                throw SqlError.invalid("table or view " + renamed.shown() + " exists already", place);
            }
            boolean isTemporary = session.catalog().isTemporary(name);
            session.catalog().remove(name);
            session.catalog().put(renamed, view.renamed(renamed), isTemporary);
            return new StatementResult.Done("View " + name.shown() + " is now " + renamed.shown() + ".");
        }
        throw SqlError.unsupported("views have no properties; ALTER VIEW ... AS and RENAME TO are supported", place);
    }
}
