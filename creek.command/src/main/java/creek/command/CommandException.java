package creek.command;

/** Ends a command with one line for the user, without {@code creek:} at its start, and an exit status. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    static final int SUCCESS = 0;
    /** A job failed, or the machine did. */
    static final int FAILED = 1;
    /** The user's command line or SQL is wrong. */
    static final int USAGE = 2;

    private final int status;

    private CommandException(String message, int status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    static CommandException usage(String message) {
        return new CommandException(message, USAGE, null);
    }

    static CommandException usage(String message, Throwable cause) {
        return new CommandException(message, USAGE, cause);
    }

    static CommandException failed(String message) {
        return new CommandException(message, FAILED, null);
    }

    static CommandException failed(String message, Throwable cause) {
        return new CommandException(message, FAILED, cause);
    }

    int status() {
        return status;
    }
}
