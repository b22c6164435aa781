package creek.core.data;

/** What a row means in a changelog. */
public enum RowKind {
    /** A new row. */
    INSERT("+I"),
    /** The old form of a row that is about to change; followed by its {@link #UPDATE_AFTER}. */
    UPDATE_BEFORE("-U"),
    /** The new form of a changed row. */
    UPDATE_AFTER("+U"),
    /** A row that is no more. */
    DELETE("-D");

    private final String shortString;

    RowKind(String shortString) {
        this.shortString = shortString;
    }

    /** {@code +I}, {@code -U}, {@code +U} or {@code -D}. */
    public String shortString() {
        return shortString;
    }

    /** Whether the row takes something back. */
    public boolean isRetraction() {
        return this == UPDATE_BEFORE || this == DELETE;
    }
}
