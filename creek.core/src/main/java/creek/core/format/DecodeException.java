package creek.core.format;

/** Bytes are not a record of the format. The message says what is wrong and at which byte of the record; the engine adds where that is. */
public class DecodeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /** @param offset byte of the record at which it went wrong, or -1 */
    public DecodeException(String message, int offset) {
        super(message, null, false, false);
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }
}
