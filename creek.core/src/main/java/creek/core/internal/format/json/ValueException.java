package creek.core.internal.format.json;

import creek.core.format.DecodeException;

/** A value that is well-formed JSON but not one of the column's type, so that what follows it can still be decoded. */
final class ValueException extends DecodeException {
    private static final long serialVersionUID = 1L;

    ValueException(String message, int offset) {
        super(message, offset);
    }
}
