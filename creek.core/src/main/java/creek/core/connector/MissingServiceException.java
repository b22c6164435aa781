package creek.core.connector;

import creek.core.option.OptionException;

/** A table names a connector or a format that is not there. It may arrive later: a job waits for it. */
public final class MissingServiceException extends OptionException {
    private static final long serialVersionUID = 1L;

    public MissingServiceException(String key, String message) {
        super(key, message);
    }
}
