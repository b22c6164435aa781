package creek.sql;

/** SQL that can't be compiled. The message says what is wrong and what would be right, without the position. */
public final class SqlException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault, in the terms of Flink's errors. */
    public enum Category { PARSE, VALIDATION, UNSUPPORTED }

    private final Category category;
    private final int line;
    private final int column;

    /** @param line line of the script, from 1, or 0 where there is none to name; column likewise */
    public SqlException(Category category, String message, int line, int column, Throwable cause) {
        super(message, cause);
        this.category = category;
        this.line = line;
        this.column = column;
    }

    public Category category() {
        return category;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
