package creek.core.connector;

/** How rows of a connector's tables can be looked up by key, as they are at the moment. */
public enum LookupAbility {
    /** Not at all. */
    NONE,
    /** The engine reads the whole table, which must come to an end, and holds it in memory; it reads it again when it has changed. */
    WHOLE
}
