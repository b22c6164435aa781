package creek.core.internal.state;

import java.io.IOException;

/** State was written in a form that the job can't read. The message says what differs. */
public final class StateFormException extends IOException {
    private static final long serialVersionUID = 1L;

    public StateFormException(String message) {
        super(message);
    }
}
