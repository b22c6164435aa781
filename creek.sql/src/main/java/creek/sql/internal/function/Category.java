package creek.sql.internal.function;

/** The chapters of Flink's page of functions. */
public enum Category {
    COMPARISON, LOGICAL, ARITHMETIC, STRING, TEMPORAL, CONDITIONAL, TYPE_CONVERSION, COLLECTION, JSON, VALUE_CONSTRUCTION, VALUE_ACCESS, HASH,
    SYSTEM, AGGREGATE;

    /** As a heading. */
    public String title() {
        String text = name().replace('_', ' ').toLowerCase(java.util.Locale.ROOT);
        return this == JSON ? "JSON" : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
