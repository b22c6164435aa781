package creek.core.connector;

/** What becomes of a record that the table's format can't decode. */
public enum OnDecodeError {
    /** The job fails and says which record it was. */
    FAIL,
    /** The record is left out and counted. */
    SKIP,
    /** The record is written to a table for such records, and counted. */
    DEAD_LETTER
}
