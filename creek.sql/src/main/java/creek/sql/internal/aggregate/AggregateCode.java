package creek.sql.internal.aggregate;

/**
 * The Java of one aggregate: its part of each method of an {@link creek.core.operator.Accumulator}. All methods give statements, each with a
 * line end.
 */
interface AggregateCode {
    /** Whether the fields take the same room however many rows were added. */
    default boolean isFixedSize() {
        return false;
    }

    /** Whether {@link #accumulate} itself leaves out the rows that the aggregate's FILTER does not let pass. */
    default boolean filters() {
        return false;
    }

    /** The Java of the schema of a user-defined function's accumulator; null for others. */
    default String functionState() {
        return null;
    }

    /** Declarations of the fields, whose names end with the aggregate's number. */
    String fields();

    /** Makes it empty. */
    String reset();

    /**
     * Adds a row.
     *
     * @param row       the variable of the row
     * @param arguments the columns of the arguments in it
     */
    String accumulate(String row, int... arguments);

    /** Takes a row back. Called only if the aggregate was made for it. */
    String retract(String row, int... arguments);

    /** Adds the content of another accumulator. */
    String merge(String other);

    /** Sets a row's column to the result. */
    String emit(String row, String column);

    String write(String output);

    String read(String input);
}
