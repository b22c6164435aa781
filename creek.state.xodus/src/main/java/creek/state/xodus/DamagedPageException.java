package creek.state.xodus;

/** A page of the log is not as it was written. Passes through Xodus, which knows no checked exceptions. */
final class DamagedPageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedPageException(String message) {
        super(message);
    }
}
