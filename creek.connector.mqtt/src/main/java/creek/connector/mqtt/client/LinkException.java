package creek.connector.mqtt.client;

/** A broker could not be talked to. The message is for people and has no secrets. */
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    /** @param refused whether the same try would fail again, until someone changes something */
    LinkException(String message, boolean refused, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    boolean isRefused() {
        return refused;
    }
}
