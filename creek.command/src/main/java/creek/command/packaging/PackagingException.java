package creek.command.packaging;

/** A package can't be made. The message is for the user. */
public final class PackagingException extends Exception {
    private static final long serialVersionUID = 1L;

    PackagingException(String message) {
        super(message);
    }

    PackagingException(String message, Throwable cause) {
        super(message, cause);
    }
}
