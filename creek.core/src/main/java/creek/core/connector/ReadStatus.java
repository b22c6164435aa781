package creek.core.connector;

/** What a call of {@link SourceReader#read} left behind. */
public enum ReadStatus {
    /** There may be more at once: call again. */
    MORE,
    /** There is nothing now; call again when woken up, or after a moment. */
    NOTHING_NOW,
    /** There will never be more. */
    END_OF_INPUT
}
