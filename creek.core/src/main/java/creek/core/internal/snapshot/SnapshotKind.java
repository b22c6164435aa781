package creek.core.internal.snapshot;

/** What a snapshot file was written for. The order is that of the numbers in files. */
public enum SnapshotKind {
    /** A checkpoint of the heap backend. */
    CHECKPOINT,
    /** A copy of a store beside it, to go back to when the store is damaged. */
    SECOND_LINE,
    /** Asked for by a user. */
    SAVEPOINT,
    /** Part of a checkpoint that is being put in order: may have marks of removed keys, and is never kept. */
    RUN
}
