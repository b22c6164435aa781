package creek.core.job;

/** A script that can't be compiled. The message says what is wrong and what would be right, without the position. */
public final class ScriptException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /** @param line line of the script, from 1, or 0 where there is none to name; column likewise */
    public ScriptException(String message, int line, int column, Throwable cause) {
        super(message, cause);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
