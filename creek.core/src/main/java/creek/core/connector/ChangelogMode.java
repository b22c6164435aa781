package creek.core.connector;

/** What kinds of rows an edge carries or a sink takes. */
public enum ChangelogMode {
    /** {@code +I} only. */
    INSERT_ONLY,
    /** {@code +I}, {@code +U} and {@code -D} by a key: the last row of a key counts. */
    UPSERT,
    /** All four kinds. */
    ALL
}
