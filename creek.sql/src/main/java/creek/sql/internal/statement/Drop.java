package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.Catalog;
import creek.sql.internal.catalog.CatalogView;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlIdentifier;

/** Takes tables and views out of the catalog. */
final class Drop {
    private Drop() {
    }

    /** @param views whether a view is meant, rather than a table */
    static StatementResult execute(SqlIdentifier identifier, boolean views, boolean ifExists, SessionContext session) {
        String kind = views ? "View" : "Table";
        String name = Catalog.resolve(identifier);
        Table found = session.catalog().tables().get(name);
        if (found != null && found instanceof CatalogView == views) {
            session.catalog().tables().remove(name);
            return new StatementResult.Done(kind + " " + name + " dropped.");
        }
        if (ifExists) {
            return new StatementResult.Done("There was no " + kind.toLowerCase(java.util.Locale.ROOT) + " " + name + ".");
        }
        throw SqlError.invalid(found == null ? "there is no " + kind.toLowerCase(java.util.Locale.ROOT) + " " + name
                : name + " is a " + (views ? "table; say DROP TABLE" : "view; say DROP VIEW"), identifier.getParserPosition());
    }
}
