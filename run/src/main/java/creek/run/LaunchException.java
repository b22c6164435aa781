package creek.run;

/** The platform can't be launched. The message is for the user; the status is what the process exits with. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    LaunchException(String message, int status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    LaunchException(String message, int status) {
        this(message, status, null);
    }

    int status() {
        return status;
    }
}
