package creek.core.connector;

import java.io.IOException;

/** Nobody reads what a sink writes any more, as when the reader of a pipe has gone: the job ends in order and quietly. */
public class EndOfOutputException extends IOException {
    private static final long serialVersionUID = 1L;

    public EndOfOutputException(String message) {
        super(message);
    }
}
