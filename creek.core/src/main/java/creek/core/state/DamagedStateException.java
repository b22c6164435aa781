package creek.core.state;

import java.io.IOException;

/**
 * A store or a snapshot is not what a complete checkpoint left. The message names the file and what is wrong with it. What is there has not been
 * changed.
 */
public class DamagedStateException extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedStateException(String message) {
        super(message);
    }

    public DamagedStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
