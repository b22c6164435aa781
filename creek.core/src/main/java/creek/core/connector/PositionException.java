package creek.core.connector;

import java.io.IOException;

/** A source can't go on from a position: it does not know its form, or what comes behind it is gone. The message says which, and what helps. */
public class PositionException extends IOException {
    private static final long serialVersionUID = 1L;

    public PositionException(String message) {
        super(message);
    }
}
