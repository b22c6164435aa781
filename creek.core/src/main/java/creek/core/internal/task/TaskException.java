package creek.core.internal.task;

import java.util.Optional;

/** A job can't go on. The message is for people: which table, where, and what is wrong. */
public final class TaskException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Null if it is about none. */
    private final String table;

    public TaskException(String message, Throwable cause) {
        this(null, message, cause);
    }

    /** @param table what it is about */
    TaskException(String table, String message, Throwable cause) {
        super(message, cause);
        this.table = table;
    }

    /** The table that a failure is about, if it is about one. */
    public static Optional<String> table(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TaskException found && found.table != null) {
                return Optional.of(found.table);
            } else if (cause instanceof TableOptionException found) {
                return Optional.of(found.table());
            }
        }
        return Optional.empty();
    }

    /** The outermost failure of that kind among a failure and its causes. */
    public static <T> Optional<T> find(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** What an exception says, or its kind where it says nothing. */
    public static String reason(Throwable cause) {
        if (cause instanceof StackOverflowError) {
            return "a value is nested too deeply, or too long for a regular expression";
        }
        return cause.getMessage() == null || cause.getMessage().isBlank() ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
