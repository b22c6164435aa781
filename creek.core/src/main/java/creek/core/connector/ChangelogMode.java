package creek.core.connector;

/** What kinds of rows an edge carries or a sink takes. */
public enum ChangelogMode {
    /** {@code +I} only. */
    INSERT_ONLY,
    /**
     * {@code +I}, {@code +U} and {@code -D} by the primary key: the last row of a key counts, and a {@code -D} needs no values but the key's. A
     * sink must expect a {@code +U} for a key that is not there yet and a {@code -D} for one that is there no more; a {@code -U}, which it gets
     * where a condition may have stopped the {@code +U} after it, takes the key away as a {@code -D} does.
     */
    UPSERT,
    /** All four kinds. */
    ALL
}
