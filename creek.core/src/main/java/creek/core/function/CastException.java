package creek.core.function;

/** A value that can't be cast. The message names the value and the wanted type. Cheap: it carries no stack trace, since TRY_CAST catches it. */
public final class CastException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_LENGTH = 200;

    public CastException(Object value, String type) {
        super("can't cast '" + shortened(String.valueOf(value)) + "' to " + type, null, false, false);
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
    }
}
