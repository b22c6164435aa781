package creek.core.internal.task;

/** A job can't go on. The message is for people: which table, where, and what is wrong. */
public final class TaskException extends Exception {
    private static final long serialVersionUID = 1L;

    public TaskException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What an exception says, or its kind where it says nothing. */
    public static String reason(Throwable cause) {
        if (cause instanceof StackOverflowError) {
            return "a value is nested too deeply, or too long for a regular expression";
        }
        return cause.getMessage() == null || cause.getMessage().isBlank() ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
