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
    static StatementResult execute(SqlIdentifier identifier, boolean views, boolean isTemporary, boolean ifExists, SessionContext session) {
        String kind = views ? "View" : "Table";
        ObjectName name = session.catalog().resolve(identifier);
        Table found = session.catalog().find(name, isTemporary).orElse(null);
        if (found != null && found instanceof CatalogView == views) {
            if (!isTemporary && session.catalog().isTemporary(name)) {
                throw SqlError.invalid("a temporary table or view hides " + name.shown() + "; DROP TEMPORARY that first", identifier.getParserPosition());
            }
            session.catalog().remove(name);
            return new StatementResult.Done(kind + " " + name.shown() + " dropped.");
        }
        if (ifExists) {
            return new StatementResult.Done("There was no " + kind.toLowerCase(Locale.ROOT) + " " + name.shown() + ".");
        }
        if (found == null && session.catalog().find(name, !isTemporary).isPresent()) {
            throw SqlError.invalid(name.shown() + " is " + (isTemporary ? "not temporary; leave out TEMPORARY" : "temporary; say DROP TEMPORARY "
                    + kind.toUpperCase(Locale.ROOT)), identifier.getParserPosition());
        }
        throw SqlError.invalid(found == null ? "there is no " + kind.toLowerCase(Locale.ROOT) + " " + name.shown()
                : name.shown() + " is a " + (views ? "table; say DROP TABLE" : "view; say DROP VIEW"), identifier.getParserPosition());
    }
}
