package creek.sql.internal.catalog;

/** The full name of a table or view within the one catalog. */
public record ObjectName(String database, String name) {
    /** The name as plans and messages show it: with its database only where that is not the default one. */
    public String shown() {
        return database.equals(Catalog.DATABASE) ? name : database + "." + name;
    }

    /** The name with its catalog and database, as Flink's messages have it. */
    public String qualified() {
        return Catalog.CATALOG + "." + database + "." + name;
    }

    /** The name as it is written in SQL, each part in backticks. */
    public String quoted() {
        return quoted(Catalog.CATALOG) + "." + quoted(database) + "." + quoted(name);
    }

    /** An identifier in backticks. */
    public static String quoted(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }
}
