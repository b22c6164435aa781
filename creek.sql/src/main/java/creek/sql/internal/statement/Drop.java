package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogView;
import creek.sql.internal.catalog.ObjectName;
import java.util.Locale;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlIdentifier;

/** Takes tables and views out of the catalog. */
final class Drop {
    private Drop() {
    }

    /** @param views whether a view is meant, rather than a table */
    static StatementResult execute(SqlIdentifier identifier, boolean views, boolean ifExists, SessionContext session) {
        String kind = views ? "View" : "Table";
        ObjectName name = session.catalog().resolve(identifier);
        Table found = session.catalog().find(name).orElse(null);
        if (found != null && found instanceof CatalogView == views) {
            session.catalog().tables(name).remove(name.name());
            return new StatementResult.Done(kind + " " + name.shown() + " dropped.");
        }
        if (ifExists) {
            return new StatementResult.Done("There was no " + kind.toLowerCase(Locale.ROOT) + " " + name.shown() + ".");
        }
        throw SqlError.invalid(found == null ? "there is no " + kind.toLowerCase(Locale.ROOT) + " " + name.shown()
                : name.shown() + " is a " + (views ? "table; say DROP TABLE" : "view; say DROP VIEW"), identifier.getParserPosition());
    }
}
