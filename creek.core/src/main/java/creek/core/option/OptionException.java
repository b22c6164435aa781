package creek.core.option;

import java.util.Objects;

/** An option is unknown, missing or has a wrong value. The message is for the user and says what would be right. */
public class OptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;

    public OptionException(String key, String message) {
        super(message);
        this.key = Objects.requireNonNull(key, "key");
    }

    /** The option that is wrong, so that a script's line can be named. */
    public String key() {
        return key;
    }
}
